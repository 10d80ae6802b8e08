/** What is stored of a request: the request itself, what it still has to tell, and the head of its audit chain. */
import type { Claim } from '../domain/claim.ts';
import type { OnCard } from '../domain/commands.ts';
import type { RequestEvent } from '../domain/events.ts';
import type { ChannelId, RequestId, UserId } from '../domain/ids.ts';
import type { Locale } from '../domain/locale.ts';
import type { ClickRefusal } from '../domain/refusals.ts';
import type { Request } from '../domain/request.ts';

/** A transition and when it happened, for a sentence about it. */
export interface Told {
  /** `Moment.now`. */
  readonly at: number;
  readonly event: RequestEvent;
}

/** What a message is about. `card`, `copy` and `result` are kept up to date; the others are said once. */
export type About =
  | { readonly kind: 'card' }
  /** The card again, for somebody who may approve and is not in its channel. */
  | { readonly kind: 'copy' }
  | { readonly kind: 'result' }
  | { readonly kind: 'thread'; readonly told: readonly Told[] }
  | { readonly kind: 'notice'; readonly told: Told }
  | { readonly kind: 'audit-line'; readonly told: Told }
  | { readonly kind: 'alert'; readonly told: Told }
  | { readonly kind: 'answer'; readonly command: string; readonly refusal: ClickRefusal }
  /** For a click that counts, should the card be slow to show it. `seq`: the audit entry that the card has to show. */
  | { readonly kind: 'receipt'; readonly command: OnCard; readonly seq: number };

export type Destination =
  | { readonly kind: 'channel'; readonly channel: ChannelId }
  | { readonly kind: 'card-thread' }
  | { readonly kind: 'person'; readonly user: UserId }
  /** Seen by one person only, and not kept by Slack: it can't be looked up. */
  | { readonly kind: 'ephemeral'; readonly user: UserId; readonly channel?: ChannelId; readonly responseUrl?: string };

export type Delivery =
  | { readonly state: 'wanted'; readonly notBefore: number; readonly failures: number }
  /** Somebody may have sent it. `lookAt` is `Moment.wall` time; it is looked for, and adopted, whatever the status is by then. */
  | {
      readonly state: 'claimed';
      readonly claim: Claim;
      readonly failures: number;
      readonly lookAt: number;
      /** The bot may not look there: somebody has been asked whether it is there. */
      readonly asked?: true;
    }
  | {
      readonly state: 'sent';
      readonly channel: ChannelId;
      readonly ts: string;
      /** Of what was rendered last; absent when that is unclear. */
      readonly hash?: string;
      /** How much of the audit chain was rendered last: the `seq` of its head then. */
      readonly shows?: number;
      /** `Moment.now` before which it is not updated again. */
      readonly notBefore: number;
      readonly failures: number;
      /** `Moment.now` at which Slack last took it: then it was there. */
      readonly sureAt: number;
      /** `Moment.now` at which there was last a reason to think that somebody has deleted it. */
      readonly doubtedAt?: number;
      readonly permalink?: string;
      /** `Moment.now` until which an update of unknown outcome may still land, over whatever was rendered since. */
      readonly strayUntil?: number;
      /** Whose update is on its way, and `Moment.now` until which it may land, should its process have died. */
      readonly updating?: { readonly holder: string; readonly until: number };
    };

/** Text alone for a while, since Slack refused the blocks: without them a card has no buttons, so they are tried again. */
export interface Plain {
  /** `Moment.now` from which the blocks are tried again. */
  readonly until: number;
  /** How often they were refused in a row. */
  readonly times: number;
}

/** One message to Slack. */
export interface Outgoing {
  /** Unique within the request; also in the message's metadata, to find it again. */
  readonly key: string;
  readonly about: About;
  readonly to: Destination;
  /** Present once Slack has refused the blocks. */
  readonly plain?: Plain;
  readonly delivery: Delivery;
}

export interface RequestRecord {
  readonly schema: 1;
  readonly request: Request;
  readonly outgoing: readonly Outgoing[];
  /** Transitions that the card's thread does not have yet. */
  readonly untold: readonly Told[];
  /** How many messages were ever wanted; numbers their keys. */
  readonly messages: number;
  readonly audit: {
    readonly count: number;
    readonly head: string;
    /** `Moment.now` of the last entry that may show; absent where an older version wrote it. */
    readonly at?: number;
  };
  /** What the people who had a hand in it read, as far as Slack tells it. */
  readonly locales?: Readonly<Record<UserId, Locale>>;
}

/** One link of a request's audit chain. */
export interface AuditEntry {
  readonly request: RequestId;
  /** From 1. */
  readonly seq: number;
  readonly revision: number;
  readonly now: number;
  readonly wall: number;
  /** The command that brought it about, where a person did. */
  readonly commandId?: string;
  /** The run that decided. */
  readonly run: string;
  readonly event: RequestEvent;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 over everything above, see audit-chain. */
  readonly hash: string;
}

/** A message to this person is in this language from now on. */
export function speaking(record: RequestRecord, user: UserId, locale: Locale): RequestRecord {
  return record.locales?.[user] === locale ? record : { ...record, locales: { ...record.locales, [user]: locale } };
}

/** What the one reader of a message reads; undefined for a message to a channel, or when that is not known. */
export function localeOfReader({ to }: Outgoing, { locales }: RequestRecord): Locale | undefined {
  switch (to.kind) {
    case 'person':
    case 'ephemeral':
      return locales?.[to.user];
    case 'channel':
    case 'card-thread':
      return undefined;
  }
}

/** Whether a message shows what the request is, however that changes. */
export function isKeptUpToDate({ kind }: About): boolean {
  return kind === 'card' || kind === 'copy' || kind === 'result';
}

/** The card of a request, once it is wanted. */
export function cardOf(record: RequestRecord): Outgoing | undefined {
  return record.outgoing.find(({ about }) => about.kind === 'card');
}

/** Where people find the card, once it is known to be there. */
export function cardPlaceOf(
  record: RequestRecord,
): { readonly channel: ChannelId; readonly permalink?: string } | undefined {
  const at = cardAt(record);
  if (at === undefined) return undefined;
  return { channel: at.channel, ...(at.permalink === undefined ? {} : { permalink: at.permalink }) };
}

/** Where the card is, once it is known to be there. */
export function cardAt(record: RequestRecord): Extract<Delivery, { state: 'sent' }> | undefined {
  const delivery = cardOf(record)?.delivery;
  return delivery?.state === 'sent' ? delivery : undefined;
}
