/** The doctor's sentences: every finding says what, why and what to do, in both languages. */
import { describe, expect, it } from 'vitest';
import { type Finding, subjectOf } from '../../src/domain/doctor/findings.ts';
import { ALL_SCOPES } from '../../src/domain/doctor/scopes.ts';
import { severityOf } from '../../src/domain/doctor/severity.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';

const places = ['channels.approvals'];
const rules = ['production'];

/** One of each: an id that is missing here does not compile. */
const SAMPLES: { readonly [K in Finding['id']]: Extract<Finding, { readonly id: K }> } = {
  'setting-wrong': { id: 'setting-wrong', where: 'PORT', message: 'expected a port' },
  'not-looked-at': { id: 'not-looked-at', area: 'people', error: 'too late' },
  'slack-ready': { id: 'slack-ready', team: 'Acme', teamId: 'T0ACME' },
  'slack-unreachable': { id: 'slack-unreachable', error: 'ECONNREFUSED' },
  'bot-token-refused': { id: 'bot-token-refused', error: 'invalid_auth' },
  'workspace-unknown': { id: 'workspace-unknown', teamId: 'T0ACME' },
  'scopes-granted': { id: 'scopes-granted', count: 10 },
  'scope-missing': { id: 'scope-missing', scope: 'im:write' },
  'scopes-unknown': { id: 'scopes-unknown' },
  'socket-ready': { id: 'socket-ready' },
  'app-token-refused': { id: 'app-token-refused', error: 'invalid_auth' },
  'socket-unknown': { id: 'socket-unknown', error: 'ECONNRESET' },
  'signing-secret-unproven': { id: 'signing-secret-unproven' },
  'channels-ready': { id: 'channels-ready', count: 2 },
  'channel-absent': { id: 'channel-absent', channel: 'C1', places },
  'channel-archived': { id: 'channel-archived', channel: 'C1', places },
  'channel-not-joined': { id: 'channel-not-joined', channel: 'C1', places },
  'channel-unknown': { id: 'channel-unknown', channel: 'C1', places, error: 'missing_scope' },
  'people-ready': { id: 'people-ready', users: 1, groups: 2 },
  'approver-absent': { id: 'approver-absent', user: 'U1', rules },
  'approver-unfit': { id: 'approver-unfit', user: 'U1', standing: 'guest', rules },
  'approver-unknown': { id: 'approver-unknown', user: 'U1', rules, error: 'missing_scope' },
  'group-absent': { id: 'group-absent', group: 'S1', rules },
  'group-disabled': { id: 'group-disabled', group: 'S1', rules },
  'group-empty': { id: 'group-empty', group: 'S1', rules },
  'groups-unknown': { id: 'groups-unknown', groups: ['S1', 'S2'], error: 'missing_scope' },
  'rule-unmet': { id: 'rule-unmet', rule: 'production', filled: 1, required: 2 },
  'rule-shadowed': { id: 'rule-shadowed', rule: 'production', by: 'everything' },
  'account-without-rule': { id: 'account-without-rule', account: 'production' },
  'policy-ready': { id: 'policy-ready', rules: 2 },
  'redis-ready': { id: 'redis-ready', version: '7.0.15' },
  'redis-unreachable': { id: 'redis-unreachable', error: 'ECONNREFUSED' },
  'redis-old': { id: 'redis-old', version: '6.0', wanted: '6.2' },
  'redis-replica': { id: 'redis-replica' },
  'redis-evicts': { id: 'redis-evicts', policy: 'allkeys-lru' },
  'redis-forgets': { id: 'redis-forgets', snapshots: true },
  'redis-syncs-late': { id: 'redis-syncs-late', appendfsync: 'everysec' },
  'redis-no-replica': { id: 'redis-no-replica' },
  'redis-one-replica': { id: 'redis-one-replica' },
  'redis-setting-unknown': { id: 'redis-setting-unknown', setting: 'appendfsync' },
  'data-folder-unusable': { id: 'data-folder-unusable', dir: '.data', error: 'EACCES' },
  'clocks-agree': { id: 'clocks-agree', count: 3 },
  'clock-off': { id: 'clock-off', whose: { kind: 'cloud', account: 'production' }, ms: -120_000 },
  'account-ready': { id: 'account-ready', account: 'production', instances: 1 },
  'credentials-absent': { id: 'credentials-absent', account: 'production', error: 'no profile' },
  'permission-missing': { id: 'permission-missing', account: 'production', action: 'elasticsearch:ListInstance' },
  'permission-unknown': { id: 'permission-unknown', account: 'production', actions: ['a:B', 'a:C'] },
  'cloud-refuses': {
    id: 'cloud-refuses',
    account: 'production',
    action: 'elasticsearch:ListInstance',
    reason: 'throttled',
    code: 'Throttling',
  },
};

const all: readonly Finding[] = Object.values(SAMPLES);

describe.each(['en', 'zh-CN'] as const)('the doctor in %s', (locale) => {
  const { doctor } = messagesFor(locale);

  it.each(all.map((finding) => [finding.id, finding] as const))('says what %s is about', (_, finding) => {
    const { what, why, mend } = doctor.finding(finding);
    const said = [what, why, mend].filter((each) => each !== undefined);
    expect(said).toHaveLength(severityOf(finding) === 'fine' ? 1 : 3);
    for (const each of said) {
      expect(each.trim()).toBe(each);
      expect(each).not.toMatch(/undefined|null|NaN|\[object|\n/);
      if (locale === 'en') expect(each).not.toMatch(/[\u4e00-\u9fff]/);
      else expect(each).toMatch(/[\u4e00-\u9fff]/);
    }
    if (severityOf(finding) !== 'fine') for (const each of said) expect(each).toMatch(/[.。]$/);
    expect(subjectOf(finding)).not.toBe('');
  });

  it('says more exactly what differs', () => {
    const { what } = doctor.finding({ id: 'redis-forgets', snapshots: false });
    expect(what).not.toBe(doctor.finding(SAMPLES['redis-forgets']).what);
    for (const kind of ['slack', 'this-machine'] as const) {
      const late = doctor.finding({ id: 'clock-off', whose: { kind }, ms: -180_000 }).what;
      const early = doctor.finding({ id: 'clock-off', whose: { kind }, ms: 180_000 }).what;
      expect(late).toContain('3');
      expect(late).not.toBe(early);
    }
  });

  it('says of each scope what it is for and what is lost without it', () => {
    for (const scope of ALL_SCOPES) {
      const { why = '' } = doctor.finding({ id: 'scope-missing', scope });
      expect(why).toContain(doctor.scopes[scope].use);
      expect(why).toContain(doctor.scopes[scope].without);
    }
  });
});
