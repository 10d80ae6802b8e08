/** A record being changed within one round: events folded in, with the messages and audit entries they call for. */
import type { Command } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { Context } from '../domain/decision.ts';
import type { RequestEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { holdings } from '../domain/holdings.ts';
import type { Request } from '../domain/request.ts';
import { announce, type Channels } from './announce.ts';
import { CHAIN_START, link } from './audit-chain.ts';
import { wantCardAnew } from './delivery.ts';
import type { InboxEntry } from './inbox.ts';
import type { About, AuditEntry, Destination, Outgoing, RequestRecord } from './record.ts';
import { doubtCard } from './updates.ts';

/** A click is to have its answer within 3 s; this long the card has to be it. */
const RECEIPT_AFTER_MS = 2_000;
/** Also after a decision that came late, the card goes first. */
const RECEIPT_GAP_MS = 500;

export interface Draft {
  /** Absent until a submit makes it. */
  record: RequestRecord | undefined;
  readonly audit: AuditEntry[];
  changed: boolean;
}

export function openDraft(record: RequestRecord | undefined): Draft {
  return { record, audit: [], changed: false };
}

/** Decides a person's command; a refusal becomes an answer to them and an audit entry. */
export function applyEntry(draft: Draft, entry: InboxEntry, context: Context, channels: Channels): void {
  const decision = decide(draft.record?.request, entry.command, context);
  const { by, kind } = entry.command;
  const to: Destination = {
    kind: 'ephemeral',
    user: by,
    ...(entry.channel === undefined ? {} : { channel: entry.channel }),
    ...(entry.responseUrl === undefined ? {} : { responseUrl: entry.responseUrl }),
  };
  const { now } = context.moment;
  if (decision.kind === 'accepted') {
    for (const event of decision.events) applyEvent(draft, event, context, channels, entry.commandId);
    if (draft.record === undefined || kind === 'submit' || kind === 'repost-card') return;
    const receipt: About = { kind: 'receipt', command: kind, seq: draft.record.audit.count };
    want(draft, receipt, to, Math.max(entry.at + RECEIPT_AFTER_MS, now + RECEIPT_GAP_MS));
    return;
  }
  // The store takes only a submit for a request without a record, and a submit is never refused that way.
  if (draft.record === undefined) return;
  applyEvent(
    draft,
    { type: 'attempt-refused', by, what: kind, refusal: decision.refusal },
    context,
    channels,
    entry.commandId,
  );
  draft.record = doubtCard(draft.record, now);
  want(draft, { kind: 'answer', command: kind, refusal: decision.refusal }, to, now);
}

/** Decides an outcome, or time itself. */
export function applyCommand(draft: Draft, command: Command, context: Context, channels: Channels): void {
  const decision = decide(draft.record?.request, command, context);
  if (decision.kind !== 'accepted') return;
  for (const event of decision.events) applyEvent(draft, event, context, channels);
}

function applyEvent(draft: Draft, event: RequestEvent, context: Context, channels: Channels, commandId?: string): void {
  const { moment, holder } = context;
  const request: Request = evolve(draft.record?.request, event, moment);
  const before: RequestRecord['audit'] = draft.record?.audit ?? { count: 0, head: CHAIN_START };
  const entry = link({
    request: request.id,
    seq: before.count + 1,
    revision: request.revision,
    now: moment.now,
    wall: moment.wall,
    ...(commandId === undefined ? {} : { commandId }),
    run: holder,
    event,
    previous: before.head,
  });
  draft.audit.push(entry);
  // What is refused changes nothing that is shown.
  const at = event.type === 'attempt-refused' ? before.at : moment.now;
  draft.record = {
    ...(draft.record ?? { schema: 1, outgoing: [], untold: [], messages: 0 }),
    request,
    audit: { count: entry.seq, head: entry.hash, ...(at === undefined ? {} : { at }) },
  };
  draft.changed = true;

  if (event.type === 'card-missed') draft.record = wantCardAnew(draft.record, moment.now);
  const { thread, messages } = announce(request, event, moment.now, channels);
  if (thread) {
    draft.record = { ...draft.record, untold: [...draft.record.untold, { at: moment.now, event }] };
  }
  for (const { about, to } of messages) {
    // There is one card, and one copy for each, whatever becomes of the request.
    const key = lastingKey(about, to);
    if (about.kind !== 'result' && key !== undefined && draft.record.outgoing.some((each) => each.key === key))
      continue;
    want(draft, about, to, moment.now);
  }
}

function want(draft: Draft, about: About, to: Destination, notBefore: number): void {
  if (draft.record === undefined) return;
  const messages = draft.record.messages + 1;
  const outgoing: Outgoing = {
    key: lastingKey(about, to) ?? `${about.kind}-${messages}`,
    about,
    to,
    delivery: { state: 'wanted', notBefore, failures: 0 },
  };
  draft.record = { ...draft.record, messages, outgoing: [...draft.record.outgoing, outgoing] };
  draft.changed = true;
}

/** Of a message of which there is one, kept up to date. */
function lastingKey({ kind }: About, to: Destination): string | undefined {
  if (kind === 'copy') return to.kind === 'person' ? `copy-${to.user}` : undefined;
  return kind === 'card' || kind === 'result' ? kind : undefined;
}

/** Names to hold and to let go, from what the request was to what it is. */
export function holdingsDiff(
  before: Request | undefined,
  after: Request | undefined,
): { readonly hold: readonly string[]; readonly release: readonly string[] } {
  const held = holdings(before);
  const wanted = holdings(after);
  return {
    hold: wanted.filter((name) => !held.includes(name)),
    release: held.filter((name) => !wanted.includes(name)),
  };
}
