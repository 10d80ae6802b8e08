/** Embedded Redis: finds a server to run - installed, cached, or fetched into the cache. */
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CacheFolder, cacheFolders } from './cache-folder.ts';
import { type OnLine, tryRun } from './processes.ts';
import { provisionServer } from './provision.ts';

/** A server that answered `--version`. */
export interface ServerBinary {
  /** An absolute path. */
  readonly command: string;
  /** What to add to its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly origin: 'installed' | 'cached' | 'fetched';
  /** Its own words, one line. */
  readonly version: string;
}

export interface FindServerOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: OnLine;
}

/** No server could be found or fetched; the message names the choices. */
export class NoRedisServerError extends Error {
  override readonly name = 'NoRedisServerError';

  constructor(reasons: readonly string[]) {
    super(
      [
        'No Redis: REDIS_URL is not set and no server could be found or fetched. Either',
        '  - install redis-server or valkey-server (any version from 7.0), or',
        '  - set REDIS_URL to a Redis that runs elsewhere, or',
        '  - run `docker compose up`, which brings one.',
        'Tried:',
        ...reasons.map((reason) => `  - ${reason}`),
      ].join('\n'),
    );
  }
}

const NAMES = ['redis-server', 'valkey-server'];
const OLDEST_MAJOR = 7;

/** @throws {NoRedisServerError} */
export async function findServer(options: FindServerOptions = {}): Promise<ServerBinary> {
  const env = options.env ?? process.env;
  const onLine = options.onLine ?? (() => {});
  const reasons: string[] = [];

  for (const name of NAMES) {
    const command = await onPath(name, env);
    const found = command && (await verify(command, {}, 'installed'));
    if (found && 'origin' in found) return found;
    reasons.push(found ? `${command}: ${found.problem}` : `no ${name} on PATH`);
  }

  const folders = await cacheFolders(env);
  for (const folder of folders) {
    const found = await inFolder(path.join(folder.path, folder.entry), 'cached');
    if (found) return found;
  }

  const folder = folders.find(({ writable }) => writable);
  if (!folder) throw new NoRedisServerError([...reasons, 'no folder to cache one in can be written']);
  return fetchInto(folder, env, onLine, reasons);
}

async function fetchInto(
  folder: CacheFolder,
  env: NodeJS.ProcessEnv,
  onLine: OnLine,
  reasons: readonly string[],
): Promise<ServerBinary> {
  const target = path.join(folder.path, folder.entry);
  const provisioned = await provisionServer({
    target,
    env,
    onLine,
    isUsable: async (dir) => (await inFolder(dir, 'fetched')) !== undefined,
  });
  if (!provisioned.ok) throw new NoRedisServerError([...reasons, provisioned.reason]);
  const found = await inFolder(target, 'fetched');
  if (!found) throw new NoRedisServerError([...reasons, `the server fetched into ${target} does not start`]);
  return found;
}

async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const dir of (env.PATH ?? '').split(path.delimiter)) {
    if (dir === '') continue;
    const file = path.resolve(dir, name);
    try {
      await access(file, constants.X_OK);
      if ((await stat(file)).isFile()) return file;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** A cached tree: `bin/redis-server` is a symlink to whatever the package calls its server. */
async function inFolder(dir: string, origin: 'cached' | 'fetched'): Promise<ServerBinary | undefined> {
  const libraries = await libraryFolders(dir);
  const env: Record<string, string> = libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {};
  const found = await verify(path.join(dir, 'bin', 'redis-server'), env, origin);
  return 'origin' in found ? found : undefined;
}

/** `usr/lib` and the folder of the architecture in it, such as `usr/lib/x86_64-linux-gnu`. */
async function libraryFolders(dir: string): Promise<string[]> {
  const found: string[] = [];
  for (const lib of ['usr/lib', 'lib']) {
    const entries = await readdir(path.join(dir, lib), { withFileTypes: true }).catch(() => []);
    if (entries.length === 0) continue;
    found.push(path.join(dir, lib));
    for (const entry of entries) {
      if (entry.isDirectory() && entry.name.includes('-linux-')) found.push(path.join(dir, lib, entry.name));
    }
  }
  return found;
}

async function verify(
  command: string,
  env: Record<string, string>,
  origin: ServerBinary['origin'],
): Promise<ServerBinary | { problem: string }> {
  const { status, output } = await tryRun(command, ['--version'], {
    env: { ...process.env, ...env },
    timeoutMs: 10_000,
  });
  const version = output.trim().split('\n')[0] ?? '';
  if (status !== 0) return { problem: `does not run (${version || `exit status ${status}`})` };
  const major = /\bv=(\d+)\./.exec(version)?.[1];
  if (!major) return { problem: `is no Redis server (${version.slice(0, 80)})` };
  if (Number(major) < OLDEST_MAJOR) return { problem: `is version ${major}, older than ${OLDEST_MAJOR}.0` };
  return { command, env, origin, version };
}
