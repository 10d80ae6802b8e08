/** Whom a message calls: the people of the steps that still have a free place, and those who owe a review. */
import type { UserId } from '../ids.ts';
import type { EmergencyApproval, Request } from '../request.ts';
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

/** The emergency that nobody has reviewed yet, if there was one. */
export function unreviewed(request: Request): EmergencyApproval | undefined {
  const emergency = 'emergency' in request ? request.emergency : undefined;
  return emergency?.review.state === 'due' ? emergency : undefined;
}

/** Nobody once it was reviewed, and never those who may not review it themselves. */
export function reviewers(request: Request): People {
  const emergency = unreviewed(request);
  if (emergency === undefined || !('rule' in request)) return { users: [], groups: [] };
  const { users, groups } = callees({ steps: request.rule.steps, selfApproval: false }, [], request.requester);
  return { users: users.filter((user) => user !== emergency.by), groups };
}
