/** A policy read as a whole: rules that never get their turn, accounts that no rule covers, rules that nobody can meet. */
import type { AccountName, UserGroupId, UserId } from '../ids.ts';
import { uncoveredAccounts, unreachableRules } from '../policy/analysis/unreachable.ts';
import { type Progress, progressOf } from '../policy/progress.ts';
import type { Rule } from '../policy/rule.ts';

export interface ShadowedRule {
  readonly rule: Rule;
  /** One rule, or several that do it together, named so. */
  readonly by: { readonly name: string };
}

/**
 * Rules that earlier ones take everything from. Says so only where it is certain: of a policy with too many cases
 * nothing is said, nor of a rule that no request could match whatever stood above it.
 */
export function shadowedRules(rules: readonly Rule[], accounts = accountsIn(rules)): readonly ShadowedRule[] {
  const unreachable = unreachableRules(rules, accounts);
  if (unreachable === 'too-many') return [];
  return unreachable.flatMap(({ rule, insteadOf }) =>
    insteadOf.length === 0 ? [] : [{ rule, by: { name: insteadOf.map(({ name }) => name).join(' + ') } }],
  );
}

/** Those that are named, and one that is not. */
function accountsIn(rules: readonly Rule[]): readonly AccountName[] {
  return [...new Set(rules.flatMap(({ match }) => match.account ?? [])), ''];
}

/** Accounts whose every request is refused, because no rule is for any. */
export function accountsWithoutRule(rules: readonly Rule[], accounts: readonly AccountName[]): readonly AccountName[] {
  const uncovered = uncoveredAccounts(rules, accounts);
  // Where there are too many cases: those that no rule speaks of, at least.
  return uncovered === 'too-many'
    ? accounts.filter((name) => !rules.some(({ match }) => match.account?.includes(name) ?? true))
    : uncovered.filter(({ entirely }) => entirely).map(({ account }) => account);
}

/** How far a rule is met when everybody says yes who can. @param groups the members of each user group. */
export function bestProgress(
  rule: Rule,
  people: ReadonlySet<UserId>,
  groups: ReadonlyMap<UserGroupId, readonly UserId[]>,
): Progress {
  const approvals = [...people].map((by) => ({
    by,
    at: 0,
    groups: [...groups].filter(([, members]) => members.includes(by)).map(([group]) => group),
  }));
  return progressOf(rule, approvals);
}
