/** The doctor with instruments in a test's hands: clocks that are off, accounts that fail, checks that never end. */
import { describe, expect, it } from 'vitest';
import { diagnose, type Patient, type Settings } from '../../../src/application/doctor/diagnose.ts';
import type { AccountExaminer, ActionReport, Identified, RedisReport } from '../../../src/application/doctor/ports.ts';
import type { Finding } from '../../../src/domain/doctor/findings.ts';
import { ALL_SCOPES } from '../../../src/domain/doctor/scopes.ts';
import { severityOf } from '../../../src/domain/doctor/severity.ts';
import { answered } from '../../support/samples.ts';

const MINUTE = 60_000;
const never = new Promise<never>(() => {});

const IDENTIFIED: Identified = { kind: 'identified', teamId: 'T1', team: 'Acme', scopes: [...ALL_SCOPES], aheadMs: 0 };
const REDIS: RedisReport = {
  kind: 'reached',
  version: '7.2.4',
  replica: false,
  replicas: 0,
  replicasNeeded: false,
  settings: { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' },
  snapshots: false,
  aheadMs: 0,
};
const SETTINGS: Settings = {
  rules: [
    {
      name: 'all',
      match: {},
      steps: [{ users: ['U1'], groups: ['S1'], required: 1 }],
      selfApproval: false,
      expiresAfterMs: 1,
      approvalValidForMs: 1,
    },
  ],
  channels: { approvals: 'C1' },
  accounts: new Map([['prod', account({ action: 'elasticsearch:ListInstance', outcome: { kind: 'allowed' } })]]),
};

function account(...actions: readonly ActionReport[]): AccountExaminer {
  return () => Promise.resolve({ kind: 'examined', actions, instances: 2, aheadMs: 0 });
}

interface Over {
  readonly slack?: Partial<Patient['slack']>;
  readonly redis?: Partial<RedisReport>;
  readonly settings?: Partial<Settings>;
}

function patient({ slack = {}, redis = {}, settings = {} }: Over = {}): Patient {
  return {
    slack: {
      identify: () => Promise.resolve(IDENTIFIED),
      socket: () => Promise.resolve('ready'),
      channel: () => Promise.resolve({ kind: 'found', archived: false, joined: true }),
      standing: () => Promise.resolve('member'),
      groups: () => Promise.resolve(new Map([['S1', { disabled: false, members: ['U2'] }]])),
      ...slack,
    },
    redis: () => Promise.resolve({ ...REDIS, ...redis }),
    settings: () => ({ ...SETTINGS, ...settings }),
  };
}

async function wrong(who: Patient, patienceMs?: number): Promise<readonly Finding[]> {
  const findings = await diagnose(who, patienceMs);
  return findings.filter((finding) => severityOf(finding) !== 'fine');
}

describe('a diagnosis', () => {
  it('is clean where all is well', async () => {
    expect(await wrong(patient())).toEqual([]);
  });

  it('compares clocks with Redis’s, and judges each by what its owner tolerates', async () => {
    const off = (slackMs: number, cloudMs: number, redisMs = 0) =>
      wrong(
        patient({
          slack: { identify: () => Promise.resolve({ ...IDENTIFIED, aheadMs: slackMs }) },
          redis: { aheadMs: redisMs },
          settings: {
            accounts: new Map([
              ['prod', () => Promise.resolve({ kind: 'examined', actions: [], instances: 1, aheadMs: cloudMs })],
            ]),
          },
        }),
      );
    expect(await off(30_000, -30_000)).toEqual([]);
    expect(await off(2 * MINUTE, 14 * MINUTE)).toEqual([
      { id: 'clock-off', whose: { kind: 'slack' }, ms: 2 * MINUTE },
      { id: 'clock-off', whose: { kind: 'cloud', account: 'prod' }, ms: 14 * MINUTE },
    ]);
    expect((await off(2 * MINUTE, 14 * MINUTE)).map(severityOf)).toEqual(['warning', 'warning']);
    expect((await off(-6 * MINUTE, 16 * MINUTE)).map(severityOf)).toEqual(['problem', 'problem']);
    // Redis alone is wrong: everything else is off against it, this machine too.
    expect((await off(0, 0, 20 * MINUTE)).map((each) => [severityOf(each), 'ms' in each && each.ms])).toEqual([
      ['problem', -20 * MINUTE],
      ['problem', -20 * MINUTE],
      ['warning', -20 * MINUTE],
    ]);
  });

  it('goes on with everything else when one check fails or does not come to an end', async () => {
    const slow = patient({
      slack: { channel: () => never, groups: () => Promise.reject(new Error('broken')) },
      settings: { accounts: new Map([['prod', () => never]]) },
    });
    expect(await wrong(slow, 30)).toEqual([
      { id: 'not-looked-at', area: 'channels', error: 'too late' },
      { id: 'not-looked-at', area: 'people', error: 'broken' },
      { id: 'not-looked-at', area: 'cloud', error: 'too late' },
    ]);
  });

  it('says once what fails for every action, and names each permission that is missing', async () => {
    const failed = (action: string): ActionReport => ({
      action,
      outcome: { kind: 'failed', problem: answered('InvalidAccessKeyId.NotFound', 404) },
    });
    const denied: ActionReport = { action: 'a:B', outcome: { kind: 'denied', missing: 'a:B' } };
    const accounts = new Map([
      ['wrong', account(failed('a:A'), failed('a:B'), { action: 'a:C', outcome: { kind: 'untried' } })],
      ['poor', account({ action: 'a:A', outcome: { kind: 'allowed' } }, denied)],
    ]);
    expect(await wrong(patient({ settings: { accounts } }))).toEqual([
      {
        id: 'cloud-refuses',
        account: 'wrong',
        action: 'a:A',
        reason: 'access-key-invalid',
        code: 'InvalidAccessKeyId.NotFound',
      },
      { id: 'permission-missing', account: 'poor', action: 'a:B' },
    ]);
  });

  it('does not claim what it does not know: unreadable groups and people are no missing ones', async () => {
    const blind = patient({
      slack: {
        groups: () => Promise.resolve({ kind: 'unknown', error: 'missing_scope' }),
        standing: () => Promise.resolve({ kind: 'unknown', error: 'missing_scope' }),
      },
    });
    expect(await wrong(blind)).toEqual([
      { id: 'approver-unknown', user: 'U1', rules: ['all'], error: 'missing_scope' },
      { id: 'groups-unknown', groups: ['S1'], error: 'missing_scope' },
    ]);
  });

  it('says when the config file has no such workspace, and looks at what does not depend on it', async () => {
    const elsewhere: Patient = { ...patient({ redis: { replica: true } }), settings: () => undefined };
    expect(await wrong(elsewhere)).toEqual([{ id: 'workspace-unknown', teamId: 'T1' }, { id: 'redis-replica' }]);
  });

  it('knows what a Redis loses, and when', async () => {
    const found = async (redis: Partial<RedisReport>) => (await wrong(patient({ redis }))).map(({ id }) => id);
    const settings = REDIS.settings;
    expect(await found({ settings: { ...settings, appendonly: 'no' } })).toEqual(['redis-forgets']);
    expect(await found({ settings: { ...settings, appendfsync: 'no' } })).toEqual(['redis-syncs-late']);
    expect(await found({ settings: {} })).toEqual(['redis-setting-unknown', 'redis-setting-unknown']);
    expect(await found({ version: '6.0.20' })).toEqual(['redis-old']);
    expect(await found({ replicas: 1 })).toEqual(['redis-one-replica']);
    expect(await found({ replicas: 2, replicasNeeded: true })).toEqual([]);
    expect(await found({ replicasNeeded: true })).toEqual(['redis-no-replica']);
    expect(await found({ version: '6.2.0' })).toEqual([]);
    expect(await found({ version: '10.0.0' })).toEqual([]);
  });
});
