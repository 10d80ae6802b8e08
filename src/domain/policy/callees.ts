/** Whom a reminder calls: the people and user groups of the steps that still have a free place. */
import type { UserId } from '../ids.ts';
import { type Approval, progressOfSteps } from './progress.ts';
import type { People, Rule } from './rule.ts';

export function callees(
  rule: Pick<Rule, 'steps' | 'selfApproval'>,
  approvals: readonly Approval[],
  requester: UserId,
): People {
  const progress = progressOfSteps(rule, approvals);
  const open = rule.steps.filter((_, index) => progress[index]?.complete !== true);
  const isFree = (user: UserId) =>
    (rule.selfApproval || user !== requester) && !approvals.some(({ by }) => by === user);
  return {
    users: [...new Set(open.flatMap(({ users }) => users))].filter(isFree),
    groups: [...new Set(open.flatMap(({ groups }) => groups))],
  };
}
