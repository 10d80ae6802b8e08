/** The ways in which a request can come to be approved, and by whose yes. */
import type { UserGroupId, UserId } from '../../ids.ts';
import type { PolicySubject } from '../match.ts';
import { type Approval, escalated, groupsOf, mayActAlone, progressOf } from '../progress.ts';
import type { People, Rule } from '../rule.ts';
import { SOMEBODY } from './subjects.ts';

export interface Clicker {
  readonly user: UserId;
  readonly groups: readonly UserGroupId[];
}

export interface Way {
  readonly kind: 'auto-approval' | 'steps' | 'escalation' | 'emergency';
  /** With none but the groups that it takes. */
  readonly clicks: readonly Clicker[];
}

/** Whose yes is looked at; nobody's group memberships are known, so that everybody may be in any. */
export interface Crowd {
  /** Absent: everybody. */
  readonly only?: UserId;
  /** How many of them at most. */
  readonly most: number;
  readonly without: People;
}

const EVERYBODY: Crowd = { most: Number.POSITIVE_INFINITY, without: { users: [], groups: [] } };

/** Anonymous people other than the requester. */
const another = (index: number): UserId => `${SOMEBODY}${index}`;

/**
 * Every way that is open to these people, the ordinary ones first.
 * @param known the groups of which it is said whether the requester is in them; others of them are free.
 */
export function waysTo(
  rule: Rule,
  subject: PolicySubject,
  known: readonly UserGroupId[],
  crowd: Crowd = EVERYBODY,
): readonly Way[] {
  if (rule.steps.length === 0) return [{ kind: 'auto-approval', clicks: [] }];
  const people = peopleOf(rule, subject, known, crowd);
  const voters = rule.selfApproval ? people : people.filter(({ user }) => user !== subject.requester);
  const ways: Way[] = [];
  const bySteps = fewest(rule, voters, crowd.most);
  if (bySteps !== undefined) ways.push({ kind: 'steps', clicks: bySteps });
  const byEscalation = rule.escalation && fewest(escalated(rule), voters, crowd.most);
  if (byEscalation !== undefined) ways.push({ kind: 'escalation', clicks: byEscalation });
  const alone = crowd.most >= 1 ? people.find(({ user, groups }) => mayActAlone(rule, user, groups)) : undefined;
  if (alone !== undefined) {
    const clicks = withFewestGroups(
      [alone],
      ([each]) => each !== undefined && mayActAlone(rule, each.user, each.groups),
    );
    ways.push({ kind: 'emergency', clicks });
  }
  return ways;
}

/** Those of the crowd who could have a say: by name, and as many more as there are places. */
function peopleOf(
  rule: Rule,
  { requester, groups: inGroups }: PolicySubject,
  known: readonly UserGroupId[],
  { only, without }: Crowd,
): readonly Clicker[] {
  const free = groupsOf(rule).filter((group) => !without.groups.includes(group));
  const asker = {
    user: requester,
    groups: [...new Set([...inGroups, ...free.filter((each) => !known.includes(each))])],
  };
  const mayAsker = !inGroups.some((group) => without.groups.includes(group));
  const named = [...rule.steps, rule.escalation, rule.emergency].flatMap((people) => people?.users ?? []);
  const places = rule.steps.reduce((sum, { required }) => sum + required, 0);
  const others = [...new Set([...named, ...Array.from({ length: places }, (_, index) => another(index + 1))])];
  if (only !== undefined && only !== requester && !others.includes(only)) others.push(only);
  const everybody = [
    // Last, so that somebody else is shown where it takes no requester.
    ...others.filter((user) => user !== requester).map((user) => ({ user, groups: free })),
    ...(mayAsker ? [asker] : []),
  ];
  return everybody.filter(({ user }) => (only === undefined || user === only) && !without.users.includes(user));
}

/** As few of them as meet the rule; one too many is one who would be told that no place is left. */
function fewest(rule: Pick<Rule, 'steps'>, people: readonly Clicker[], most: number): readonly Clicker[] | undefined {
  const { required } = progressOf(rule, []);
  if (required > most || !isMet(rule, people)) return undefined;
  let chosen = people;
  for (const person of people.toReversed()) {
    const others = chosen.filter((each) => each !== person);
    if (chosen.length > required && isMet(rule, others)) chosen = others;
  }
  return withFewestGroups(chosen, (clicks) => isMet(rule, clicks));
}

function withFewestGroups(
  clicks: readonly Clicker[],
  isEnough: (clicks: readonly Clicker[]) => boolean,
): readonly Clicker[] {
  let chosen = clicks;
  for (const [index, { groups }] of clicks.entries()) {
    for (const group of groups.toReversed()) {
      const fewer = chosen.map((each, at) =>
        at === index ? { ...each, groups: each.groups.filter((other) => other !== group) } : each,
      );
      if (isEnough(fewer)) chosen = fewer;
    }
  }
  return chosen;
}

function isMet(rule: Pick<Rule, 'steps'>, people: readonly Clicker[]): boolean {
  const approvals = people.map(({ user, groups }): Approval => ({ by: user, at: 0, groups }));
  return progressOf(rule, approvals).complete;
}
