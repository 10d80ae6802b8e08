/** How far a rule is met: whose yes fills which place. */
import type { UserGroupId, UserId } from '../ids.ts';
import { isAmong } from './match.ts';
import type { Rule, Step } from './rule.ts';

/** A yes, with those of the rule's user groups that its giver was a member of at that moment. */
export interface Approval {
  readonly by: UserId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly groups: readonly UserGroupId[];
  /** What they had to say with it. */
  readonly note?: string;
}

/** How far a rule is met: places filled, out of places in all. */
export interface Progress {
  readonly filled: number;
  readonly required: number;
  readonly complete: boolean;
}

/** Every user group whose members a rule gives something to do. */
export function groupsOf({ steps, escalation, emergency }: Rule): readonly UserGroupId[] {
  const people = [...steps, ...[escalation, emergency].filter((each) => each !== undefined)];
  return [...new Set(people.flatMap(({ groups }) => groups))];
}

/** Whether a person stands in any step of the rule, the requester's own case aside. */
export function mayApprove(rule: Rule, person: UserId, groups: readonly UserGroupId[]): boolean {
  return rule.steps.some((step) => isAmong(step, person, groups));
}

/** Whether a person may approve alone, in an emergency. */
export function mayActAlone({ emergency }: Rule, person: UserId, groups: readonly UserGroupId[]): boolean {
  return emergency !== undefined && isAmong(emergency, person, groups);
}

/** Those whom the escalation adds may fill any step's place from then on. */
export function escalated(rule: Rule): Rule {
  const { escalation, ...rest } = rule;
  if (escalation === undefined) return rule;
  const steps = rule.steps.map((step) => ({
    ...step,
    users: [...new Set([...step.users, ...escalation.users])],
    groups: [...new Set([...step.groups, ...escalation.groups])],
  }));
  return { ...rest, steps };
}

/**
 * How many places the approvals fill when each person fills at most one, by maximum bipartite matching
 * (augmenting paths): whoever can stand in two steps is put where they are needed.
 */
export function progressOf(rule: Pick<Rule, 'steps'>, approvals: readonly Approval[]): Progress {
  const filled = placesFilled(rule, approvals).filter((step) => step !== undefined).length;
  const required = placesOf(rule).length;
  return { filled, required, complete: filled === required };
}

/** The same for each step, in their order. */
export function progressOfSteps(rule: Pick<Rule, 'steps'>, approvals: readonly Approval[]): readonly Progress[] {
  const seats = placesFilled(rule, approvals);
  return rule.steps.map((step) => {
    const filled = seats.filter((seat) => seat === step).length;
    return { filled, required: step.required, complete: filled === step.required };
  });
}

function placesOf({ steps }: Pick<Rule, 'steps'>): readonly Step[] {
  return steps.flatMap((step) => Array.from({ length: step.required }, () => step));
}

/** The places in order, each with its step where somebody fills it. */
function placesFilled(rule: Pick<Rule, 'steps'>, approvals: readonly Approval[]): readonly (Step | undefined)[] {
  const places = placesOf(rule);
  const holderOf = new Map<number, Approval>();

  const seat = (approval: Approval, tried: Set<number>): boolean => {
    for (const [index, step] of places.entries()) {
      if (tried.has(index) || !isAmong(step, approval.by, approval.groups)) continue;
      tried.add(index);
      const holder = holderOf.get(index);
      if (holder === undefined || seat(holder, tried)) {
        holderOf.set(index, approval);
        return true;
      }
    }
    return false;
  };

  for (const approval of onePerPerson(approvals)) seat(approval, new Set());
  return places.map((step, index) => (holderOf.has(index) ? step : undefined));
}

function onePerPerson(approvals: readonly Approval[]): readonly Approval[] {
  return [...new Map(approvals.map((approval) => [approval.by, approval])).values()];
}
