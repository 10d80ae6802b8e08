/** A policy as a whole: which rules never get their turn, and which nobody can meet. */
import { describe, expect, it } from 'vitest';
import { accountsWithoutRule, bestProgress, shadowedRules } from '../../../src/domain/doctor/policy-review.ts';
import type { Rule, RuleMatch } from '../../../src/domain/policy/rule.ts';

function rule(name: string, match: RuleMatch, over: Partial<Rule> = {}): Rule {
  return {
    name,
    match,
    steps: [{ users: ['U1'], groups: [], required: 1 }],
    selfApproval: false,
    expiresAfterMs: 1,
    approvalValidForMs: 1,
    ...over,
  };
}

const shadows = (...matches: readonly RuleMatch[]) =>
  shadowedRules(matches.map((match, index) => rule(`r${index}`, match))).map(({ rule: { name }, by }) => [
    name,
    by.name,
  ]);

describe('a rule never gets its turn', () => {
  it.each<[string, RuleMatch, RuleMatch]>([
    ['behind one that matches everything', {}, { account: ['a'], instance: ['es-cn-1'] }],
    ['behind its equal', { account: ['a'], instance: ['es-*-a?'] }, { account: ['a'], instance: ['es-*-a?'] }],
    ['behind more accounts', { account: ['a', 'b'] }, { account: ['b'] }],
    ['behind a wider pattern', { instance: ['es-cn-*'] }, { instance: ['es-cn-a*', 'es-cn-b1'] }],
    ['behind one written in another way', { instance: ['es-?*a*'] }, { instance: ['es-*?a?*'] }],
    ['behind a pattern for its one id', { instance: ['es-??-1'] }, { instance: ['es-cn-1'] }],
    ['behind one for every id that there can be', { instance: ['es-*'] }, {}],
    ['behind all actions', { account: ['a'] }, { account: ['a'], action: ['delete'] }],
    ['behind all lifetimes', { lifetime: ['permanent', '1d', '7d', '30d', '90d'] }, {}],
    [
      'behind the group that its requesters are in',
      { requester: { users: ['U1'], groups: ['S1'] } },
      { requester: { users: ['U1'], groups: ['S1'] }, action: ['create'] },
    ],
  ])('%s', (_, earlier, later) => {
    expect(shadows(earlier, later)).toEqual([['r1', 'r0']]);
  });

  it('behind two that take everything together', () => {
    expect(shadows({ action: ['create'] }, { action: ['delete'] }, { account: ['a'] })).toEqual([['r2', 'r0 + r1']]);
    expect(shadows({ instance: ['es-a*'] }, { lifetime: ['1d'] }, { instance: ['es-a*'], lifetime: ['1d'] })).toEqual([
      ['r2', 'r0'],
    ]);
  });

  it.each<[string, RuleMatch, RuleMatch]>([
    ['the earlier one has fewer accounts', { account: ['a'] }, { account: ['a', 'b'] }],
    ['the earlier one has an account and it has none', { account: ['a'] }, {}],
    ['the earlier pattern is narrower', { instance: ['es-cn-a*'] }, { instance: ['es-cn-*'] }],
    ['the earlier one has a pattern and it has none', { instance: ['es-cn-*'] }, { account: ['a'] }],
    ['the earlier one is for another action', { action: ['create'] }, { action: ['delete'] }],
    ['its pattern may begin otherwise', { instance: ['es-cn-*'] }, { instance: ['es-*-1'] }],
    ['the earlier one takes a part of everything', { action: ['create'] }, { action: ['create', 'delete'] }],
    ['the earlier one is for a group', { requester: { users: [], groups: ['S1'] } }, {}],
    [
      'its group may have others in it',
      { requester: { users: [], groups: ['S1'] } },
      { requester: { users: [], groups: ['S2'] } },
    ],
  ])('but it does when %s', (_, earlier, later) => {
    expect(shadows(earlier, later)).toEqual([]);
  });

  it('and nothing is said of one that no request can match, or where there are too many cases', () => {
    expect(shadows({}, { instance: ['prod-*'] })).toEqual([]);
    const groups = Array.from({ length: 30 }, (_, index) => `S${index}`);
    expect(shadows({}, { requester: { users: [], groups } })).toEqual([]);
  });
});

describe('an account without a rule', () => {
  it('is one that no rule is for', () => {
    expect(accountsWithoutRule([rule('r', { account: ['a'] })], ['a', 'b'])).toEqual(['b']);
    expect(accountsWithoutRule([rule('r', { instance: ['es-*'] })], ['a', 'b'])).toEqual([]);
    expect(accountsWithoutRule([rule('r', { instance: ['prod-*'] })], ['a'])).toEqual(['a']);
  });
});

describe('the best that a rule can get', () => {
  const twoSteps = rule(
    'r',
    {},
    {
      steps: [
        { users: ['U1'], groups: ['S1'], required: 2 },
        { users: [], groups: ['S1'], required: 1 },
      ],
    },
  );

  it('counts each person once, in whichever place they are needed', () => {
    const groups = new Map([['S1', ['U1', 'U2', 'U3']]]);
    expect(bestProgress(twoSteps, new Set(['U1', 'U2', 'U3']), groups)).toMatchObject({ complete: true });
    expect(bestProgress(twoSteps, new Set(['U1', 'U2']), groups)).toEqual({ filled: 2, required: 3, complete: false });
  });

  it('is nothing without people', () => {
    expect(bestProgress(twoSteps, new Set(), new Map())).toEqual({ filled: 0, required: 3, complete: false });
  });
});
