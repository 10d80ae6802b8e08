/**
 * Whether one rule is stricter than another. It is, where it asks for everything that the other one asks for, of none but
 * the same people, and for something more. Sure by its shape alone: who is in which user group does not matter.
 */
import type { People, Rule, Step } from './rule.ts';

export function isStricter(next: Rule, before: Rule): boolean {
  return isAsStrict(next, before) && !isAsStrict(before, next);
}

/** The same in everything that a request under it can notice: what else it matches is no matter. */
export function isSameRule(one: Rule, other: Rule): boolean {
  return isEqual({ ...one, match: {} }, { ...other, match: {} });
}

function isAsStrict(next: Rule, before: Rule): boolean {
  return (
    (before.selfApproval || !next.selfApproval) &&
    (next.emergency === undefined || (before.emergency !== undefined && areAmong(next.emergency, before.emergency))) &&
    // Whom the escalation would add may fill the places, too.
    (next.escalation === undefined ||
      (before.escalation !== undefined &&
        areAmong(next.escalation, before.escalation) &&
        next.escalation.afterMs >= before.escalation.afterMs)) &&
    (before.freezes ?? []).every((freeze) => (next.freezes ?? []).some((each) => isEqual(each, freeze))) &&
    coversEach(before.steps, next.steps)
  );
}

/** Each step of the one has a step of its own in the other that asks for as many people, out of its own alone. */
function coversEach(before: readonly Step[], next: readonly Step[]): boolean {
  const [step, ...others] = before;
  if (step === undefined) return true;
  return next.some(
    (candidate, index) =>
      candidate.required >= step.required &&
      areAmong(candidate, step) &&
      coversEach(
        others,
        next.filter((_, each) => each !== index),
      ),
  );
}

function areAmong(some: People, all: People): boolean {
  return (
    some.users.every((user) => all.users.includes(user)) && some.groups.every((group) => all.groups.includes(group))
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** With keys in one order, so that equal ones are written alike. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
