/** The environment: what it becomes, and the exact words for what is wrong, without any value. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../src/config/config.ts';
import { workspaceConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatProblems } from '../../src/config/report.ts';

const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a-signing-secret' };
const KEY = Buffer.alloc(32, 1).toString('base64');
const OAUTH = {
  SLACK_SIGNING_SECRET: 'a-signing-secret',
  SLACK_CLIENT_ID: '12.34',
  SLACK_CLIENT_SECRET: 'a-client-secret',
  SLACK_STATE_SECRET: 'a-state-secret',
  TOKEN_ENCRYPTION_KEY: `k1:${KEY},k0:${KEY}`,
};

type Variables = Record<string, string | undefined>;

function environment(env: Variables): Environment {
  const read = readEnvironment(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

function complaints(env: Variables): string[] {
  const read = readEnvironment(env);
  return read.ok ? [] : read.problems.map(({ where, message }) => `${where} ${message}`);
}

describe('the environment', () => {
  test('of HTTP mode, with its defaults', () => {
    expect(environment(HTTP)).toEqual({
      slack: {
        apiUrl: 'https://slack.com/api/',
        transport: { kind: 'http', signingSecret: 'a-signing-secret', port: 3000 },
        tenancy: { kind: 'single', botToken: 'xoxb-1' },
      },
      admin: { host: '127.0.0.1', port: 3001 },
      redis: { kind: 'embedded', dir: '.data' },
      configFile: 'vpc-endpoint.yml',
      logLevel: 'info',
      sandbox: false,
    });
  });

  test('of Socket Mode', () => {
    const { slack } = environment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(slack.transport).toEqual({ kind: 'socket', appToken: 'xapp-1' });
    expect(environment({ ...HTTP, SLACK_APP_TOKEN: 'xapp-1' }).slack.transport.kind).toBe('socket');
  });

  test('of many workspaces', () => {
    expect(environment(OAUTH).slack.tenancy).toEqual({
      kind: 'oauth',
      clientId: '12.34',
      clientSecret: 'a-client-secret',
      stateSecret: 'a-state-secret',
      encryptionKeys: [
        { id: 'k1', base64: KEY },
        { id: 'k0', base64: KEY },
      ],
    });
  });

  test('takes an empty variable for an unset one', () => {
    expect(environment({ ...HTTP, REDIS_URL: '', SLACK_APP_TOKEN: ' ', PORT: '' })).toEqual(environment(HTTP));
  });

  test('of the sandbox', () => {
    const env = { ...HTTP, VPCE_SANDBOX: '1', SLACK_API_URL: 'http://127.0.0.1:4000/api', PORT: '0', ADMIN_PORT: '0' };
    expect(environment(env)).toMatchObject({ sandbox: true, slack: { apiUrl: 'http://127.0.0.1:4000/api/' } });
  });

  test('takes an audit key whose line ends were escaped', () => {
    const pem = String(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })).trim();
    expect(environment({ ...HTTP, AUDIT_KEY: pem.replaceAll('\n', '\\n') }).auditKey).toBe(pem);
  });

  test('is frozen', () => {
    expect(Object.isFrozen(environment(OAUTH).slack.tenancy)).toBe(true);
  });
});

describe('REDIS_URL', () => {
  test.each([
    ['redis://db', { kind: 'single', host: 'db', port: 6379, db: 0, tls: false }],
    [
      'rediss://me:p%40ss@db:1/2',
      { kind: 'single', host: 'db', port: 1, db: 2, tls: true, username: 'me', password: 'p@ss' },
    ],
    ['redis://:pw@[::1]:7', { kind: 'single', host: '::1', port: 7, db: 0, tls: false, password: 'pw' }],
    ['unix:///run/r.sock', { kind: 'socket', path: '/run/r.sock', db: 0 }],
    ['unix:///run/r.sock?db=3', { kind: 'socket', path: '/run/r.sock', db: 3 }],
    [
      'redis+sentinel://:pw@a,b:5/1?master=main',
      {
        kind: 'sentinel',
        nodes: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 5 },
        ],
        master: 'main',
        db: 1,
        tls: false,
        password: 'pw',
      },
    ],
    [
      'rediss+cluster://a,b',
      {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 6379 },
          { host: 'b', port: 6379 },
        ],
        tls: true,
      },
    ],
  ])('%s', (url, target) => {
    expect(environment({ ...HTTP, REDIS_URL: url }).redis).toEqual(target);
  });

  test.each([
    'localhost:6379',
    'http://db',
    'redis://',
    'redis://a,b',
    'redis://a:99999',
    'redis://a/x',
    'redis://a?x=1',
    'redis://%:%@a',
    'redis+sentinel://a,b',
    'redis+cluster://a/1',
    'unix://run/r.sock',
  ])('not %s', (url) => {
    expect(complaints({ ...HTTP, REDIS_URL: url })).toEqual([
      'REDIS_URL expected redis://, rediss://, redis+sentinel://…?master=name, redis+cluster:// or unix:///path',
    ]);
  });
});

describe('what is wrong', () => {
  test.each<[string, Variables, string[]]>([
    [
      'nothing set',
      {},
      [
        'SLACK_BOT_TOKEN is missing: expected a bot token, xoxb-…',
        'SLACK_SIGNING_SECRET is missing: HTTP mode needs it (or set SLACK_APP_TOKEN for Socket Mode)',
      ],
    ],
    [
      'tokens swapped',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_BOT_TOKEN expected a bot token, xoxb-…', 'SLACK_APP_TOKEN expected an app-level token, xapp-…'],
    ],
    [
      'half of OAuth',
      { ...OAUTH, SLACK_STATE_SECRET: '', SLACK_CLIENT_SECRET: undefined },
      [
        'SLACK_CLIENT_SECRET is missing: SLACK_CLIENT_ID, TOKEN_ENCRYPTION_KEY are set, and OAuth needs all of SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, TOKEN_ENCRYPTION_KEY',
        'SLACK_STATE_SECRET is missing: SLACK_CLIENT_ID, TOKEN_ENCRYPTION_KEY are set, and OAuth needs all of SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, TOKEN_ENCRYPTION_KEY',
      ],
    ],
    [
      'one and many workspaces',
      { ...OAUTH, SLACK_BOT_TOKEN: 'xoxb-1' },
      [
        'SLACK_BOT_TOKEN is one workspace’s; with OAuth each workspace brings its own: unset it, or the OAuth variables',
      ],
    ],
    [
      'a short key',
      { ...OAUTH, TOKEN_ENCRYPTION_KEY: 'k1:AAAA' },
      ['TOKEN_ENCRYPTION_KEY expected id:base64[,id:base64…], each id once, each key 32 bytes'],
    ],
    [
      'a key’s id twice',
      { ...OAUTH, TOKEN_ENCRYPTION_KEY: `a:${KEY},a:${KEY}` },
      ['TOKEN_ENCRYPTION_KEY expected id:base64[,id:base64…], each id once, each key 32 bytes'],
    ],
    [
      'a port',
      { ...HTTP, PORT: '70000', ADMIN_PORT: 'x' },
      ['PORT expected a port, 0 to 65535 (0 picks one)', 'ADMIN_PORT expected a port, 0 to 65535 (0 picks one)'],
    ],
    ['one port for both', { ...HTTP, PORT: '3001' }, ['ADMIN_PORT is the same as PORT']],
    [
      'a level',
      { ...HTTP, LOG_LEVEL: 'loud' },
      ['LOG_LEVEL expected one of trace, debug, info, warn, error, fatal, silent'],
    ],
    [
      'http to elsewhere',
      { ...HTTP, SLACK_API_URL: 'http://slack.com/api/' },
      ['SLACK_API_URL expected an https URL (http only on this machine), such as https://slack.com/api/'],
    ],
    [
      'an RSA key',
      {
        ...HTTP,
        AUDIT_KEY: String(
          generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
        ),
      },
      ['AUDIT_KEY expected a private Ed25519 key in PEM'],
    ],
    [
      'the sandbox with Slack itself',
      { ...HTTP, VPCE_SANDBOX: '1' },
      ['VPCE_SANDBOX moves time and is for stand-ins on this machine only: SLACK_API_URL is not on it'],
    ],
    ['the sandbox, perhaps', { ...HTTP, VPCE_SANDBOX: 'true' }, ['VPCE_SANDBOX expected 1, 0 or nothing']],
  ])('%s', (_, env, expected) => {
    expect(complaints(env)).toEqual(expected);
  });

  test('is never quoted', () => {
    const names = [
      ...Object.keys(OAUTH),
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'PORT',
      'REDIS_URL',
      'AUDIT_KEY',
      'LOG_LEVEL',
      'VPCE_SANDBOX',
    ];
    const value = fc.string({ minLength: 6 }).map((text) => `§${text}§`);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (env) => {
        const read = readEnvironment(env);
        if (!read.ok) expect(formatProblems(read.problems)).not.toContain('§');
      }),
    );
  });
});

describe('both together', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp('/tmp/vpce-config-');
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  async function file(source: string): Promise<string> {
    const name = path.join(dir, 'f.yml');
    await writeFile(name, source);
    return name;
  }
  const source = (endpoints: string) => `accounts: { a: { region: cn-hangzhou, ${endpoints} } }
channels: { approvals: C0A }
rules: [{ name: all, steps: [{ users: [U0BEN] }] }]
`;
  const local = 'elasticsearch_endpoint: "http://127.0.0.1:1", privatelink_endpoint: "http://localhost:2"';
  const sandbox = { ...HTTP, VPCE_SANDBOX: '1', SLACK_API_URL: 'http://localhost:4000/api/' };

  test('make one frozen config', async () => {
    const loaded = await loadConfig({ ...sandbox, CONFIG_FILE: await file(source(local)) });
    if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
    expect(Object.isFrozen(loaded.value)).toBe(true);
    expect(workspaceConfig(loaded.value, 'T0ANY')?.accounts[0]?.elasticsearchEndpoint).toBe('http://127.0.0.1:1');
  });

  test('the sandbox is refused with the real cloud', async () => {
    const loaded = await loadConfig({ ...sandbox, CONFIG_FILE: await file(source('settle: 1s')) });
    expect(loaded).toEqual({
      ok: false,
      problems: [
        {
          where: 'VPCE_SANDBOX',
          message: 'moves time and is for stand-ins on this machine only: the endpoints of account a are not on it',
        },
      ],
    });
  });

  test('are told at once', async () => {
    const name = await file(source(local).replace('C0A', 'general'));
    const loaded = await loadConfig({ CONFIG_FILE: name, SLACK_BOT_TOKEN: 'xoxb-1', PORT: 'x' });
    expect(
      loaded.ok ? '' : formatProblems(loaded.problems),
    ).toBe(`vpc-endpoint-bot: 3 settings are wrong; nothing was started.
  SLACK_SIGNING_SECRET: is missing: HTTP mode needs it (or set SLACK_APP_TOKEN for Socket Mode)
  PORT: expected a port, 0 to 65535 (0 picks one)
  ${name}:2:24: channels.approvals: expected a Slack channel’s id, C… or G…, got "general"
`);
  });

  test('a missing file is named', async () => {
    const loaded = await loadConfig({ ...HTTP, CONFIG_FILE: '/nonexistent.yml' });
    expect(loaded).toEqual({
      ok: false,
      problems: [{ where: '/nonexistent.yml', message: 'there is no such file (CONFIG_FILE names another)' }],
    });
  });
});
