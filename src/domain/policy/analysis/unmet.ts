/** Rules that govern requests which nobody can approve, and emergencies which nobody can review. */
import type { AccountName, UserGroupId, UserId } from '../../ids.ts';
import { groupsOfRequesters, matchRule, type PolicySubject } from '../match.ts';
import { groupsOf } from '../progress.ts';
import type { Rule } from '../rule.ts';
import { subjectsOf } from './subjects.ts';
import { type Way, waysTo } from './ways.ts';

export interface UnmetRule {
  readonly rule: Rule;
  readonly what: 'approval' | 'review';
  /** Absent: whoever asks. Otherwise those by whose requests it is so. */
  readonly requesters?: readonly UserId[];
  /** Whether an emergency would be the only way. */
  readonly inEmergency: boolean;
}

/** @returns one for each rule and what it lacks; a rule that is met only in time, by its escalation, is met. */
export function unmetRules(
  rules: readonly Rule[],
  accounts: readonly AccountName[],
): readonly UnmetRule[] | 'too-many' {
  const named = rules.flatMap(({ steps, escalation, emergency }) =>
    [...steps, escalation, emergency].filter((people) => people !== undefined),
  );
  // Each by themselves: they are told by name.
  const people = [...named, ...named.flatMap(({ users }) => users.map((user) => ({ users: [user], groups: [] })))];
  const subjects = subjectsOf(rules, { accounts, people });
  if (subjects === 'too-many') return subjects;
  const known = groupsOfRequesters(rules);
  const waysOf = memoised(known);
  const governed = new Map<Rule, Map<string, PolicySubject>>(rules.map((rule) => [rule, new Map()]));
  for (const subject of subjects) {
    const rule = matchRule(rules, subject);
    // What else is asked for makes no difference to who can approve it.
    if (rule !== undefined) governed.get(rule)?.set(`${subject.requester} ${subject.groups}`, subject);
  }
  return [...governed].flatMap(([rule, own]) => {
    const asked = [...own.values()].map((subject) => ({ subject, ways: waysOf(rule, subject) }));
    const unmet = asked.filter(({ ways }) => ways.every(({ kind }) => kind === 'emergency'));
    const alone = asked.filter(({ subject }) => !canBeReviewed(rule, subject.requester));
    const found = (what: UnmetRule['what'], some: typeof asked): UnmetRule[] => {
      if (some.length === 0) return [];
      const inEmergency = what === 'approval' && some.every(({ ways }) => ways.length > 0);
      const requesters = [...new Set(some.map(({ subject }) => subject.requester))];
      return [{ rule, what, inEmergency, ...(some.length === asked.length ? {} : { requesters }) }];
    };
    return [...found('approval', unmet), ...found('review', alone)];
  });
}

/** Of a requester only that counts which the rule has to do with. */
function memoised(known: readonly UserGroupId[]): (rule: Rule, subject: PolicySubject) => readonly Way[] {
  const memo = new Map<string, readonly Way[]>();
  return (rule, subject) => {
    const groups = groupsOf(rule).filter((group) => subject.groups.includes(group));
    const key = `${rule.name}\n${subject.requester} ${groups}`;
    const ways = memo.get(key) ?? waysTo(rule, { ...subject, groups }, known);
    memo.set(key, ways);
    return ways;
  };
}

/** By an approver who neither asked for it nor acted alone, whoever acted. */
function canBeReviewed({ steps, emergency }: Rule, requester: UserId): boolean {
  if (emergency === undefined || steps.length === 0) return true;
  if (steps.some(({ groups }) => groups.length > 0)) return true;
  const reviewers = new Set(steps.flatMap(({ users }) => users).filter((user) => user !== requester));
  if (reviewers.size !== 1) return reviewers.size > 1;
  const [last] = reviewers;
  // Who is in a group is not known: the last reviewer is taken to act only where they are named.
  return last === undefined || !emergency.users.includes(last);
}
