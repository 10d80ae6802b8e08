/** Which rule a request falls under: the first that matches it. */
import type { AccountName, InstanceId, UserGroupId, UserId } from '../ids.ts';
import type { Lifetime } from '../lifetime.ts';
import { matchesGlob } from './glob.ts';
import type { Action, People, Rule, RuleMatch } from './rule.ts';

/** What a rule is matched against. */
export interface PolicySubject {
  readonly account: AccountName;
  readonly action: Action;
  readonly instanceId: InstanceId;
  readonly requester: UserId;
  /** Those of the user groups that the policy asks for, which the requester is in. */
  readonly groups: readonly UserGroupId[];
  readonly lifetime: Lifetime;
}

/** The first rule that matches; `undefined` refuses the request. */
export function matchRule(rules: readonly Rule[], subject: PolicySubject): Rule | undefined {
  return rules.find(({ match }) => matches(match, subject));
}

/** The rule, if there is one; unclear where it hangs on user groups that could not be read. */
export type Which = { readonly kind: 'found'; readonly rule: Rule | undefined } | { readonly kind: 'unclear' };

/** @param unreadable groups that the requester may be in or not. */
export function whichRule(rules: readonly Rule[], subject: PolicySubject, unreadable: readonly UserGroupId[]): Which {
  const surely = matchRule(rules, subject);
  const perhaps = matchRule(rules, { ...subject, groups: [...subject.groups, ...unreadable] });
  return surely === perhaps ? { kind: 'found', rule: surely } : { kind: 'unclear' };
}

export function matches(match: RuleMatch, subject: PolicySubject): boolean {
  return (
    includes(match.account, subject.account) &&
    includes(match.action, subject.action) &&
    includes(match.lifetime, subject.lifetime) &&
    (match.instance === undefined || match.instance.some((glob) => matchesGlob(glob, subject.instanceId))) &&
    (match.requester === undefined || isAmong(match.requester, subject.requester, subject.groups))
  );
}

/** @param groups those that the person is in. */
export function isAmong(people: People, person: UserId, groups: readonly UserGroupId[]): boolean {
  return people.users.includes(person) || people.groups.some((group) => groups.includes(group));
}

/** Every user group that decides which rule a requester falls under. */
export function groupsOfRequesters(rules: readonly Rule[]): readonly UserGroupId[] {
  return [...new Set(rules.flatMap(({ match }) => match.requester?.groups ?? []))];
}

function includes<T>(list: readonly T[] | undefined, value: T): boolean {
  return list === undefined || list.includes(value);
}
