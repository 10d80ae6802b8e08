/** Proves that a claim never comes true under a policy, or finds a request and the clicks that make it true. */
import type { AccountName, UserId } from '../../ids.ts';
import { matchesGlob } from '../glob.ts';
import { groupsOfRequesters, isAmong, matchRule, type PolicySubject } from '../match.ts';
import { groupsOf } from '../progress.ts';
import type { People, Rule } from '../rule.ts';
import type { Claim } from './claim.ts';
import { subjectsOf } from './subjects.ts';
import { type Crowd, type Way, waysTo } from './ways.ts';

export type Verdict =
  /** @property subjects how many kinds of requests were looked at. */
  | { readonly kind: 'proved'; readonly subjects: number }
  | { readonly kind: 'refuted'; readonly subject: PolicySubject; readonly rule: Rule; readonly way: Way }
  /** No request is what the claim speaks of, as of a pattern that no id has: it says nothing. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-many' };

/**
 * Exact: every kind of request is looked at, with everybody in any user groups. Group memberships are taken to stay as
 * they are from the asking to the last click, and the policy to stay the same.
 */
export function provedNever(rules: readonly Rule[], accounts: readonly AccountName[], claim: Claim): Verdict {
  const groups = claim.askedBy?.groups ?? [];
  const subjects = subjectsOf(rules, {
    accounts: claim.account === undefined ? accounts : accounts.filter((account) => account === claim.account),
    actions: [claim.action],
    ...(claim.lifetime === undefined ? {} : { lifetimes: [claim.lifetime] }),
    patterns: claim.instance === undefined ? [] : [claim.instance],
    people: peopleIn(rules, claim),
    groups,
  });
  if (subjects === 'too-many') return { kind: 'too-many' };
  const meant = subjects.filter((subject) => isMeant(claim, subject));
  if (meant.length === 0) return { kind: 'empty' };
  const known = [...groupsOfRequesters(rules), ...groups];
  const seen = new Set<string>();
  for (const subject of meant) {
    const rule = matchRule(rules, subject);
    if (rule === undefined) continue;
    const counting = [...groupsOf(rule), ...claim.without.groups];
    // The same people could click on it as on one before.
    const key = `${rule.name}\n${subject.requester} ${subject.groups.filter((group) => counting.includes(group))}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const [way] = waysTo(rule, subject, known, crowdOf(claim, subject.requester));
    if (way !== undefined) return { kind: 'refuted', subject, rule, way };
  }
  return { kind: 'proved', subjects: meant.length };
}

function isMeant({ instance, askedBy }: Claim, { instanceId, requester, groups }: PolicySubject): boolean {
  return (
    (instance === undefined || matchesGlob(instance, instanceId)) &&
    (askedBy === undefined || isAmong(askedBy, requester, groups))
  );
}

function crowdOf({ who, without }: Claim, requester: UserId): Crowd {
  switch (who.kind) {
    case 'requester':
      return { only: requester, most: 1, without };
    case 'user':
      return { only: who.user, most: 1, without };
    case 'fewer-than':
      return { most: who.count - 1, without };
    case 'anyone':
      return { most: Number.POSITIVE_INFINITY, without };
  }
}

/** Every list in which it matters whether the requester stands. */
function peopleIn(rules: readonly Rule[], { who, askedBy, without }: Claim): readonly People[] {
  const inRules = rules.flatMap(({ steps, escalation, emergency }) => [...steps, escalation, emergency]);
  const one = who.kind === 'user' ? { users: [who.user], groups: [] } : undefined;
  return [...inRules, askedBy, without, one].filter((people) => people !== undefined);
}
