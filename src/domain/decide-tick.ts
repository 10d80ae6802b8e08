/** What time alone brings about. */
import type { CloudProblem } from './cloud.ts';
import { connectionTick } from './decide-connection.ts';
import { watchAfter } from './decide-outcome.ts';
import { byItself } from './decide-ruling.ts';
import { type Context, LADDER, READINESS_VALID_MS } from './decision.ts';
import type { RequestEvent } from './events.ts';
import { openFreeze } from './policy/freeze.ts';
import type { Approved, EmergencyApproval, Pending, Reminded, Request } from './request.ts';

const DAY_MS = 24 * 3_600_000;
/** A review that is owed for long is asked for this often. */
const REVIEW_CAP_MS = 7 * DAY_MS;

const NO_ANSWER: CloudProblem = { kind: 'unclear', code: 'NoAnswer' };

export function decideTick(state: Request, context: Context): readonly RequestEvent[] {
  const { now, wall } = context.moment;
  switch (state.status) {
    case 'checking':
      return now >= state.expiresAt ? [{ type: 'expired' }] : [];
    case 'pending':
      return now >= state.expiresAt ? [{ type: 'expired' }] : whileNobodyDecides(state, now);
    case 'approved': {
      const frozen = newlyFrozen(state, now);
      if (frozen !== undefined) return [frozen, ...reviewReminder(state, now)];
      if (now >= approvalEndsAt(state)) {
        // Another revision would be another token, while the last one may still bring its endpoint: only a person
        // may start afresh.
        if (state.sends?.uncertain && !state.renewToken) {
          const problem = state.setback ?? NO_ANSWER;
          return [{ type: 'failed', failure: { kind: 'gave-up', problem }, ...watchAfter(state.sends, context) }];
        }
        const { precheck: report } = state;
        const why = { kind: 'approval-too-old' } as const;
        return [{ type: 'sent-back', revision: state.revision + 1, why, report }, ...byItself(state, context)];
      }
      return [...(mayClaim(state, context) ? [claim(state, context)] : []), ...reviewReminder(state, now)];
    }
    case 'executing':
      // Whoever held the claim is gone, or would have answered long since.
      return [
        ...(wall >= state.claim.until + LADDER.marginMs
          ? [{ type: 'create-unclear', problem: NO_ANSWER, afterwards: 'resend' } as const]
          : []),
        ...reviewReminder(state, now),
      ];
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return [];
    case 'unknown':
    case 'needs-attention':
    case 'failed':
      return reviewReminder(state, now);
    case 'succeeded':
      return [...connectionTick(state, context), ...reviewReminder(state, now)];
  }
}

/** What waits for a freeze to end does not grow old meanwhile. */
export function approvalEndsAt(state: Approved): number {
  return Math.max(state.approvedAt, state.frozen?.until ?? 0) + state.rule.approvalValidForMs;
}

/** Whether the second precheck is recent enough to send on. */
export function isReady(state: Approved, now: number): boolean {
  return state.ready !== undefined && now < state.ready.at + READINESS_VALID_MS;
}

/** Whether a freeze window that is known keeps the create back. */
export function isFrozen({ frozen }: Approved, now: number): boolean {
  return frozen !== undefined && now < frozen.until;
}

/** A window that nobody was told of yet; an emergency passes all of them. */
function newlyFrozen(state: Approved, now: number): RequestEvent | undefined {
  if (state.emergency !== undefined || isFrozen(state, now)) return undefined;
  const open = openFreeze(state.rule.freezes, now);
  return open === undefined ? undefined : { type: 'frozen', ...open };
}

/** Others are brought in, and whoever may act is reminded: each at its time, and late rather than twice. */
function whileNobodyDecides({ rule, since, reminders }: Pending, now: number): readonly RequestEvent[] {
  const { escalation } = rule;
  const events: RequestEvent[] = [];
  if (escalation !== undefined && now >= since + escalation.afterMs) {
    events.push({ type: 'escalated', to: { users: escalation.users, groups: escalation.groups } });
  }
  // Whoever is brought in is told at the same moment: once is enough.
  if (events.length === 0 && reminders.nextAt !== undefined && now >= reminders.nextAt) {
    events.push({ type: 'reminded', nextAt: now + nextGapMs(reminders, rule.reminders) });
  }
  return events;
}

/** Twice as long each time. */
function nextGapMs({ times }: Reminded, reminders: Pending['rule']['reminders']): number {
  if (reminders === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.min(reminders.afterMs * 2 ** Math.min(times + 1, 30), reminders.capMs);
}

function reviewReminder(
  { emergency, rule }: { readonly emergency?: EmergencyApproval; readonly rule: Pending['rule'] },
  now: number,
): readonly RequestEvent[] {
  const review = emergency?.review;
  if (review?.state !== 'due' || now < review.nextAt) return [];
  // The first came half-way to the end of its time, the second comes at that.
  const firstMs = (rule.emergency?.reviewWithinMs ?? DAY_MS) / 2;
  const gapMs = Math.min(firstMs * 2 ** Math.min(review.reminded, 10), REVIEW_CAP_MS);
  return [{ type: 'review-reminded', nextAt: now + gapMs }];
}

function mayClaim(state: Approved, { moment: { now, wall } }: Context): boolean {
  if (isFrozen(state, now)) return false;
  return isReady(state, now) && now >= state.notBefore && state.slotAt !== undefined && wall >= state.slotAt;
}

function claim(state: Approved, { moment: { wall }, holder }: Context): RequestEvent {
  const generation = state.renewToken ? state.generation + 1 : state.generation;
  return {
    type: 'create-claimed',
    claim: { holder, since: wall, until: wall + LADDER.claimMs },
    attempt: (state.sends?.attempts ?? 0) + 1,
    generation,
    clientToken: clientToken(state, generation),
    // Kept across attempts and generations: what was there before the *first* send.
    baseline: state.sends?.baseline ?? state.ready?.endpoints ?? [],
  };
}

/** At most 64 printable ASCII characters; the same for every attempt of one revision and generation. */
function clientToken({ id, revision }: Approved, generation: number): string {
  return `vpce-${id.slice('req_'.length)}-r${revision}-g${generation}`;
}
