/** Credentials: the library's two defects worked round, temporary keys renewed, and no secret that shows. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { DefaultCredentialsProvider } from '@alicloud/credentials';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccessKey } from '../../../src/adapters/alibaba-cloud/access-key.ts';
import type { CredentialsConfig } from '../../../src/adapters/alibaba-cloud/credential-providers.ts';
import { CredentialsUnavailable, createCredentials } from '../../../src/adapters/alibaba-cloud/credentials.ts';
import { accountAt, localAccount, localCloud, SPEC } from './local-account.ts';

const SECRET = 'thisIsTheSecretNobodyMaySee000';
const TOKEN = 'thisIsTheSecurityTokenNobodyMaySee0000000000000000';
const PAIR = { access_key_id: 'LTAI5tSomeAccessKeyId001', access_key_secret: SECRET };

/** Nothing of this machine's own: a home without files, no variables, no metadata service. */
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'credentials-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('ALIBABA_CLOUD_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A provider of temporary keys, numbered. */
async function keyServer(answer: (call: number) => { status?: number; body: unknown }) {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    const { status = 200, body } = answer(calls);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls: () => calls,
    close: () => server.close(),
  };
}

const temporary = (number: number, minutes = 60) => ({
  Code: 'Success',
  AccessKeyId: `STS.key${number}`,
  AccessKeySecret: SECRET,
  SecurityToken: `${TOKEN}${number}`,
  Expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
});

describe('createCredentials', () => {
  it('shares one resolution among concurrent callers', async () => {
    let builds = 0;
    let asked = 0;
    const source = createCredentials({ type: 'default' }, () => {
      builds += 1;
      return {
        async getCredentials() {
          asked += 1;
          await Promise.resolve();
          return { accessKeyId: 'id', accessKeySecret: SECRET };
        },
      };
    });
    await Promise.all(Array.from({ length: 20 }, () => source.get()));
    expect([builds, asked]).toEqual([1, 1]);
    await source.get();
    expect([builds, asked]).toEqual([1, 2]);
  });

  it('answers concurrent first calls over the default chain, which by itself does not', async () => {
    const keys = await keyServer(() => ({ body: temporary(1) }));
    vi.stubEnv('ALIBABA_CLOUD_CREDENTIALS_URI', keys.url);
    const bare = DefaultCredentialsProvider.builder().build();
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => bare.getCredentials()));
    expect(answers.filter(({ status }) => status === 'rejected')).not.toEqual([]);
    const before = keys.calls();
    const source = createCredentials({ type: 'default' });
    const pairs = await Promise.all(Array.from({ length: 10 }, () => source.get()));
    expect(new Set(pairs.map((pair) => pair.reveal().accessKeyId))).toEqual(new Set(['STS.key1']));
    expect(keys.calls() - before).toBe(1);
    keys.close();
  });

  it('starts from nothing after a failure, so that a later answer is found', async () => {
    const source = createCredentials({ type: 'default' });
    await expect(source.get()).rejects.toThrow(CredentialsUnavailable);
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAI5tLater');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', SECRET);
    expect((await source.get()).reveal()).toEqual({ accessKeyId: 'LTAI5tLater', accessKeySecret: SECRET });
  });

  it('lets the library cache a temporary key, and asks anew when told to', async () => {
    const keys = await keyServer((call) => ({ body: temporary(call) }));
    const source = createCredentials({ type: 'credentials_uri', credentials_uri: keys.url });
    const id = async (pair: Promise<AccessKey>) => (await pair).reveal().accessKeyId;
    expect([await id(source.get()), await id(source.get())]).toEqual(['STS.key1', 'STS.key1']);
    expect([await id(source.renew()), await id(source.get())]).toEqual(['STS.key2', 'STS.key2']);
    keys.close();
  });

  it('reads a profile from either file', async () => {
    await mkdir(join(home, '.aliyun'));
    const cli = {
      current: 'a',
      profiles: [{ name: 'a', mode: 'AK', access_key_id: 'cli', access_key_secret: SECRET }],
    };
    await writeFile(join(home, '.aliyun', 'config.json'), JSON.stringify(cli));
    await mkdir(join(home, '.alibabacloud'));
    const ini = `[b]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = ${SECRET}\n`;
    await writeFile(join(home, '.alibabacloud', 'credentials'), ini);
    const idOf = async (profile_name: string) =>
      (await createCredentials({ type: 'profile', profile_name }).get()).reveal().accessKeyId;
    expect(await idOf('a')).toBe('cli');
    expect(await idOf('b')).toBe('ini');
    await expect(idOf('c')).rejects.toThrow("unable to get profile with 'c'");
  });

  const role_arn = 'acs:ram::1234567890123456:role/bot';
  const DEAD = '127.0.0.1:1';
  it.each<[CredentialsConfig, RegExp]>([
    [{ type: 'access_key', ...PAIR, access_key_secret: '' }, /secret is empty/],
    [{ type: 'sts', ...PAIR, security_token: TOKEN }, /^$/],
    [{ type: 'ram_role_arn', ...PAIR, role_arn, sts_endpoint: DEAD }, /ram_role_arn/],
    [{ type: 'ram_role_arn', ...PAIR, security_token: TOKEN, role_arn, sts_endpoint: DEAD }, /ram_role_arn/],
    [{ type: 'oidc_role_arn', role_arn, sts_endpoint: DEAD }, /oidcProviderArn does not exist/],
    [{ type: 'ecs_ram_role' }, /IMDS credentials is disabled/],
    [{ type: 'profile' }, /config\.json/],
  ])('builds %j', async (config, message) => {
    const outcome = await createCredentials(config)
      .get()
      .then(() => '', String);
    expect(outcome).toMatch(message);
    expect(outcome).not.toContain(SECRET);
    expect(outcome).not.toContain(TOKEN);
  });
});

describe('secrets', () => {
  const pair = new AccessKey({ accessKeyId: 'LTAI5tSomeId', accessKeySecret: SECRET, securityToken: TOKEN });

  it('do not show on anything that is exported', async () => {
    const source = createCredentials({ type: 'sts', ...PAIR, security_token: TOKEN });
    await source.get();
    const cloud = await localCloud();
    const account = accountAt(cloud.url, { credentials: source });
    await account.describeInstance(SPEC.instanceId);
    for (const thing of [pair, source, account, { pair }, [pair], new Error('x', { cause: pair })]) {
      const shown = [
        inspect(thing, { depth: null, showHidden: true, getters: true }),
        JSON.stringify(thing),
        String(thing),
      ].join('\n');
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(TOKEN);
      expect(shown).not.toContain('LTAI5t');
    }
    expect(`${pair}`).toBe('[AccessKey]');
  });

  it.each([
    ['a reply without a key', { AccessKeySecret: SECRET, SecurityToken: TOKEN }],
    ['a reply that is no JSON', `AccessKeySecret=${SECRET}`],
  ])('are not in the error that quotes %s', async (_name, body) => {
    const keys = await keyServer(() => ({ body }));
    const { account } = await localAccount(
      {},
      { credentials: createCredentials({ type: 'credentials_uri', credentials_uri: keys.url }) },
    );
    const result = await account.listInstances();
    expect(result).toMatchObject({ ok: false, problem: { kind: 'not-sent', code: 'NoCredentials' } });
    expect(JSON.stringify(result)).toContain('credentials_uri');
    expect(JSON.stringify(result)).not.toMatch(/thisIs/);
    keys.close();
  });
});

describe('a security token that the cloud refuses', () => {
  const setUp = async (known: number) => {
    const keys = await keyServer((call) => ({ body: temporary(call) }));
    const cloud = await localCloud({
      accessKeys: Object.fromEntries(
        [1, 2, 3].map((n) => [
          `STS.key${n}`,
          { secret: SECRET, securityToken: n === known ? `${TOKEN}${n}` : 'another' },
        ]),
      ),
    });
    const credentials = createCredentials({ type: 'credentials_uri', credentials_uri: keys.url });
    return { keys, cloud, account: accountAt(cloud.url, { credentials }) };
  };

  it('is renewed, and the call sent once more, a create too', async () => {
    const { keys, cloud, account } = await setUp(2);
    expect((await account.createEndpoint(SPEC, 'token-1', Date.now())).ok).toBe(true);
    expect(cloud.calls.map(({ outcome }) => outcome)).toEqual(['InvalidSecurityToken.Expired', 'ok']);
    expect(cloud.state.endpoints).toHaveLength(1);
    expect((await account.listInstances()).ok).toBe(true);
    expect(cloud.calls).toHaveLength(3);
    keys.close();
  });

  it('is renewed once, not for ever', async () => {
    const { keys, cloud, account } = await setUp(3);
    expect(await account.describeInstance(SPEC.instanceId)).toMatchObject({
      ok: false,
      problem: { kind: 'answered', code: 'InvalidSecurityToken.Expired' },
    });
    expect(cloud.calls).toHaveLength(2);
    keys.close();
  });

  it('is not sent again when there is no other', async () => {
    const cloud = await localCloud({
      accessKeys: { [PAIR.access_key_id]: { secret: SECRET, securityToken: 'other' } },
    });
    const credentials = createCredentials({ type: 'sts', ...PAIR, security_token: TOKEN });
    const result = await accountAt(cloud.url, { credentials }).createEndpoint(SPEC, 'token-1', Date.now());
    expect(result).toMatchObject({ ok: false, problem: { code: 'InvalidSecurityToken.Expired' } });
    expect(cloud.calls).toHaveLength(1);
  });
});
