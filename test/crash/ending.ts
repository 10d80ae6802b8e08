/** How a play ended: what is stored, what people can read, what the cloud has; and what about it is wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { buttonsOf } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { announce } from '../../src/application/announce.ts';
import { firstBreak } from '../../src/application/audit-chain.ts';
import type { Requests } from '../../src/application/ports/requests.ts';
import type { AuditEntry, RequestRecord } from '../../src/application/record.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { eventually } from '../support/eventually.ts';
import type { Story } from '../support/story.ts';
import { PATIENCE_MS } from './cast.ts';
import type { Journey } from './journeys.ts';

const LOOK_AGAIN_MS = 400;

type Counts = Readonly<Record<string, number>>;

/** What a crash must not change. */
export interface Ending {
  /** Transitions, by type. */
  readonly events: Counts;
  /** Lasting messages, by where and what. */
  readonly messages: Counts;
  /** Ephemeral ones, by their words. */
  readonly whispers: Counts;
}

/**
 * How often these come about depends on what has to be looked at or sent again, or on who had the answer. All others
 * are transitions that each play has as often as the undisturbed one.
 */
export const MAY_REPEAT: ReadonlySet<RequestEvent['type']> = new Set<RequestEvent['type']>([
  'precheck-postponed',
  'recheck-postponed',
  'rechecked',
  'slot-reserved',
  'create-claimed',
  'create-unclear',
  'create-postponed',
  'resend-cleared',
  'looked',
  'watched',
  'connection-looked',
  'acceptance-claimed',
  'acceptance-postponed',
  'connection-accepted',
  'attempt-refused',
]);

/**
 * Waits until nobody waits for anything any more.
 * @param unclear how often a process that lives heard no answer to an ephemeral message.
 * @returns how it ended, and what is wrong with that.
 */
export async function endingOf(
  story: Story,
  journey: Journey,
  requests: Requests,
  undisturbed: Ending | undefined,
  unclear: () => number,
): Promise<{ readonly ending: Ending; readonly problems: readonly string[] }> {
  const id = story.id as RequestId;
  let unsettled = 'nothing is stored';
  const record = await eventually(
    `the end of ${id}`,
    async () => {
      // Nothing mends that: the other one keeps its buttons.
      const twice = thereTwice(story);
      if (twice.length > 0) throw new Error(`there twice: ${twice.join()}`);
      const loaded = await requests.load(id);
      if (loaded.record === undefined) return undefined;
      const open = openEnds(loaded.record, loaded.inbox.length, journey, story.cards().flatMap(buttonsOf));
      unsettled = open.join('; ');
      if (open.length === 0) return loaded.record;
      // Many plays look at once.
      await sleep(LOOK_AGAIN_MS);
      return undefined;
    },
    PATIENCE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${unsettled}`);
  });
  const history = await requests.history(id);
  const lasting = story.messages().filter(({ ephemeralTo }) => ephemeralTo === undefined);
  const whispered = story.messages().filter(({ ephemeralTo }) => ephemeralTo !== undefined);
  const ending = {
    events: counts(history.map(({ event }) => event.type)),
    messages: counts(
      lasting.filter(isOwnMessage).map(({ channel, metadata }) => `${place(channel)} ${kind(metadata)}`),
    ),
    whispers: counts(whispered.map(({ metadata }) => kind(metadata))),
  };
  const twice = thereTwice(story);
  const problems = [
    ...(twice.length === 0 ? [] : [`there twice: ${twice.join()}`]),
    ...wrongBySelf(story, journey, record, history),
    ...saidTooOften(whispered.map(keyOf), 2 + unclear()),
    ...(undisturbed === undefined ? [] : wrongBeside(ending, undisturbed, unclear())),
  ];
  return { ending, problems };
}

/** What is still to be done, said or shown. */
function openEnds(
  { request, outgoing, untold }: RequestRecord,
  waiting: number,
  journey: Journey,
  buttons: readonly string[],
): readonly string[] {
  const isUp = request.status !== 'succeeded' || request.connection.phase === 'connected';
  const unsent = outgoing.filter(({ delivery }) => delivery.state !== 'sent' || delivery.hash === undefined);
  return [
    ...(request.status === journey.status ? [] : [`it is ${request.status}`]),
    ...(isUp ? [] : ['its connection is not up']),
    ...(waiting === 0 ? [] : [`${waiting} wait in the inbox`]),
    ...(untold.length === 0 || !journey.hasCard ? [] : [`untold: ${untold.map(({ event }) => event.type).join()}`]),
    ...unsent.map(({ key, delivery }) => `${key} is ${delivery.state}`),
    ...(buttons.every((button) => button === 'ask_again') ? [] : [`the card offers ${buttons.join()}`]),
  ];
}

function wrongBySelf(
  story: Story,
  journey: Journey,
  record: RequestRecord,
  history: readonly AuditEntry[],
): readonly string[] {
  const problems: string[] = [];
  const must = (what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(should)) {
      problems.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
    }
  };
  const cards = story.cards();
  must('endpoints', story.endpoints().length, journey.endpoints);
  must('creates that took effect', story.creates().filter(({ made }) => made !== undefined).length, made(journey));
  must('cards', cards.length, journey.hasCard ? 1 : 0);
  must('results', story.results().length, journey.status === 'succeeded' ? 1 : 0);
  must('the chain', firstBreak(history) ?? 'whole', 'whole');
  if (journey.hasCard)
    must('the thread', story.told().split('\n').map(withoutDate).map(withoutCall), linesOf(record, history));
  return problems;
}

/** One crash has each message said once more at most. */
function saidTooOften(keys: readonly string[], most: number): readonly string[] {
  return Object.entries(counts(keys)).flatMap(([key, times]) =>
    times > most ? [`${key} was whispered ${times} ×`] : [],
  );
}

function keyOf({ metadata }: Pick<Message, 'metadata'>): string {
  return String(metadata?.event_payload.message);
}

/** Keys of lasting messages. */
function thereTwice(story: Story): readonly string[] {
  const keys = story.messages().flatMap((message) => (message.ephemeralTo === undefined ? [keyOf(message)] : []));
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

function made({ status }: Journey): number {
  return status === 'succeeded' ? 1 : 0;
}

/** Such as `<!date^1796031594^…|2026-11-30 09:39 UTC> · It expired`. */
function withoutDate(line: string): string {
  return line.replace(/^<!date[^>]*> · /, '');
}

/** Whoever is called to act is named only while there is something to do: how that was when it was told, nobody knows. */
function withoutCall(line: string): string {
  return line.replace(/: <@\w+>(?:, <@\w+>)*$/, '');
}

/** Each transition that a thread tells, in order, once. */
function linesOf({ request }: RequestRecord, history: readonly AuditEntry[]): readonly string[] {
  const { events } = messagesFor('en');
  return history
    .filter(({ event, now }) => announce(request, event, now, { approvals: 'C0APPROVALS' }).thread)
    .map(({ event }) => withoutCall(events.line(event, request)));
}

function wrongBeside(ending: Ending, undisturbed: Ending, unclear: number): readonly string[] {
  const events = differing(ending.events, undisturbed.events).filter(
    ([type]) => !MAY_REPEAT.has(type as RequestEvent['type']),
  );
  // Replies are gathered by time; their lines are compared one by one.
  const messages = differing(ending.messages, undisturbed.messages).filter(([what]) => !what.endsWith('thread'));
  // Slack does not tell whether an ephemeral message arrived: each that was on its way is said once more rather than not at
  // all. And a receipt is for a card that takes its time, as after a crash.
  const whispers = differing(ending.whispers, undisturbed.whispers).filter(
    ([what, is, should]) => what !== 'answer' && what !== 'receipt' && (is < should || is > 2 * should + unclear),
  );
  return [...events, ...messages, ...whispers].map(([what, is, should]) => `${what}: ${is} instead of ${should}`);
}

function differing(one: Counts, other: Counts): readonly (readonly [string, number, number])[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names]
    .map((name) => [name, one[name] ?? 0, other[name] ?? 0] as const)
    .filter(([, is, should]) => is !== should);
}

function counts(names: readonly string[]): Counts {
  const all: Record<string, number> = {};
  for (const name of names) all[name] = (all[name] ?? 0) + 1;
  return all;
}

function place(channel: string): string {
  return channel.startsWith('D') ? 'dm' : channel;
}

/** Such as `notice`: the numbers in keys depend on how replies were gathered. */
function kind(metadata: { readonly event_payload: Readonly<Record<string, unknown>> } | undefined): string {
  return String(metadata?.event_payload.message).replace(/-\d+$/, '');
}

function isOwnMessage({ metadata }: { readonly metadata?: unknown }): boolean {
  return metadata !== undefined;
}
