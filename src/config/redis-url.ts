/** REDIS_URL: one server, a socket, Sentinel or Cluster. */
import type { RedisNode, RedisTarget } from './config.ts';

const DEFAULT_PORT = 6_379;
const SENTINEL_PORT = 26_379;

/**
 * - `redis://[user:password@]host[:port][/db]`, `rediss://` with TLS
 * - `unix:///path/to.sock[?db=n]`
 * - `redis+sentinel://[user:password@]host[:port][,host…][/db]?master=name`, `rediss+sentinel://`
 * - `redis+cluster://[user:password@]host[:port][,host…]`, `rediss+cluster://`
 *
 * `undefined` when it is none of them. The user and password are the data servers', percent-encoded.
 */
export function parseRedisUrl(typed: string): RedisTarget | undefined {
  if (typed.startsWith('unix:')) return parseSocket(typed);
  const match = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/(\d*))?(?:\?([^#]*))?$/.exec(
    typed,
  );
  if (!match) return undefined;
  const [, scheme, form, userInfo, hosts = '', dbDigits, query] = match;
  const login = parseLogin(userInfo, scheme === 'rediss');
  const nodes = hosts.split(',').map((host) => parseNode(host, form === 'sentinel' ? SENTINEL_PORT : DEFAULT_PORT));
  const known = nodes.filter((node) => node !== undefined);
  const [first, ...others] = known;
  if (!login || !first || known.length !== nodes.length) return undefined;
  const db = dbDigits ? Number(dbDigits) : 0;
  const parameters = new URLSearchParams(query ?? '');
  const names = [...parameters.keys()];

  if (form === 'sentinel') {
    const master = parameters.get('master');
    return master && names.length === 1 ? { kind: 'sentinel', nodes: known, master, db, ...login } : undefined;
  }
  if (names.length > 0) return undefined;
  if (form === 'cluster') return dbDigits ? undefined : { kind: 'cluster', nodes: known, ...login };
  return others.length === 0 ? { kind: 'single', ...first, db, ...login } : undefined;
}

function parseSocket(typed: string): RedisTarget | undefined {
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  const path = decode(url.pathname);
  const db = url.searchParams.get('db') ?? '0';
  if (url.host !== '' || !path || path === '/' || !/^\d+$/.test(db)) return undefined;
  return { kind: 'socket', path, db: Number(db) };
}

function parseNode(typed: string, defaultPort: number): RedisNode | undefined {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s]+)(?::(\d+))?$/.exec(typed);
  if (!match?.[1]) return undefined;
  const port = match[2] ? Number(match[2]) : defaultPort;
  return port > 0 && port < 65_536 ? { host: match[1].replace(/^\[|\]$/g, ''), port } : undefined;
}

function parseLogin(userInfo: string | undefined, tls: boolean) {
  if (!userInfo) return { tls };
  const colon = userInfo.indexOf(':');
  const username = decode(colon < 0 ? userInfo : userInfo.slice(0, colon));
  const password = colon < 0 ? '' : decode(userInfo.slice(colon + 1));
  if (username === undefined || password === undefined) return undefined;
  return { tls, ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function decode(typed: string): string | undefined {
  try {
    return decodeURIComponent(typed);
  } catch {
    return undefined;
  }
}
