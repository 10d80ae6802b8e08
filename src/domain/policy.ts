/** The approval policy's decisions: which rule applies, and whose yes fills which place. */
import picomatch from 'picomatch';
import type { AccountName, InstanceId, UserGroupId, UserId } from './ids.ts';
import type { Action, Rule, Step } from './policy-types.ts';

/** What a rule is matched against. */
export interface PolicySubject {
  readonly account: AccountName;
  readonly action: Action;
  readonly instanceId: InstanceId;
}

/** The first rule that matches; `undefined` refuses the request. */
export function matchRule(rules: readonly Rule[], subject: PolicySubject): Rule | undefined {
  return rules.find(
    ({ match }) =>
      includes(match.account, subject.account) &&
      includes(match.action, subject.action) &&
      (match.instance === undefined || match.instance.some((glob) => picomatch.isMatch(subject.instanceId, glob))),
  );
}

function includes<T>(list: readonly T[] | undefined, value: T): boolean {
  return list === undefined || list.includes(value);
}

/** A yes, with those of the rule's user groups that its giver was a member of at that moment. */
export interface Approval {
  readonly by: UserId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly groups: readonly UserGroupId[];
}

/** How far a rule is met: places filled, out of places in all. */
export interface Progress {
  readonly filled: number;
  readonly required: number;
  readonly complete: boolean;
}

/** Every user group that a rule names. */
export function groupsOf(rule: Rule): readonly UserGroupId[] {
  return [...new Set(rule.steps.flatMap((step) => step.groups))];
}

/** Whether a person stands in any step of the rule, the requester's own case aside. */
export function mayApprove(rule: Rule, person: UserId, groups: readonly UserGroupId[]): boolean {
  return rule.steps.some((step) => fits(step, { by: person, groups }));
}

/**
 * How many places the approvals fill when each person fills at most one, by maximum bipartite matching
 * (augmenting paths): whoever can stand in two steps is put where they are needed.
 */
export function progressOf(rule: Rule, approvals: readonly Approval[]): Progress {
  const places = rule.steps.flatMap((step) => Array.from({ length: step.required }, () => step));
  const holderOf = new Map<number, Approval>();

  const seat = (approval: Approval, tried: Set<number>): boolean => {
    for (const [index, step] of places.entries()) {
      if (tried.has(index) || !fits(step, approval)) continue;
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
  return { filled: holderOf.size, required: places.length, complete: holderOf.size === places.length };
}

function fits(step: Step, { by, groups }: Pick<Approval, 'by' | 'groups'>): boolean {
  return step.users.includes(by) || step.groups.some((group) => groups.includes(group));
}

function onePerPerson(approvals: readonly Approval[]): readonly Approval[] {
  return [...new Map(approvals.map((approval) => [approval.by, approval])).values()];
}
