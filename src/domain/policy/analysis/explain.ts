/** Why a request falls under its rule, and what then becomes of it. */
import type { UserGroupId, UserId } from '../../ids.ts';
import { type OpenFreeze, openFreeze } from '../freeze.ts';
import { matches, type PolicySubject } from '../match.ts';
import { type Approval, mayApprove, type Progress, progressOf, progressOfSteps } from '../progress.ts';
import type { Rule, RuleMatch } from '../rule.ts';
import type { Clicker } from './ways.ts';

/** A rule before the one that decides, and what of it the request does not have. */
export interface PassedRule {
  readonly rule: string;
  readonly unlike: readonly (keyof RuleMatch)[];
  readonly match: RuleMatch;
}

/** A yes that fills no place. */
export interface IgnoredYes {
  readonly by: UserId;
  readonly why: 'requester' | 'not-an-approver' | 'no-place-left' | 'twice';
}

export interface Tally {
  readonly decision: 'refused' | 'waiting' | 'approved';
  readonly rule?: Rule;
  readonly progress: Progress;
  /** Of each step, in their order. */
  readonly steps: readonly Progress[];
  readonly ignored: readonly IgnoredYes[];
}

export interface Explanation extends Tally {
  readonly subject: PolicySubject;
  readonly passed: readonly PassedRule[];
  /** In which a create would wait at that moment. */
  readonly frozen?: OpenFreeze;
}

/** @param at milliseconds since the epoch, for the freezes. */
export function explain(
  rules: readonly Rule[],
  subject: PolicySubject,
  approvedBy: readonly Clicker[],
  at: number,
): Explanation {
  const index = rules.findIndex(({ match }) => matches(match, subject));
  const before = index < 0 ? rules : rules.slice(0, index);
  const frozen = subject.action === 'create' ? openFreeze(rules[index]?.freezes, at) : undefined;
  return {
    ...tally(rules[index], subject.requester, approvedBy),
    subject,
    passed: before.map(({ name, match }) => ({ rule: name, unlike: unlikeIn(match, subject), match })),
    ...(frozen === undefined ? {} : { frozen }),
  };
}

/** What these say yes to, one after another, is decided as the bot decides it. */
export function tally(rule: Rule | undefined, requester: UserId, approvedBy: readonly Clicker[]): Tally {
  if (rule === undefined) {
    const progress = { filled: 0, required: 0, complete: false };
    return { decision: 'refused', progress, steps: [], ignored: [] };
  }
  const ignored: IgnoredYes[] = [];
  let approvals: readonly Approval[] = [];
  for (const { user: by, groups } of approvedBy) {
    const why = whyNot(rule, requester, approvals, { by, at: 0, groups });
    if (why === undefined) approvals = [...approvals, { by, at: 0, groups }];
    else ignored.push({ by, why });
  }
  const progress = progressOf(rule, approvals);
  return {
    decision: progress.complete ? 'approved' : 'waiting',
    ...{ rule, progress, steps: progressOfSteps(rule, approvals), ignored },
  };
}

function whyNot(
  rule: Rule,
  requester: UserId,
  approvals: readonly Approval[],
  approval: Approval,
): IgnoredYes['why'] | undefined {
  const { by, groups } = approval;
  if (by === requester && !rule.selfApproval) return 'requester';
  if (approvals.some((each) => each.by === by)) return 'twice';
  if (!mayApprove(rule, by, groups)) return 'not-an-approver';
  const before = progressOf(rule, approvals).filled;
  return progressOf(rule, [...approvals, approval]).filled === before ? 'no-place-left' : undefined;
}

const CRITERIA: { readonly [K in keyof RuleMatch]-?: true } = {
  account: true,
  action: true,
  instance: true,
  requester: true,
  lifetime: true,
};

/** Each criterion by itself, so that it is known here once it is known there. */
function unlikeIn(match: RuleMatch, subject: PolicySubject): readonly (keyof RuleMatch)[] {
  return (Object.keys(CRITERIA) as (keyof RuleMatch)[]).filter((criterion) => {
    const wanted = match[criterion];
    return wanted !== undefined && !matches({ [criterion]: wanted }, subject);
  });
}

/** What somebody wants the policy to say of a request. */
export interface Example {
  readonly given: {
    readonly subject: PolicySubject;
    readonly approvedBy: readonly { readonly user: UserId; readonly groups: readonly UserGroupId[] }[];
  };
  readonly expected: {
    /** Absent: none. */
    readonly rule?: string;
    readonly decision: Tally['decision'];
    /** How many more have to say yes; absent: it is not looked at. */
    readonly missing?: number;
  };
}

export interface ExampleResult {
  readonly holds: boolean;
  readonly rule?: string;
  readonly decision: Tally['decision'];
  readonly missing: number;
}

export function tryExample(rules: readonly Rule[], { given, expected }: Example): ExampleResult {
  const { subject, approvedBy } = given;
  const rule = rules.find(({ match }) => matches(match, subject));
  const { decision, progress } = tally(rule, subject.requester, approvedBy);
  const missing = progress.required - progress.filled;
  const holds =
    rule?.name === expected.rule &&
    decision === expected.decision &&
    (expected.missing === undefined || missing === expected.missing);
  return { holds, ...(rule === undefined ? {} : { rule: rule.name }), decision, missing };
}
