/** A policy read as a whole: rules that never get their turn, accounts that no rule covers, rules that nobody can meet. */
import picomatch from 'picomatch';
import type { AccountName, UserGroupId, UserId } from '../ids.ts';
import { type Progress, progressOf } from '../policy.ts';
import type { Rule, RuleMatch } from '../policy-types.ts';

/** Rules that an earlier one takes everything from, each with that one. */
export function shadowedRules(rules: readonly Rule[]): readonly { readonly rule: Rule; readonly by: Rule }[] {
  return rules.flatMap((rule, index) => {
    const by = rules.slice(0, index).find((earlier) => covers(earlier.match, rule.match));
    return by === undefined ? [] : [{ rule, by }];
  });
}

/** A criterion that is added to a match does not compile until it is known here. */
const COVERS: { readonly [K in keyof RuleMatch]-?: (earlier: RuleMatch[K], later: RuleMatch[K]) => boolean } = {
  account: allAmong,
  action: allAmong,
  instance: (earlier, later) =>
    earlier === undefined || later?.every((glob) => earlier.some((wider) => globCovers(wider, glob))) === true,
};

/** Says yes only where it is certain. */
function covers(earlier: RuleMatch, later: RuleMatch): boolean {
  return (
    COVERS.account(earlier.account, later.account) &&
    COVERS.action(earlier.action, later.action) &&
    COVERS.instance(earlier.instance, later.instance)
  );
}

function allAmong<T>(earlier: readonly T[] | undefined, later: readonly T[] | undefined): boolean {
  return earlier === undefined || later?.every((one) => earlier.includes(one)) === true;
}

/** `es-cn-*` covers `es-cn-a*` and `es-cn-abc`; of other pairs of patterns only equal ones are certain. */
function globCovers(wider: string, glob: string): boolean {
  if (wider === glob) return true;
  const literal = /^[\w.-]*/.exec(glob)?.[0] ?? '';
  if (literal === glob) return picomatch.isMatch(glob, wider);
  const prefix = /^([\w.-]*)\*$/.exec(wider)?.[1];
  // A pattern's star does not match a slash, and no id has one.
  return prefix !== undefined && literal.startsWith(prefix);
}

/** Accounts whose every request is refused, because no rule speaks of them. */
export function accountsWithoutRule(rules: readonly Rule[], accounts: readonly AccountName[]): readonly AccountName[] {
  return accounts.filter((name) => !rules.some(({ match }) => match.account?.includes(name) ?? true));
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
