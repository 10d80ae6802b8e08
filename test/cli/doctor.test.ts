/** `doctor` through the real process: what is wrong is found, each thing once, and nothing is found where all is well. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SAMPLE_ACCESS_KEY } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { ALL_SCOPES } from '../../src/domain/doctor/scopes.ts';
import { eventually } from '../support/eventually.ts';
import { startPrivateRedis } from '../support/redis.ts';
import { BOT_TOKEN, type CliStage, goodConfig, openCliStage } from './cli-stage.ts';
import { type Ran, runCli } from './run-cli.ts';

interface Told {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly id: string;
    readonly severity: string;
    readonly what: string;
    readonly why: string | null;
    readonly mend: string | null;
    readonly about: string;
  }[];
}

const told = ({ stdout }: Ran): Told => JSON.parse(stdout) as Told;
const idsOf = (ran: Ran, ...severities: readonly string[]) =>
  told(ran)
    .findings.filter(({ severity }) => severities.includes(severity))
    .map(({ id, about }) => `${id} ${about}`)
    .sort();

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()));
    });
  });
}

/** Three accounts, three rules, and something wrong with nearly everything that they name. */
function badConfig(stage: CliStage) {
  const { accounts } = goodConfig(stage);
  return {
    accounts: {
      ...accounts,
      staging: { ...accounts.production, credentials: { type: 'profile', profile: 'not-there' } },
      forgotten: accounts.production,
    },
    channels: { approvals: 'C0RANDOM', audit: 'C0OLD' },
    rules: [
      { name: 'wide', match: { account: 'production' }, steps: [{ users: ['U0BEN', 'U0OLD'], groups: ['S0GUESTS'] }] },
      {
        name: 'narrow',
        match: { account: 'production', instance: 'es-cn-*' },
        steps: [{ users: ['U0ANN'] }],
        channel: 'C0NOWHERE',
      },
      {
        name: 'hopeless',
        match: { account: 'staging' },
        steps: [{ users: ['U0CAT', 'U0GONE'], groups: ['S0OFF'], required: 2 }],
      },
    ],
  };
}

// Side by side, as far as the machine has room: each is a process that mostly starts.
vi.setConfig({ maxConcurrency: 3 });

describe.concurrent('the doctor', () => {
  it('finds nothing wrong where all is well, and changes nothing', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    const ran = await runCli(['doctor', '--json'], { env: stage.env });
    expect(ran.stderr).toBe('');
    expect(idsOf(ran, 'problem', 'warning')).toEqual([]);
    expect(idsOf(ran, 'unknown')).toEqual(['permission-unknown production']);
    expect(idsOf(ran, 'fine')).toEqual([
      'account-ready production',
      'channels-ready channels',
      'clocks-agree clock',
      'people-ready rules',
      'policy-ready rules',
      'redis-ready REDIS_URL',
      'scopes-granted SLACK_BOT_TOKEN',
      'slack-ready T0ACME',
      'socket-ready SLACK_APP_TOKEN',
    ]);
    expect(told(ran).ok).toBe(true);
    expect(ran.status).toBe(0);

    // And it has changed nothing: no message, no key, no call of the cloud that could.
    expect(stage.slack.workspace.messages).toEqual([]);
    const called = new Set(stage.slack.log.calls.map(({ method }) => method));
    expect([...called].sort()).toEqual([
      'apps.connections.open',
      'auth.test',
      'conversations.info',
      'usergroups.list',
      'users.info',
    ]);
    expect(await stage.redis.client().keys('*')).toEqual([]);
    expect(stage.cloud.calls.length).toBeGreaterThan(4);
    expect(stage.cloud.calls.filter(({ action }) => !/^(List|Describe|Get)/.test(action))).toEqual([]);
  });

  it('finds each of the things that are wrong, once, and says why it matters and what to do', async () => {
    const scopes = ALL_SCOPES.filter((scope) => scope !== 'im:write' && scope !== 'im:history');
    const stage = await openCliStage({
      scopes,
      userGroups: [
        { id: 'S0GUESTS', handle: 'guests', name: 'Guests', users: ['U0GUS'], disabled: false },
        { id: 'S0OFF', handle: 'off', name: 'Switched off', users: ['U0BEN', 'U0DAN'], disabled: true },
      ],
    });
    await stage.writeConfig(badConfig(stage));
    stage.cloud.state.switches.denied.add('ListVpcEndpoints');
    const redis = stage.redis.client();
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.config('SET', 'appendfsync', 'everysec');

    const env = { ...stage.env, SLACK_APP_TOKEN: 'xapp-wrong-secret' };
    const ran = await runCli(['doctor', '--json'], { env });
    expect(idsOf(ran, 'problem')).toEqual([
      'app-token-refused SLACK_APP_TOKEN',
      'approver-absent U0GONE',
      'channel-absent rules.narrow.channel (C0NOWHERE)',
      'channel-archived channels.audit (C0OLD)',
      'channel-not-joined channels.approvals (C0RANDOM)',
      'credentials-absent staging',
      'permission-missing forgotten',
      'permission-missing production',
      'redis-evicts maxmemory-policy',
      'rule-shadowed narrow',
      'rule-unmet hopeless',
      'scope-missing im:write',
    ]);
    expect(idsOf(ran, 'warning')).toEqual([
      'account-without-rule forgotten',
      'approver-unfit U0OLD',
      'group-disabled S0OFF',
      'group-empty S0GUESTS',
      'redis-syncs-late appendfsync',
      'scope-missing im:history',
    ]);
    for (const { severity, what, why, mend } of told(ran).findings) {
      expect(what).not.toBe('');
      if (severity === 'fine') expect([why, mend]).toEqual([null, null]);
      else expect([why, mend]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    }
    expect(told(ran).ok).toBe(false);
    expect(ran.status).toBe(1);

    const words = await runCli(['doctor'], { env });
    const headings = ['Problems', 'Warnings', 'Could not be checked', 'Fine'].map((each) => words.stdout.indexOf(each));
    expect(headings).toEqual([...headings].sort((a, b) => a - b));
    expect(headings[0]).toBe(0);
    for (const { what } of told(ran).findings) expect(words.stdout).toContain(what);
    expect(words.stdout).toContain('12 problems, 6 warnings');
    expect(words.status).toBe(1);
    for (const secret of [BOT_TOKEN, 'xapp-wrong-secret', SAMPLE_ACCESS_KEY.secret, SAMPLE_ACCESS_KEY.id]) {
      for (const { stdout, stderr } of [ran, words]) expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('says all that is wrong with a config file, by line and column, and looks at the rest nevertheless', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(
      'accounts:\n  production: { region: nowhere }\nchannels: { approvals: general }\nrules: []\n',
    );
    const ran = await runCli(['doctor', '--json'], { env: stage.env });
    expect(idsOf(ran, 'problem')).toEqual([
      `setting-wrong ${stage.configFile}:2:25`,
      `setting-wrong ${stage.configFile}:3:24`,
      `setting-wrong ${stage.configFile}:4:8`,
    ]);
    expect(idsOf(ran, 'fine')).toContain('slack-ready T0ACME');
    expect(idsOf(ran, 'fine')).toContain('redis-ready REDIS_URL');
    expect(ran.status).toBe(1);
  });

  it('cannot run with a wrong environment: each variable is named, none is quoted', async () => {
    const ran = await runCli(['doctor'], {
      env: { SLACK_BOT_TOKEN: 'not-a-token', REDIS_URL: 'http://secret@nowhere', CONFIG_FILE: '/not/there.yml' },
    });
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'REDIS_URL', '/not/there.yml']) {
      expect(ran.stdout).toContain(name);
    }
    expect(ran.stdout).not.toMatch(/not-a-token|secret@/);
    expect(ran.status).toBe(2);
  });

  it('says when Slack and Redis do not answer, and when the bot token is refused', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    const nobody = await freePort();
    const away = {
      ...stage.env,
      SLACK_API_URL: `http://127.0.0.1:${nobody}/api/`,
      REDIS_URL: `redis://127.0.0.1:${nobody}`,
    };
    const ran = await runCli(['doctor', '--json'], { env: away });
    expect(idsOf(ran, 'problem')).toEqual(['redis-unreachable REDIS_URL', 'slack-unreachable SLACK_API_URL']);
    expect(idsOf(ran, 'fine')).toContain('account-ready production');
    const refusing = told(ran).findings.filter(({ what }) => what.includes('ECONNREFUSED'));
    expect(refusing.map(({ id }) => id)).toEqual(['slack-unreachable', 'redis-unreachable', 'socket-unknown']);

    const refused = await runCli(['doctor', '--json'], { env: { ...stage.env, SLACK_BOT_TOKEN: 'xoxb-old' } });
    expect(idsOf(refused, 'problem')).toEqual(['bot-token-refused SLACK_BOT_TOKEN']);
    expect(told(refused).findings[0]?.what).toContain('invalid_auth');
  });

  it('says "unknown" where a managed Redis forbids CONFIG, and goes by INFO', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    await stage.redis.client().config('SET', 'maxmemory-policy', 'volatile-lru');
    await stage.redis.client().acl('SETUSER', 'default', '-config');
    const ran = await runCli(['doctor', '--json'], { env: stage.env });
    expect(idsOf(ran, 'problem')).toEqual(['redis-evicts maxmemory-policy']);
    expect(idsOf(ran, 'unknown')).toContain('redis-setting-unknown appendfsync');
  });

  it('says that a replica takes no writes, and that one replica is few', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    const master = await startPrivateRedis({ durable: true });
    try {
      const [host, port] = ['127.0.0.1', await freePort()];
      await master.client().config('SET', 'port', port);
      await master.client().config('SET', 'repl-diskless-sync-delay', 0);
      const replica = stage.redis.client();
      await replica.replicaof(host, port);
      await eventually('the replica is in step', async () => (await replica.info()).includes('master_link_status:up'));

      const behind = await runCli(['doctor', '--json'], { env: stage.env });
      expect(idsOf(behind, 'problem')).toEqual(['redis-replica REDIS_URL']);
      const before = await runCli(['doctor', '--json'], { env: { ...stage.env, REDIS_URL: master.url } });
      expect(idsOf(before, 'warning')).toEqual(['redis-one-replica REDIS_URL']);
      expect(before.status).toBe(0);
    } finally {
      await master.stop();
    }
  });

  it('tries the embedded Redis without touching its folder', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    const { REDIS_URL: _, ...env } = stage.env;
    const dir = path.join(stage.folder, 'data');
    const ran = await runCli(['doctor', '--json'], { env: { ...env, DATA_DIR: dir } });
    expect(idsOf(ran, 'problem', 'warning')).toEqual([]);
    expect(idsOf(ran, 'fine')).toContain('redis-ready REDIS_URL');
    expect(existsSync(dir)).toBe(false);

    const unusable = await runCli(['doctor', '--json'], {
      env: { ...env, DATA_DIR: path.join(stage.configFile, 'data') },
    });
    expect(idsOf(unusable, 'problem')).toEqual(['data-folder-unusable DATA_DIR']);
  });

  it('does not claim that a signing secret is right', async () => {
    const stage = await openCliStage();
    await stage.writeConfig(goodConfig(stage));
    const { SLACK_APP_TOKEN: _, ...env } = stage.env;
    const ran = await runCli(['doctor', '--json'], { env: { ...env, SLACK_SIGNING_SECRET: 'a-secret' } });
    expect(idsOf(ran, 'unknown')).toContain('signing-secret-unproven SLACK_SIGNING_SECRET');
    expect(ran.status).toBe(0);
  });

  it('speaks Chinese in a Chinese terminal', async () => {
    const stage = await openCliStage();
    await stage.writeConfig({ ...goodConfig(stage), channels: { approvals: 'C0RANDOM' } });
    const ran = await runCli(['doctor'], { env: { ...stage.env, LANG: 'zh_CN.UTF-8' } });
    expect(ran.stdout).toMatch(/^问题\n {2}✗ 机器人不在频道 C0RANDOM 中/);
    expect(ran.status).toBe(1);
  });
});
