/** How far a rule is met: who fills which place, step by step, and whom a reminder calls. */
import { describe, expect, it } from 'vitest';
import { callees } from '../../../src/domain/policy/callees.ts';
import {
  type Approval,
  escalated,
  groupsOf,
  mayActAlone,
  mayApprove,
  progressOf,
  progressOfSteps,
} from '../../../src/domain/policy/progress.ts';
import type { Rule, Step } from '../../../src/domain/policy/rule.ts';
import { RULE, T0 } from '../../support/samples.ts';

const step = (required: number, users: readonly string[], groups: readonly string[] = []): Step => ({
  users,
  groups,
  required,
});
const rule = (...steps: readonly Step[]): Rule => ({ ...RULE, steps });
const yes = (by: string, ...groups: readonly string[]): Approval => ({ by, at: T0, groups });

describe('progress', () => {
  it.each<[what: string, rule: Rule, approvals: readonly Approval[], filled: number, complete: boolean]>([
    ['of a rule without steps is complete at once', rule(), [], 0, true],
    ['begins with nothing', rule(step(2, ['A', 'B'])), [], 0, false],
    ['counts each person once', rule(step(2, ['A', 'B'])), [yes('A'), yes('A')], 1, false],
    ['counts no stranger', rule(step(1, ['A'])), [yes('X')], 0, false],
    ['counts a member as of the moment of the yes', rule(step(2, [], ['S'])), [yes('A', 'S'), yes('B')], 1, false],
    [
      'counts nobody twice for two groups',
      rule(step(1, [], ['S']), step(1, [], ['R'])),
      [yes('A', 'S', 'R')],
      1,
      false,
    ],
    ['counts no more than a step has places', rule(step(1, ['A', 'B'])), [yes('A'), yes('B')], 1, true],
    ['moves one who fits elsewhere, too', rule(step(1, ['A', 'B']), step(1, ['A'])), [yes('A'), yes('B')], 2, true],
    [
      'moves a chain of people',
      rule(step(1, ['A', 'B']), step(1, ['B', 'C']), step(1, ['C', 'D'])),
      [yes('B'), yes('C'), yes('D')],
      3,
      true,
    ],
  ])('%s', (_what, each, approvals, filled, complete) => {
    const required = each.steps.reduce((sum, { required: places }) => sum + places, 0);
    expect(progressOf(each, approvals)).toEqual({ filled, required, complete });
    expect(progressOf(each, approvals.toReversed())).toEqual({ filled, required, complete });
  });

  it('is told step by step', () => {
    const two = rule(step(1, ['A', 'B']), step(2, ['A', 'C', 'D']));
    const half = { filled: 1, required: 2, complete: false };
    expect(progressOfSteps(two, [])).toEqual([
      { filled: 0, required: 1, complete: false },
      { filled: 0, required: 2, complete: false },
    ]);
    expect(progressOfSteps(two, [yes('A'), yes('B')])).toEqual([{ filled: 1, required: 1, complete: true }, half]);
    expect(progressOfSteps(two, [yes('C')])).toEqual([{ filled: 0, required: 1, complete: false }, half]);
  });

  it('tells steps apart that say the same', () => {
    const one = step(1, ['A', 'B']);
    const progress = progressOfSteps(rule(one, { ...one }), [yes('A')]);
    expect(progress.map(({ filled }) => filled)).toEqual([1, 0]);
  });
});

describe('a rule', () => {
  const full: Rule = {
    ...rule(step(1, ['A'], ['S'])),
    escalation: { users: ['B'], groups: ['R'], afterMs: 1 },
    emergency: { users: ['C'], groups: ['E'], reviewWithinMs: 1 },
  };

  it.each<[person: string, groups: readonly string[], approves: boolean, alone: boolean]>([
    ['A', [], true, false],
    ['X', ['S'], true, false],
    ['B', ['R'], false, false],
    ['C', [], false, true],
    ['X', ['E'], false, true],
    ['X', [], false, false],
  ])('for %s in %j', (person, groups, approves, alone) => {
    expect(mayApprove(full, person, groups)).toBe(approves);
    expect(mayActAlone(full, person, groups)).toBe(alone);
  });

  it('lets nobody act alone who is not named for that', () => {
    expect(mayActAlone(RULE, 'UALICE', [])).toBe(false);
  });

  it('names the groups of all whom it gives something to do', () => {
    expect(groupsOf(full)).toEqual(['S', 'R', 'E']);
  });

  it('that is escalated takes others in every step, and escalates no more', () => {
    const { escalation: _escalation, ...rest } = full;
    expect(escalated(full)).toEqual({ ...rest, steps: [step(1, ['A', 'B'], ['S', 'R'])] });
    expect(escalated(escalated(full))).toEqual(escalated(full));
    expect(escalated(RULE)).toBe(RULE);
  });
});

describe('a reminder', () => {
  const two = { ...rule(step(1, ['A', 'B'], ['S']), step(1, ['B', 'C'], ['S', 'R'])), selfApproval: false };

  it('calls everybody whose step has a free place', () => {
    expect(callees(two, [], 'X')).toEqual({ users: ['A', 'B', 'C'], groups: ['S', 'R'] });
    expect(callees(two, [yes('A')], 'X')).toEqual({ users: ['B', 'C'], groups: ['S', 'R'] });
    expect(callees(two, [yes('A'), yes('C')], 'X')).toEqual({ users: [], groups: [] });
  });

  it('does not call those who said yes, nor the requester unless their own yes counts', () => {
    expect(callees(two, [yes('B')], 'X').users).not.toContain('B');
    expect(callees(two, [], 'A').users).not.toContain('A');
    expect(callees({ ...two, selfApproval: true }, [], 'A').users).toContain('A');
  });
});
