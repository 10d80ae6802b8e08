/** Which messages an event calls for. Pure, and exhaustive: a new event does not compile without its answer here. */
import type { RequestEvent } from '../domain/events.ts';
import type { ChannelId, UserId } from '../domain/ids.ts';
import { toldDirectly } from '../domain/policy/roster.ts';
import type { Request } from '../domain/request.ts';
import type { About, Destination } from './record.ts';

export interface Channels {
  readonly approvals: ChannelId;
  readonly audit?: ChannelId;
}

export interface Announcement {
  /** Whether the card's thread tells it. */
  readonly thread: boolean;
  readonly messages: readonly { readonly about: About; readonly to: Destination }[];
}

/** From this try on, a requester is told that the check is held up. */
const PATIENCE_TRIES = 3;

/** @param request after the event. */
export function announce(request: Request, event: RequestEvent, at: number, channels: Channels): Announcement {
  const told = { at, event };
  const { requester } = request;
  const person: Destination = { kind: 'person', user: requester };
  /** While the requester is likely to be looking: where they asked. */
  const here: Destination =
    request.origin === undefined ? person : { kind: 'ephemeral', user: requester, channel: request.origin };
  const notice = (to: Destination) => ({ about: { kind: 'notice', told }, to }) as const;
  const auditLine =
    channels.audit === undefined
      ? []
      : [{ about: { kind: 'audit-line', told }, to: { kind: 'channel', channel: channels.audit } } as const];
  const alert = { about: { kind: 'alert', told }, to: { kind: 'channel', channel: channels.approvals } } as const;

  switch (event.type) {
    case 'submitted':
    case 'edited':
      return { thread: true, messages: event.ruling.kind === 'refused' ? [notice(here)] : [] };
    case 'refused': {
      // By a policy that changed while it waited: nobody is looking then, and it is an outcome like another.
      if (event.refusal.kind === 'no-rule') return { thread: true, messages: [notice(person), ...auditLine] };
      const incident = event.refusal.kind === 'dry-run-created' ? [alert, ...auditLine] : [];
      return { thread: true, messages: [notice(here), ...incident] };
    }
    case 'precheck-postponed':
      return {
        thread: false,
        messages: request.status === 'checking' && request.tries === PATIENCE_TRIES ? [notice(here)] : [],
      };
    case 'precheck-passed': {
      const rule = request.status === 'pending' ? request.rule : undefined;
      const card = { kind: 'channel', channel: rule?.channel ?? channels.approvals } as const;
      // Where nobody is asked there is nothing to wait for.
      const waiting = rule?.steps.length === 0 ? [] : [...copies(request), notice(here)];
      return { thread: true, messages: [{ about: { kind: 'card' }, to: card }, ...waiting] };
    }
    case 'roster-read':
      return { thread: false, messages: copies(request) };
    case 'reminded':
    case 'escalated':
      // Whoever is in the channel is mentioned in the thread.
      return {
        thread: true,
        messages: [...copies(request), ...outsiders(request).map((user) => notice({ kind: 'person', user }))],
      };
    case 'rule-kept':
      return { thread: event.instead !== undefined, messages: [] };
    case 'rule-tightened':
    case 'frozen':
      return { thread: true, messages: [notice(person)] };
    case 'reviewed':
      return { thread: true, messages: auditLine };
    case 'approved':
      return { thread: true, messages: event.emergency === undefined ? [] : auditLine };
    case 'card-not-findable':
    case 'card-missed':
      return { thread: false, messages: [notice(person)] };
    case 'result-channel-closed':
    case 'precheck-completed':
      return { thread: false, messages: [notice(here)] };
    case 'rejected':
    case 'expired':
    case 'attention-needed':
    case 'ghost-seen':
      return { thread: true, messages: [notice(person), ...auditLine] };
    case 'failed': {
      const incident = event.failure.kind === 'dry-run-created' ? [alert] : [];
      return { thread: true, messages: [notice(person), ...incident, ...auditLine] };
    }
    case 'cancelled':
      return { thread: true, messages: auditLine };
    case 'sent-back':
      return { thread: true, messages: [notice(person)] };
    case 'succeeded': {
      const { channel } = request.asked;
      const result: Destination = channel === undefined ? person : { kind: 'channel', channel };
      return {
        thread: true,
        // Where the result itself goes to the requester, a notice beside it would say it twice.
        messages: [
          { about: { kind: 'result' }, to: result },
          ...(channel === undefined ? [] : [notice(person)]),
          ...auditLine,
        ],
      };
    }
    case 'connection-unaccepted':
      return { thread: true, messages: event.byBot ? [] : [notice(person)] };
    case 'connected':
      return { thread: true, messages: event.awaited ? [notice(person)] : [] };
    case 'acceptance-refused':
    case 'connection-down':
    case 'connection-ended':
    case 'domain-known':
      return { thread: true, messages: [notice(person)] };
    case 'approval-given':
    case 'review-reminded':
    case 'account-halted':
    case 'create-claimed':
    case 'create-postponed':
    case 'create-unclear':
    case 'resend-cleared':
    case 'retried':
    case 'disowned':
    case 'acceptance-ordered':
    case 'connection-accepted':
    case 'connection-unwatched':
      return { thread: true, messages: [] };
    case 'recheck-postponed':
    case 'rechecked':
    case 'slot-reserved':
    case 'looked':
    case 'watched':
    case 'connection-looked':
    case 'acceptance-claimed':
    case 'acceptance-postponed':
    case 'attempt-refused':
      return { thread: false, messages: [] };
  }
}

/** Those who may still approve and are not in the card's private channel: the card comes to them. */
function outsiders(request: Request): readonly UserId[] {
  if (request.status !== 'pending' || request.roster === undefined) return [];
  const { rule, roster, requester, approvals } = request;
  return toldDirectly(rule, roster, requester, approvals);
}

function copies(request: Request): Announcement['messages'] {
  return outsiders(request).map((user) => ({ about: { kind: 'copy' }, to: { kind: 'person', user } }) as const);
}
