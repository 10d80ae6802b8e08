/** When one rule is stricter than another: surely, by its shape alone. */
import { describe, expect, it } from 'vitest';
import type { Freeze } from '../../../src/domain/policy/freeze.ts';
import type { Rule, Step } from '../../../src/domain/policy/rule.ts';
import { isSameRule, isStricter } from '../../../src/domain/policy/stricter.ts';
import { HOUR, RULE } from '../../support/samples.ts';

const step = (required: number, users: readonly string[], groups: readonly string[] = []): Step => ({
  users,
  groups,
  required,
});
const rule = (steps: readonly Step[], over: Partial<Rule> = {}): Rule => ({ ...RULE, steps, ...over });
const AB = rule([step(1, ['A', 'B'])]);
const people = { users: ['A'], groups: ['S'] };
const freeze: Freeze = { kind: 'once', from: 1, until: 2 };

describe('a rule is stricter', () => {
  it.each<[what: string, next: Rule, before: Rule]>([
    ['that asks for more people', rule([step(2, ['A', 'B'])]), AB],
    ['that asks fewer to choose from', rule([step(1, ['A'])]), AB],
    ['with one more step', rule([step(1, ['A', 'B']), step(1, ['C'])]), AB],
    ['with its steps in another order, and one more', rule([step(1, ['C']), step(1, ['A', 'B'])]), AB],
    ['that asks where nobody was asked', AB, rule([])],
    ['that lets requesters approve themselves no more', AB, { ...AB, selfApproval: true }],
    ['without the emergency', AB, { ...AB, emergency: { ...people, reviewWithinMs: HOUR } }],
    [
      'with fewer people for the emergency',
      { ...AB, emergency: { users: ['A'], groups: [], reviewWithinMs: HOUR } },
      { ...AB, emergency: { ...people, reviewWithinMs: HOUR } },
    ],
    ['without the escalation', AB, { ...AB, escalation: { ...people, afterMs: HOUR } }],
    ['with a freeze', { ...AB, freezes: [freeze] }, AB],
    ['with one more freeze', { ...AB, freezes: [{ ...freeze, until: 3 }, freeze] }, { ...AB, freezes: [freeze] }],
  ])('%s', (_what, next, before) => {
    expect(isStricter(next, before)).toBe(true);
    expect(isStricter(before, next)).toBe(false);
  });
});

describe('a rule is not stricter, nor is the other one', () => {
  it.each<[what: string, next: Rule, before: Rule]>([
    ['that is the same', AB, AB],
    ['that differs in its name alone', { ...AB, name: 'other' }, AB],
    ['that asks other people', rule([step(1, ['A', 'C'])]), AB],
    ['that asks more, of others', rule([step(2, ['A', 'C'])]), AB],
    [
      'that asks fewer, and forbids more',
      rule([step(1, ['A', 'B'])]),
      rule([step(2, ['A', 'B'])], { selfApproval: true }),
    ],
    ['that asks a group for its members', rule([step(1, [], ['S'])]), AB],
    [
      'whose one step stands for two',
      rule([step(2, ['A', 'B'])]),
      rule([step(1, ['A', 'B']), step(1, ['A', 'B', 'C'])]),
    ],
    ['that asks fewer of fewer people', rule([step(1, ['A'])]), rule([step(2, ['A', 'B'])])],
    [
      'that asks more, with an emergency',
      rule([step(2, ['A', 'B'])], { emergency: { ...people, reviewWithinMs: 1 } }),
      AB,
    ],
    [
      'whose escalation comes sooner',
      rule([step(2, ['A', 'B'])], { escalation: { ...people, afterMs: 1 } }),
      { ...AB, escalation: { ...people, afterMs: HOUR } },
    ],
    ['that asks more, with an escalation', rule([step(2, ['A', 'B'])], { escalation: { ...people, afterMs: 1 } }), AB],
    ['that asks more, without the freeze', rule([step(2, ['A', 'B'])]), { ...AB, freezes: [freeze] }],
    ['that differs in its times alone', { ...AB, expiresAfterMs: 1, approvalValidForMs: 1 }, AB],
  ])('%s', (_what, next, before) => {
    expect(isStricter(next, before)).toBe(false);
    expect(isStricter(before, next)).toBe(false);
  });
});

describe('a rule is the same', () => {
  it('whatever the order of its keys', () => {
    const { name, ...rest } = AB;
    expect(isSameRule({ ...rest, name }, AB)).toBe(true);
  });

  it.each<[what: string, over: Partial<Rule>]>([
    ['name', { name: 'other' }],
    ['expiry', { expiresAfterMs: 1 }],
    ['people to notify', { notify: people }],
    ['reminders', { reminders: { afterMs: 1, capMs: 1 } }],
    ['channel', { channel: 'C1' }],
  ])('only with the same %s', (_what, over) => {
    expect(isSameRule({ ...AB, ...over }, AB)).toBe(false);
  });
});
