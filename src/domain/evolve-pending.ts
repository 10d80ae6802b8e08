/** Folds in what happens to a request while it waits for its approval. */
import type { RequestEvent } from './events.ts';
import { escalated } from './policy/progress.ts';
import { mayPass, type Roster, rosterTroubles } from './policy/roster.ts';
import type { Checking, Moment, Pending, Reminded } from './request.ts';

export type WaitingEvent = Extract<
  RequestEvent,
  { type: 'approval-given' | 'roster-read' | 'reminded' | 'escalated' | 'rule-kept' | 'rule-tightened' }
>;

const WAITING: ReadonlySet<string> = new Set<WaitingEvent['type']>([
  'approval-given',
  'roster-read',
  'reminded',
  'escalated',
  'rule-kept',
  'rule-tightened',
]);

/** Who stands behind the rule's names is read again after so long; sooner where something may be otherwise by then. */
const ROSTER_AGAIN_MS = 60 * 60_000;
const ROSTER_SOON_MS = 5 * 60_000;

export function isWaitingEvent(event: RequestEvent): event is WaitingEvent {
  return WAITING.has(event.type);
}

/** What a request starts to wait with. */
export function waitingSince(
  rule: Pending['rule'],
  { now }: Moment,
  roster?: Roster,
): Pick<Pending, 'approvals' | 'since' | 'roster' | 'rosterDueAt' | 'reminders'> {
  return {
    approvals: [],
    since: now,
    ...(roster === undefined ? {} : { roster }),
    rosterDueAt: roster === undefined ? now : rosterDueAt(rule, roster, now),
    reminders: firstReminder(rule, now),
  };
}

/** @param before checking, or pending: the policy may change under both. */
export function evolveWaiting(before: Checking | Pending, event: WaitingEvent, moment: Moment): Checking | Pending {
  const { now } = moment;
  switch (event.type) {
    case 'rule-kept':
      return { ...before, policyVersion: event.version };
    case 'rule-tightened': {
      const next = { ...before, rule: event.rule, policyVersion: event.version };
      if (next.status === 'checking') return next;
      const { escalatedAt: _escalatedAt, ...rest } = next;
      // A requester's own yes may have counted before.
      const counts = (by: string) => event.rule.selfApproval || by !== before.requester;
      const approvals = rest.approvals.filter(({ by }) => counts(by));
      return { ...rest, approvals, rosterDueAt: now, reminders: firstReminder(event.rule, now) };
    }
    case 'approval-given':
    case 'roster-read':
    case 'reminded':
    case 'escalated':
      if (before.status === 'checking') throw new Error(`event ${event.type} can't follow status checking`);
      return evolvePending(before, event, moment);
  }
}

function evolvePending(
  before: Pending,
  event: Exclude<WaitingEvent, { type: 'rule-kept' | 'rule-tightened' }>,
  { now }: Moment,
): Pending {
  switch (event.type) {
    case 'approval-given':
      return { ...before, approvals: [...before.approvals, event.approval] };
    case 'roster-read':
      return { ...before, roster: event.roster, rosterDueAt: rosterDueAt(before.rule, event.roster, now) };
    case 'reminded': {
      const { times, byHand } = before.reminders;
      const own = event.by === undefined;
      return {
        ...before,
        reminders: {
          times: own ? times + 1 : times,
          byHand: own ? byHand : byHand + 1,
          lastAt: now,
          ...(event.nextAt === undefined ? {} : { nextAt: event.nextAt }),
        },
      };
    }
    case 'escalated': {
      const { nextAt, ...reminders } = before.reminders;
      const pauseMs = before.rule.reminders?.afterMs ?? 0;
      return {
        ...before,
        rule: escalated(before.rule),
        escalatedAt: now,
        rosterDueAt: now,
        reminders: { ...reminders, ...(nextAt === undefined ? {} : { nextAt: Math.max(nextAt, now + pauseMs) }) },
      };
    }
  }
}

function firstReminder({ reminders }: Pending['rule'], now: number): Reminded {
  return { times: 0, byHand: 0, ...(reminders === undefined ? {} : { nextAt: now + reminders.afterMs }) };
}

function rosterDueAt({ steps, notify }: Pending['rule'], roster: Roster, now: number): number {
  const named = notify === undefined ? steps : [...steps, notify];
  return now + (rosterTroubles(named, roster).some(mayPass) ? ROSTER_SOON_MS : ROSTER_AGAIN_MS);
}
