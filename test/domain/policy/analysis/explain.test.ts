/** Which rule decides, why not the earlier ones, and what the yeses so far amount to. */
import { describe, expect, it } from 'vitest';
import { explain, tryExample } from '../../../../src/domain/policy/analysis/explain.ts';
import type { PolicySubject } from '../../../../src/domain/policy/match.ts';
import { groups, rule, users } from './policies.ts';

const SUBJECT: PolicySubject = {
  account: 'production',
  action: 'create',
  instanceId: 'es-cn-1',
  requester: 'UANN',
  groups: ['SDEV'],
  lifetime: 'permanent',
};
const NIGHT = Date.parse('2026-12-01T00:00Z');
const RULES = [
  rule('elsewhere', { match: { account: ['staging'], instance: ['es-*'], lifetime: ['7d'] } }),
  rule('deletes', { match: { action: ['delete'] } }),
  rule('bens', { match: { requester: { users: ['UBEN'], groups: ['SOPS'] }, instance: ['es-us-*'] } }),
  rule('dev', {
    match: { requester: groups('SDEV') },
    steps: [
      { users: ['UBEN'], groups: ['SSRE'], required: 1 },
      { ...groups('SSEC'), required: 1 },
    ],
    freezes: [{ kind: 'once', from: NIGHT, until: NIGHT + 1_000, reason: 'release' }],
  }),
];

describe('an explanation', () => {
  it('says of each rule before the one that decides what of it does not fit', () => {
    const { passed, rule: decides } = explain(RULES, SUBJECT, [], 0);
    expect(passed.map((each) => [each.rule, each.unlike])).toEqual([
      ['elsewhere', ['account', 'lifetime']],
      ['deletes', ['action']],
      ['bens', ['instance', 'requester']],
    ]);
    expect(decides?.name).toBe('dev');
  });

  it('counts each yes as the bot does, and says why one does not count', () => {
    const yes = (user: string, ...inGroups: readonly string[]) => ({ user, groups: inGroups });
    const approvals = [
      yes('UANN', 'SSEC'),
      yes('UBEN'),
      yes('UBEN'),
      yes('UCYD', 'SSRE'),
      yes('UDAN'),
      yes('UEVE', 'SSEC'),
    ];
    expect(explain(RULES, SUBJECT, approvals, 0)).toMatchObject({
      decision: 'approved',
      progress: { filled: 2, required: 2 },
      steps: [{ filled: 1 }, { filled: 1 }],
      ignored: [
        { by: 'UANN', why: 'requester' },
        { by: 'UBEN', why: 'twice' },
        { by: 'UCYD', why: 'no-place-left' },
        { by: 'UDAN', why: 'not-an-approver' },
      ],
    });
  });

  it('names the freeze that is open at that moment, for creates', () => {
    expect(explain(RULES, SUBJECT, [], NIGHT).frozen).toEqual({ until: NIGHT + 1_000, reason: 'release' });
    expect(explain(RULES, SUBJECT, [], NIGHT + 1_000)).not.toHaveProperty('frozen');
    const deleting = [rule('dev', { ...RULES[3], match: {} })];
    expect(explain(deleting, { ...SUBJECT, action: 'delete' }, [], NIGHT)).not.toHaveProperty('frozen');
  });

  it('refuses what no rule is for, and approves at once where nobody is asked', () => {
    expect(explain(RULES, { ...SUBJECT, groups: [] }, [], 0)).toMatchObject({ decision: 'refused', ignored: [] });
    expect(explain([rule('auto', { steps: [] })], SUBJECT, [], 0)).toMatchObject({ decision: 'approved' });
  });
});

describe('an example', () => {
  const given = { subject: SUBJECT, approvedBy: [{ user: 'UBEN', groups: [] }] };

  it('holds where the rule, the decision and what is missing are as expected', () => {
    expect(tryExample(RULES, { given, expected: { rule: 'dev', decision: 'waiting', missing: 1 } })).toEqual({
      holds: true,
      rule: 'dev',
      decision: 'waiting',
      missing: 1,
    });
    expect(tryExample([], { given, expected: { decision: 'refused' } })).toMatchObject({ holds: true });
  });

  it.each([
    { rule: 'bens', decision: 'waiting' as const },
    { decision: 'waiting' as const },
    { rule: 'dev', decision: 'approved' as const },
    { rule: 'dev', decision: 'waiting' as const, missing: 2 },
  ])('does not where it is otherwise: %j', (expected) => {
    expect(tryExample(RULES, { given, expected }).holds).toBe(false);
  });

  it('counts the requester where the rule says so', () => {
    const own = [rule('own', { steps: [{ ...users('UANN'), required: 1 }], selfApproval: true })];
    const approvedBy = [{ user: 'UANN', groups: [] }];
    expect(
      tryExample(own, { given: { ...given, approvedBy }, expected: { rule: 'own', decision: 'approved' } }).holds,
    ).toBe(true);
  });
});
