/** Folds in a yes that was given alone, and the review that is owed for it. */
import type { RequestEvent } from './events.ts';
import type { ApprovedOnce } from './evolve-parts.ts';
import type { Approved, EmergencyApproval, Moment, Pending } from './request.ts';

/** Whose yes it was; one that was given alone comes with the review that is owed for it. */
export function givenBy(
  { approvals, rule }: Pick<Pending, 'approvals' | 'rule'>,
  { emergency }: Extract<RequestEvent, { type: 'approved' }>,
  { now }: Moment,
): Pick<Approved, 'approvals' | 'emergency'> {
  if (emergency === undefined) return { approvals };
  const { by, reason } = emergency;
  const until = now + (rule.emergency?.reviewWithinMs ?? 0);
  return {
    approvals: [...approvals.filter((each) => each.by !== by), { by, at: now, groups: [] }],
    emergency: { by, reason, at: now, review: { state: 'due', until, reminded: 0, nextAt: now + (until - now) / 2 } },
  };
}

export function reviewed<S extends ApprovedOnce>(
  before: S,
  event: Extract<RequestEvent, { type: 'review-reminded' | 'reviewed' }>,
  { now }: Moment,
): S {
  const { emergency } = before;
  if (emergency?.review.state !== 'due') throw new Error(`event ${event.type} without a review that is due`);
  const review = (): EmergencyApproval['review'] => {
    if (event.type === 'review-reminded') {
      const { until, reminded } = emergency.review as Extract<EmergencyApproval['review'], { state: 'due' }>;
      return { state: 'due', until, reminded: reminded + 1, nextAt: event.nextAt };
    }
    const { by, verdict, note } = event;
    return { state: 'done', by, at: now, verdict, ...(note === undefined ? {} : { note }) };
  };
  return { ...before, emergency: { ...emergency, review: review() } };
}
