/** The environment, read once and checked whole: every wrong variable is named, none is quoted. */
import { createPrivateKey } from 'node:crypto';
import * as z from 'zod';
import type { Checked, Environment, Problem, SlackSettings } from './config.ts';
import { deepFreeze } from './config.ts';
import { parseRedisUrl } from './redis-url.ts';
import { isLoopback, safeUrl, text } from './values.ts';

const OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'TOKEN_ENCRYPTION_KEY'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const secret = z.string().regex(/^\S+$/, { error: 'expected something without spaces' });

const Variables = z.object({
  SLACK_BOT_TOKEN: text('a bot token, xoxb-…', /^xoxb-\S+$/).optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_APP_TOKEN: text('an app-level token, xapp-…', /^xapp-\S+$/).optional(),
  SLACK_CLIENT_ID: text('digits, a dot and digits, as on the app’s page', /^\d+\.\d+$/).optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  TOKEN_ENCRYPTION_KEY: parsed('id:base64[,id:base64…], each id once, each key 32 bytes', parseKeys).optional(),
  SLACK_API_URL: parsed(
    'an https URL (http only on this machine), such as https://slack.com/api/',
    parseApiUrl,
  ).default('https://slack.com/api/'),
  PORT: port(3_000),
  HOST: host().optional(),
  ADMIN_PORT: port(3_001),
  ADMIN_HOST: host().default('127.0.0.1'),
  REDIS_URL: parsed(
    'redis://, rediss://, redis+sentinel://…?master=name, redis+cluster:// or unix:///path',
    parseRedisUrl,
  ).optional(),
  DATA_DIR: z.string().default('.data'),
  CONFIG_FILE: z.string().default('vpc-endpoint.yml'),
  AUDIT_KEY: parsed('a private Ed25519 key in PEM', parseAuditKey).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  VPCE_SANDBOX: z.enum(['0', '1'], { error: 'expected 1, 0 or nothing' }).default('0'),
});

type Variables = z.infer<typeof Variables>;

export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Checked<Environment> {
  // Compose files pass unset variables on as empty ones.
  const given = Object.fromEntries(
    Object.keys(Variables.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = Variables.safeParse(given);
  const problems: Problem[] = (result.error?.issues ?? []).map(({ path, message }) => ({
    where: String(path[0]),
    message,
  }));
  problems.push(...combinations(given));
  if (!result.success || problems.length > 0) return { ok: false, problems: inOrder(problems) };

  const values = result.data;
  return {
    ok: true,
    value: deepFreeze<Environment>({
      slack: slackSettings(values),
      admin: { host: values.ADMIN_HOST, port: values.ADMIN_PORT },
      redis: values.REDIS_URL ?? { kind: 'embedded', dir: values.DATA_DIR },
      configFile: values.CONFIG_FILE,
      ...(values.AUDIT_KEY ? { auditKey: values.AUDIT_KEY } : {}),
      logLevel: values.LOG_LEVEL,
      sandbox: values.VPCE_SANDBOX === '1',
    }),
  };
}

/** What variables say together; looks at which are given, so that it speaks beside wrong ones too. */
function combinations(given: Readonly<Record<string, string | undefined>>): Problem[] {
  const problems: Problem[] = [];
  const wrong = (where: keyof Variables, message: string) => problems.push({ where, message });
  const oauth = OAUTH.filter((name) => given[name]);
  const socketMode = given.SLACK_APP_TOKEN !== undefined;

  if (oauth.length > 0) {
    for (const name of OAUTH) {
      if (!given[name])
        wrong(
          name,
          `is missing: ${oauth.join(', ')} ${oauth.length > 1 ? 'are' : 'is'} set, and OAuth needs all of ${OAUTH.join(', ')}`,
        );
    }
    if (given.SLACK_BOT_TOKEN)
      wrong(
        'SLACK_BOT_TOKEN',
        'is one workspace’s; with OAuth each workspace brings its own: unset it, or the OAuth variables',
      );
  } else if (!given.SLACK_BOT_TOKEN) {
    wrong('SLACK_BOT_TOKEN', 'is missing: expected a bot token, xoxb-…');
  }
  if (!socketMode && !given.SLACK_SIGNING_SECRET) {
    wrong('SLACK_SIGNING_SECRET', 'is missing: HTTP mode needs it (or set SLACK_APP_TOKEN for Socket Mode)');
  }
  if (!socketMode && (given.PORT ?? '3000') === (given.ADMIN_PORT ?? '3001') && given.PORT !== '0') {
    wrong('ADMIN_PORT', 'is the same as PORT');
  }
  if (given.VPCE_SANDBOX === '1' && !isLoopback(hostOf(given.SLACK_API_URL))) {
    wrong('VPCE_SANDBOX', 'moves time and is for stand-ins on this machine only: SLACK_API_URL is not on it');
  }
  return problems;
}

function slackSettings(values: Variables): SlackSettings {
  const { SLACK_APP_TOKEN, SLACK_SIGNING_SECRET = '', SLACK_BOT_TOKEN, HOST, PORT } = values;
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET = '', SLACK_STATE_SECRET = '', TOKEN_ENCRYPTION_KEY = [] } = values;
  return {
    apiUrl: values.SLACK_API_URL,
    transport: SLACK_APP_TOKEN
      ? { kind: 'socket', appToken: SLACK_APP_TOKEN }
      : { kind: 'http', signingSecret: SLACK_SIGNING_SECRET, port: PORT, ...(HOST ? { host: HOST } : {}) },
    tenancy: SLACK_BOT_TOKEN
      ? { kind: 'single', botToken: SLACK_BOT_TOKEN }
      : {
          kind: 'oauth',
          clientId: SLACK_CLIENT_ID ?? '',
          clientSecret: SLACK_CLIENT_SECRET,
          stateSecret: SLACK_STATE_SECRET,
          encryptionKeys: TOKEN_ENCRYPTION_KEY,
        },
  };
}

/** In the order of the table, one line a variable and message. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const names = Object.keys(Variables.shape);
  return [...problems].sort((a, b) => names.indexOf(a.where) - names.indexOf(b.where));
}

function parsed<T>(expected: string, parse: (typed: string) => T | undefined) {
  return z.string().transform((typed, context) => {
    const value = parse(typed);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `expected ${expected}` });
    return z.NEVER;
  });
}

function port(fallback: number) {
  const parse = (typed: string) => (/^\d{1,5}$/.test(typed) && Number(typed) < 65_536 ? Number(typed) : undefined);
  return parsed('a port, 0 to 65535 (0 picks one)', parse).default(fallback);
}

function host() {
  return text('a host name or address', /^[\w.:%[\]-]+$/);
}

function parseApiUrl(typed: string): string | undefined {
  const url = safeUrl(typed);
  if (url?.search !== '' || url.hash !== '') return undefined;
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function hostOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).hostname : '';
}

function parseKeys(typed: string): { id: string; base64: string }[] | undefined {
  const keys = typed.split(',').map((part) => {
    const match = /^([\w.-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim());
    return { id: match?.[1] ?? '', base64: match?.[2] ?? '' };
  });
  const ids = new Set(keys.map(({ id }) => id));
  return ids.has('') || ids.size !== keys.length ? undefined : keys;
}

/** A variable often carries a PEM's line ends as `\n`. */
function parseAuditKey(typed: string): string | undefined {
  const pem = typed.replaceAll('\\n', '\n');
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519' ? pem : undefined;
  } catch {
    return undefined;
  }
}
