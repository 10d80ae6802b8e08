/** Rules that nobody can meet, and requests that no rule is for. */
import { describe, expect, it } from 'vitest';
import { unmetRules } from '../../../../src/domain/policy/analysis/unmet.ts';
import { uncoveredAccounts, unreachableRules } from '../../../../src/domain/policy/analysis/unreachable.ts';
import type { Rule } from '../../../../src/domain/policy/rule.ts';
import { groups, rule, users } from './policies.ts';

function unmet(...rules: readonly Rule[]) {
  const found = unmetRules(rules, ['a']);
  if (found === 'too-many') return found;
  return found.map(({ rule: { name }, ...rest }) => ({ name, ...rest }));
}

describe('nobody can meet', () => {
  const own = { match: { requester: users('UBEN') } };

  it('a rule whose only approver is always the requester', () => {
    expect(unmet(rule('own', own))).toEqual([{ name: 'own', what: 'approval', inEmergency: false }]);
    expect(unmet(rule('own', { ...own, selfApproval: true }))).toEqual([]);
    expect(unmet(rule('own', { ...own, steps: [{ users: ['UBEN'], groups: ['SSRE'], required: 1 }] }))).toEqual([]);
  });

  it('it, even where they may act in an emergency; but where it escalates to somebody it can be met', () => {
    const emergency = { ...users('UBEN'), reviewWithinMs: 1 };
    expect(unmet(rule('own', { ...own, emergency }))).toContainEqual({
      name: 'own',
      what: 'approval',
      inEmergency: true,
    });
    expect(unmet(rule('own', { ...own, escalation: { ...users('UANN'), afterMs: 1 } }))).toEqual([]);
  });

  it('a rule when one of those asks who are all needed', () => {
    const steps = [
      { ...users('UANN', 'UBEN'), required: 1 },
      { ...users('UBEN', 'UCYD'), required: 1 },
      { ...groups('SSRE'), required: 1 },
    ];
    expect(unmet(rule('r', { steps }))).toEqual([]);
    expect(unmet(rule('r', { steps: [{ ...users('UANN', 'UBEN'), required: 2 }] }))).toEqual([
      { name: 'r', what: 'approval', requesters: ['UANN', 'UBEN'], inEmergency: false },
    ]);
  });

  it('but the requests that an earlier rule takes do not matter', () => {
    expect(unmet(rule('bens', { ...own, steps: [{ ...users('UANN'), required: 1 }] }), rule('rest'))).toEqual([]);
  });
});

describe('nobody can review', () => {
  it('what the only approver has done alone', () => {
    const emergency = { ...users('UBEN', 'UANN'), reviewWithinMs: 1 };
    expect(unmet(rule('r', { emergency, selfApproval: true }))).toEqual([
      { name: 'r', what: 'review', inEmergency: false },
    ]);
    const steps = [{ ...users('UBEN', 'UCYD'), required: 1 }];
    expect(unmet(rule('r', { steps, emergency: { ...emergency, ...users('UBEN') } }))).toEqual([
      { name: 'r', what: 'review', requesters: ['UCYD'], inEmergency: false },
    ]);
    expect(unmet(rule('r', { steps: [{ ...groups('SSRE'), required: 1 }], emergency }))).toEqual([]);
  });
});

describe('rules and requests miss each other', () => {
  it('where earlier rules together take everything, or no id fits', () => {
    const rules = [
      rule('creates', { match: { action: ['create'] } }),
      rule('members', { match: { requester: groups('SSRE') } }),
      rule('a', { match: { instance: ['es-a*'] } }),
      rule('strangers', { match: { action: ['delete'], instance: ['prod-*'] } }),
      rule('members a', { match: { requester: groups('SSRE'), instance: ['es-a?'] } }),
      rule('rest'),
      rule('never'),
    ];
    const found = unreachableRules(rules, ['a', 'b']);
    if (found === 'too-many') throw new Error(found);
    expect(found.map(({ rule: { name }, insteadOf }) => [name, insteadOf.map((each) => each.name)])).toEqual([
      ['strangers', []],
      ['members a', ['creates', 'members']],
      ['never', ['creates', 'members', 'a', 'rest']],
    ]);
  });

  it('where an account has no rule, or none for some of its requests', () => {
    const rules = [
      rule('some', { match: { account: ['a', 'b'], instance: ['es-a*'], requester: groups('SSRE') } }),
      rule('rest', { match: { account: ['a'] } }),
    ];
    expect(uncoveredAccounts(rules, ['a', 'b', 'c'])).toEqual([
      {
        account: 'b',
        entirely: false,
        example: {
          account: 'b',
          action: 'create',
          lifetime: 'permanent',
          instanceId: 'es-x',
          requester: '*',
          groups: [],
        },
      },
      { account: 'c', entirely: true, example: expect.objectContaining({ account: 'c' }) },
    ]);
  });
});
