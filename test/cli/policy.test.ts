/** `policy check` and `policy explain` through the real process: they read the config file, and nothing else. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from './run-cli.ts';

const CONFIG = `accounts:
  production: { region: cn-hangzhou }
  staging: { region: cn-shanghai }
channels: { approvals: C0APPROVALS }
rules:
  - name: production
    match: { account: production }
    steps:
      - { users: [U0BEN], groups: [S0SRE] }
      - { groups: [S0SECURITY] }
    remind_after: 2h
    escalate: { after: 4h, users: [U0EVE] }
    emergency: { groups: [S0ONCALL] }
    freezes: [{ from: '2026-12-31T18:00+08:00', until: '2027-01-04T09:00+08:00', reason: new year }]
  - name: staging
    match: { account: staging }
    steps: [{ users: [U0ANN, U0BEN, U0CYD] }]
    self_approval: true
`;
const LATE = `  - name: late
    match: { account: production, instance: 'es-cn-*' }
    steps: [{ users: [U0BEN] }]
`;
const EXAMPLES = `- given: { requester: U0ANN, account: production, instance: es-cn-1, approved_by: [U0BEN] }
  expected: { rule: production, decision: waiting, missing: 1 }
- given: { requester: U0ANN, account: staging, instance: es-cn-1, approved_by: [U0ANN] }
  expected: { rule: staging, decision: approved }
`;

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function stage(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp('/tmp/vpce-policy-');
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const file = (name: string) => path.join(folder, name);
  // No token, no Redis: nothing but the file.
  const run = (...args: readonly string[]) =>
    runCli(['policy', ...args], { env: { CONFIG_FILE: file('vpc-endpoint.yml') } });
  return { file, run };
}

vi.setConfig({ maxConcurrency: 2 });

describe.concurrent('policy check', () => {
  it('finds nothing where all is well: the rules, the examples beside the file, the claims', async () => {
    const { file, run } = await stage({ 'vpc-endpoint.yml': CONFIG, 'vpc-endpoint.examples.yml': EXAMPLES });
    const claim = 'anyone alone creates in production asked by U0ANN without S0ONCALL';
    const ran = await run('check', '--never', claim);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain('✓ Every rule can match and can be met, and each account has one.');
    expect(ran.stdout).toContain(`${file('vpc-endpoint.examples.yml')}: 2 of 2 examples hold`);
    expect(ran.stdout).toContain(`✓ ${claim}: proved`);
    expect(ran.status).toBe(0);
  });

  it('says which rule can never match, which example does not hold, and how a claim comes true', async () => {
    const { file, run } = await stage({
      'vpc-endpoint.yml': CONFIG + LATE,
      'other.yml': EXAMPLES.replace('missing: 1', 'missing: 2'),
    });
    const ran = await run('check', '--examples', file('other.yml'), '--never', 'the requester alone deletes');
    expect(ran.stdout).toContain('✗ Rule “late” can never match: “production” above it takes everything');
    expect(ran.stdout).toContain('what came instead: rule “production”, waiting, 1 missing');
    expect(ran.stdout).toContain('✗ the requester alone deletes: it can happen');
    expect(ran.stdout).toContain('Rule “production” decides. The requester, being in S0ONCALL, approves it alone');
    expect(ran.status).toBe(1);
  });

  it('says the same to a program', async () => {
    const { file, run } = await stage({ 'vpc-endpoint.yml': CONFIG + LATE, 'other.yml': EXAMPLES });
    const claims = ['--never', 'U0EVE alone creates in staging', '--never', 'the requester alone creates in staging'];
    const ran = await run('check', '--json', '--examples', file('other.yml'), ...claims);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      ok: false,
      problems: [],
      findings: [{ id: 'rule-unreachable', severity: 'problem' }],
      examples: [
        { number: 1, holds: true, got: { rule: 'production', decision: 'waiting', missing: 1 } },
        { number: 2, holds: true },
      ],
      claims: [
        { verdict: 'proved', counterexample: null },
        {
          verdict: 'refuted',
          counterexample: {
            asked: { requester: 'U0BEN', account: 'staging', action: 'create' },
            rule: 'staging',
            way: 'steps',
            clicks: [{ user: 'U0BEN', is_requester: true, groups: [] }],
          },
        },
      ],
    });
    expect(ran.status).toBe(1);
  });

  it('says all that is wrong with the files, by line and column', async () => {
    const broken = await stage({ 'vpc-endpoint.yml': CONFIG.replace('U0ANN', 'ann') });
    const config = await broken.run('check');
    expect(config.stderr).toContain(`${broken.file('vpc-endpoint.yml')}:17:23: rules[1].steps[0].users[0]: expected`);
    expect([config.status, config.stdout]).toEqual([1, '']);

    const { file, run } = await stage({
      'vpc-endpoint.yml': CONFIG,
      'vpc-endpoint.examples.yml': EXAMPLES.replace('rule: staging', 'rule: stagin'),
    });
    const examples = await run('check', '--json');
    expect(JSON.parse(examples.stdout)).toMatchObject({
      ok: false,
      problems: [{ where: `${file('vpc-endpoint.examples.yml')}:4:21`, message: expect.stringContaining('staging?') }],
    });
    expect(examples.status).toBe(1);
  });

  it('exits with 2 where it is misused, or a file is not there', async () => {
    const { file, run } = await stage({ 'vpc-endpoint.yml': CONFIG });
    const [misspelt, absent, nowhere, single] = await Promise.all([
      run('check', '--never', 'the requester alone creats in production'),
      run('check', '--examples', file('absent.yml')),
      runCli(['policy', 'check'], { env: { CONFIG_FILE: file('nowhere.yml') } }),
      run('check', '--workspace', 'T0ACME'),
    ]);
    expect(misspelt.stderr).toContain(
      '  the requester alone creats in production\n                      ^ expected creates or deletes (did you mean creates?)',
    );
    expect(misspelt.stderr).toContain('<who> creates|deletes');
    expect(absent.stderr).toBe(`${file('absent.yml')}: there is no such file\n`);
    expect(nowhere.stderr).toContain('nowhere.yml: there is no such file (CONFIG_FILE names another)');
    expect(single.stderr).toContain('leave out --workspace');
    expect([misspelt, absent, nowhere, single].map(({ status }) => status)).toEqual([2, 2, 2, 2]);
  });

  it('takes one of several workspaces', async () => {
    const inner = CONFIG.replaceAll(/^(?=.)/gm, '    ');
    const { run } = await stage({
      'vpc-endpoint.yml': `workspaces:\n  T0ACME:\n${inner}  T0BETA:\n${inner}${LATE.replaceAll(/^(?=.)/gm, '    ')}`,
    });
    const [none, absent, first, second] = await Promise.all([
      run('check'),
      run('check', '--workspace', 'T0GONE'),
      run('check', '--workspace', 'T0ACME'),
      run('check', '--workspace', 'T0BETA'),
    ]);
    expect(none.stderr).toContain('T0ACME, T0BETA: choose one with --workspace');
    expect(absent.stderr).toContain('and no T0GONE');
    expect([none, absent, first, second].map(({ status }) => status)).toEqual([2, 2, 0, 1]);
  });
});

describe.concurrent('policy explain', () => {
  it('says which rule decides, why, and what happens otherwise', async () => {
    const { run } = await stage({ 'vpc-endpoint.yml': CONFIG });
    const asked = ['--requester', 'U0ANN', '--instance', 'es-cn-1'];
    const [waits, frozen, json] = await Promise.all([
      run('explain', ...asked, '--account', 'staging', '--approved-by', 'U0DAN'),
      run('explain', ...asked, '--account', 'production', '--at', '2027-01-01T00:00Z', '--groups', 'S0A,S0B'),
      run('explain', ...asked, '--account', 'production', '--approved-by', 'U0BEN,U0CYD:S0SECURITY', '--json'),
    ]);
    expect(waits.stdout).toContain('“production”: it is for account production, not staging');
    expect(waits.stdout).toContain('Decided by “staging”');
    expect(waits.stdout).toContain('the requester’s own yes counts');
    expect(waits.stdout).toContain('It waits for 1 more of 1.');
    expect(waits.stdout).toContain('the yes of U0DAN does not count: they are in no step');
    expect(waits.stdout).toContain('it expires 24h after it was asked for');

    expect(frozen.stdout).toContain('U0ANN, who is in S0A and S0B, asks to create');
    expect(frozen.stdout).toContain('is reminded after 2h, then after twice as long each time, 24h at most');
    expect(frozen.stdout).toContain('after 4h without a decision U0EVE may fill any place, too');
    expect(frozen.stdout).toContain('in an emergency a member of S0ONCALL may approve alone');
    expect(frozen.stdout).toContain('nothing is created until 2027-01-04T01:00:00Z: a freeze is open (new year)');

    expect(JSON.parse(json.stdout)).toMatchObject({
      decision: 'approved',
      rule: 'production',
      missing: 0,
      asked: { requester: 'U0ANN', instance: 'es-cn-1' },
    });
    expect([waits, frozen, json].map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
  });

  it('exits with 2 and says which option is wrong', async () => {
    const { run } = await stage({ 'vpc-endpoint.yml': CONFIG });
    const ids = ['--requester', 'U0ANN', '--instance', 'es-cn-1'];
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], '--requester: expected a Slack user’s id'],
      [['--requester', 'U0ANN', '--instance', 'cn-1'], '--instance: expected an instance’s id, es-…'],
      [ids, '--account: expected one of production, staging'],
      [[...ids, '--account', 'staging', '--approved-by', 'ben'], '--approved-by: expected users’ ids'],
    ];
    const ran = await Promise.all(wrong.map(([args]) => run('explain', ...args)));
    for (const [index, [, said]] of wrong.entries()) expect(ran[index]?.stderr).toContain(said);
    expect(ran.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
  });
});
