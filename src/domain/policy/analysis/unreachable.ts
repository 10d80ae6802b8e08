/** What of a policy never gets its turn, and which requests none of its rules is for. */
import type { AccountName } from '../../ids.ts';
import { matches, matchRule, type PolicySubject } from '../match.ts';
import type { Rule } from '../rule.ts';
import { subjectsOf } from './subjects.ts';

/** A rule that decides nothing. */
export interface UnreachableRule {
  readonly rule: Rule;
  /** The earlier ones that, together, take everything from it; none: no request can match it at all. */
  readonly insteadOf: readonly Rule[];
}

export function unreachableRules(
  rules: readonly Rule[],
  accounts: readonly AccountName[],
): readonly UnreachableRule[] | 'too-many' {
  const subjects = subjectsOf(rules, { accounts });
  if (subjects === 'too-many') return subjects;
  const reached = new Set(subjects.map((subject) => matchRule(rules, subject)));
  return rules.flatMap((rule) => {
    if (reached.has(rule)) return [];
    const taken = new Set(
      subjects.filter((subject) => matches(rule.match, subject)).map((subject) => matchRule(rules, subject)),
    );
    return [{ rule, insteadOf: rules.filter((earlier) => taken.has(earlier)) }];
  });
}

/** An account with requests that no rule is for: they are refused. */
export interface UncoveredAccount {
  readonly account: AccountName;
  /** The plainest of them. */
  readonly example: PolicySubject;
  /** Whether it is so for every request. */
  readonly entirely: boolean;
}

export function uncoveredAccounts(
  rules: readonly Rule[],
  accounts: readonly AccountName[],
): readonly UncoveredAccount[] | 'too-many' {
  const subjects = subjectsOf(rules, { accounts, eachAccount: true });
  if (subjects === 'too-many') return subjects;
  return accounts.flatMap((account) => {
    const own = subjects.filter((subject) => subject.account === account);
    const refused = own.filter((subject) => matchRule(rules, subject) === undefined);
    const [example] = refused;
    return example === undefined ? [] : [{ account, example, entirely: refused.length === own.length }];
  });
}
