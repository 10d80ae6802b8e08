/** What is to be said of a policy by itself: rules without a turn, rules that nobody can meet, requests without a rule. */
import type { AccountName } from '../domain/ids.ts';
import { type UnmetRule, unmetRules } from '../domain/policy/analysis/unmet.ts';
import { uncoveredAccounts, unreachableRules } from '../domain/policy/analysis/unreachable.ts';
import type { Rule } from '../domain/policy/rule.ts';
import { listed, quoted, subjectText } from './policy-words.ts';

export interface PolicyFinding {
  readonly id:
    | 'rule-unreachable'
    | 'rule-unmet'
    | 'review-unmet'
    | 'account-without-rule'
    | 'requests-without-rule'
    | 'undecided';
  /** Only a problem is wrong; a note says what may well be meant. */
  readonly severity: 'problem' | 'warning' | 'note';
  readonly text: string;
}

const TOO_MANY: PolicyFinding = {
  id: 'undecided',
  severity: 'warning',
  text: 'The policy has too many cases to look at all of them: fewer user groups in match.requester, or fewer patterns with several stars, would help. Whether each rule can match, and can be met, was not checked.',
};

export function policyFindings(rules: readonly Rule[], accounts: readonly AccountName[]): readonly PolicyFinding[] {
  const unreachable = unreachableRules(rules, accounts);
  const unmet = unmetRules(rules, accounts);
  const uncovered = uncoveredAccounts(rules, accounts);
  if (unreachable === 'too-many' || unmet === 'too-many' || uncovered === 'too-many') return [TOO_MANY];
  return [
    ...unreachable.map(
      ({ rule, insteadOf }): PolicyFinding => ({
        id: 'rule-unreachable',
        severity: 'problem',
        text:
          insteadOf.length === 0
            ? `Rule ${quoted(rule)} can never match: no instance id fits its patterns (they all begin with es-).`
            : `Rule ${quoted(rule)} can never match: ${listed(insteadOf.map(quoted))} above it ${insteadOf.length === 1 ? 'takes' : 'together take'} everything that it is for.`,
      }),
    ),
    ...unmet.map(unmetFinding),
    ...uncovered.map(
      ({ account, example, entirely }): PolicyFinding =>
        entirely
          ? {
              id: 'account-without-rule',
              severity: 'warning',
              text: `No rule is for account ${account}: every request for it is refused.`,
            }
          : {
              id: 'requests-without-rule',
              severity: 'note',
              text: `In account ${account} some requests are refused because no rule is for them. One is: ${subjectText(example)}.`,
            },
    ),
  ];
}

function unmetFinding({ rule, what, requesters, inEmergency }: UnmetRule): PolicyFinding {
  const whose = requesters === undefined ? '' : ` when ${listed(requesters, 'or')} asks`;
  const severity = requesters === undefined && what === 'approval' ? 'problem' : 'warning';
  if (what === 'review') {
    const text = `Rule ${quoted(rule)}: its emergency may be left without anybody to review it${whose}: whoever acts alone and whoever asked may not.`;
    return { id: 'review-unmet', severity, text };
  }
  const but = inEmergency ? ', but in an emergency' : '';
  const text = `Rule ${quoted(rule)} can be met by nobody${whose}${but}: those whose yes it takes are too few, and the requester’s own does not count.`;
  return { id: 'rule-unmet', severity, text };
}
