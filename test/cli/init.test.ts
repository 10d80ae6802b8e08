/** `init` through the real process, its answers through a pipe: what it writes is what the doctor likes. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { person, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { APP_TOKEN, BOT_TOKEN, type CliStage, openCliStage } from './cli-stage.ts';
import { runCli } from './run-cli.ts';

/** Name, region, other addresses, the two of them, credentials, no further account. */
const account = ({ cloud }: CliStage, name = '') => [name, '', 'y', cloud.url, cloud.url, '', ''];
/** Approvals, audit, approvers, how many, language, expiry. */
const approval = ['#vpc-approvals', 'vpc-audit', '@ben, @sre', '', '', ''];

// Side by side, as far as the machine has room: each is a process that mostly starts.
vi.setConfig({ maxConcurrency: 3 });

describe.concurrent('init', () => {
  it('asks, finds channels and approvers by name, and writes a config file that the doctor likes', async () => {
    const stage = await openCliStage();
    const ran = await runCli(['init'], { env: stage.env, answers: [...account(stage), ...approval, 'y'] });
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
    const written = readFileSync(stage.configFile, 'utf8');
    expect(parse(written)).toEqual({
      accounts: {
        production: {
          region: 'cn-hangzhou',
          elasticsearch_endpoint: stage.cloud.url,
          privatelink_endpoint: stage.cloud.url,
          credentials: { type: 'default' },
        },
      },
      channels: { approvals: 'C0APPROVALS', audit: 'C0AUDIT' },
      locale: 'en',
      rules: [
        {
          name: 'everything',
          steps: [{ users: ['U0BEN'], groups: ['S0SRE'], required: 1 }],
          notify: 'approvers',
          expires_after: '24h',
        },
      ],
    });
    expect(written).toMatch(/approvals: C0APPROVALS # #vpc-approvals\n/);
    expect(written).toMatch(/- U0BEN # @ben\n/);
    expect(written).toMatch(/# Whose yes it takes\./);
    expect(ran.stdout).toContain(written);
    expect(ran.stdout).toMatch(/\n0 problems, 0 warnings/);
    for (const secret of [BOT_TOKEN, APP_TOKEN]) expect(written + ran.stdout).not.toContain(secret);
    expect(readdirSync(stage.folder)).toEqual(['vpc-endpoint.yml']);
  });

  it('asks again for what it does not find, with what is most like it, and which of several is meant', async () => {
    const stage = await openCliStage({
      users: [...sampleWorkspace().users, person('U0BEN2', 'benny', 'Ben Approver')],
    });
    const answers = [
      ...['prod uction', 'production', 'nowhere', 'cn-hangzhou', 'maybe', 'n', 'ram_role_arn', 'not-an-arn'],
      ...['acs:ram::1234567890:role/vpc-endpoint-bot', 'y'],
      ...['production', ...account(stage, 'staging')],
      ...[
        '#vpc-aprovals',
        '#vpc-approvals',
        '',
        '',
        '@old',
        'Ben Approver',
        '3',
        '2',
        '2',
        '1',
        'fr',
        'zh-CN',
        'soon',
        '7d',
      ],
      'n',
    ];
    const ran = await runCli(['init'], { env: stage.env, answers });
    for (const said of [
      'expected an account’s name',
      'expected a region, such as cn-hangzhou',
      'Expected y or n.',
      'expected a role’s ARN',
      'There is an account production already.',
      'Did you mean #vpc-approvals?',
      'Somebody has to be able to approve.',
      'There is no @old that the bot can see.',
      'Several are called Ben Approver:\n  1  @ben, @Ben Approver (U0BEN)\n  2  @benny, @Ben Approver (U0BEN2)',
      'Expected a number from 1 to 2.',
      'Expected a whole number from 1 to 1.',
      'Expected en or zh-CN.',
      'expected a duration such as 30s, 5m, 24h or 7d',
    ]) {
      expect(ran.stdout).toContain(said);
    }
    expect(ran.stdout).toContain('- U0BEN2 # @benny');
    expect(ran.stdout).toContain('role_arn: acs:ram::1234567890:role/vpc-endpoint-bot');
    expect(ran.stderr).toContain('nothing was written');
    expect(ran.status).toBe(2);
    expect(readdirSync(stage.folder)).toEqual([]);
  });

  it('overwrites a file only when it is told to', async () => {
    const stage = await openCliStage();
    const answers = [...account(stage), ...approval];
    await stage.writeConfig('mine: true\n');
    const asked = await runCli(['init'], { env: stage.env, answers: [...answers, ''] });
    expect(asked.stdout).toContain('is there already. Overwrite it? (y/N)');
    expect(asked.status).toBe(2);
    expect(readFileSync(stage.configFile, 'utf8')).toBe('mine: true\n');

    const forced = await runCli(['init', '--force', '--output', stage.configFile], { env: stage.env, answers });
    expect(forced.status).toBe(0);
    expect(readFileSync(stage.configFile, 'utf8')).toContain('C0APPROVALS');
  });

  it('leaves nothing behind when it is broken off', async () => {
    const stage = await openCliStage();
    const ended = await runCli(['init'], { env: stage.env, answers: account(stage) });
    expect(ended.stderr).toContain('there are no more answers; nothing was written');
    expect(ended.status).toBe(2);
    const interrupted = await runCli(['init'], {
      env: stage.env,
      answers: [...account(stage), ...approval],
      interruptAfter: 'Write this to',
    });
    expect(interrupted.status).not.toBe(0);
    expect(readdirSync(stage.folder)).toEqual([]);
  });

  it('takes the bot token from the environment, or asks for it and does not show it', async () => {
    const stage = await openCliStage();
    const { SLACK_BOT_TOKEN: _token, SLACK_APP_TOKEN: _app, ...env } = stage.env;
    const ran = await runCli(['init'], { env, answers: ['xoxb-typed-wrongly'] });
    expect(ran.stdout).toContain('Neither SLACK_APP_TOKEN (xapp-…, for Socket Mode) nor SLACK_SIGNING_SECRET');
    expect(ran.stderr).toContain('Slack refuses the bot token (invalid_auth)');
    expect(ran.stdout + ran.stderr).not.toContain('xoxb-typed-wrongly');
    expect(ran.status).toBe(2);
  });
});
