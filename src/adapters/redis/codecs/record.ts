/** A request's record as stored: JSON on the way in, checked against the schema that describes it on the way out. */
import * as z from 'zod';
import type { Outgoing, RequestRecord } from '../../../application/record.ts';
import { parseStored } from './corrupt-record.ts';
import { requestEvent } from './event.ts';
import { exactly } from './exactly.ts';
import { clickRefusal } from './refusals.ts';
import { claim, request } from './request.ts';

const told = z.object({ at: z.number(), event: requestEvent });

const about = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card') }),
  z.object({ kind: z.literal('copy') }),
  z.object({ kind: z.literal('result') }),
  z.object({ kind: z.literal('thread'), told: z.array(told) }),
  z.object({ kind: z.literal('notice'), told }),
  z.object({ kind: z.literal('audit-line'), told }),
  z.object({ kind: z.literal('alert'), told }),
  z.object({ kind: z.literal('answer'), command: z.string(), refusal: clickRefusal }),
  z.object({
    kind: z.literal('receipt'),
    command: z.enum([
      ...['edit', 'approve', 'approve-alone', 'reject', 'cancel', 'remind', 'review', 'retry'],
      ...['accept-connection', 'choose-endpoint'],
    ] as const),
    seq: z.int(),
  }),
]);

const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('channel'), channel: z.string() }),
  z.object({ kind: z.literal('card-thread') }),
  z.object({ kind: z.literal('person'), user: z.string() }),
  z.object({
    kind: z.literal('ephemeral'),
    user: z.string(),
    channel: z.exactOptional(z.string()),
    responseUrl: z.exactOptional(z.string()),
  }),
]);

const delivery = z.discriminatedUnion('state', [
  z.object({ state: z.literal('wanted'), notBefore: z.number(), failures: z.int() }),
  z.object({
    state: z.literal('claimed'),
    claim,
    failures: z.int(),
    lookAt: z.number(),
    asked: z.exactOptional(z.literal(true)),
  }),
  z.object({
    state: z.literal('sent'),
    channel: z.string(),
    ts: z.string(),
    hash: z.exactOptional(z.string()),
    shows: z.exactOptional(z.int()),
    notBefore: z.number(),
    failures: z.int(),
    sureAt: z.number(),
    doubtedAt: z.exactOptional(z.number()),
    permalink: z.exactOptional(z.string()),
    strayUntil: z.exactOptional(z.number()),
    updating: z.exactOptional(z.object({ holder: z.string(), until: z.number() })),
  }),
]);

const outgoing = exactly<Outgoing>()(
  z.object({
    key: z.string(),
    about,
    to: destination,
    plain: z.exactOptional(z.object({ until: z.number(), times: z.int() })),
    delivery,
  }),
);

// Fields that a newer version added are passed over; a status, an event or a schema number that is not known here
// is corrupt, because nobody could go on from it.
const record = exactly<RequestRecord>()(
  z.object({
    schema: z.literal(1),
    request,
    outgoing: z.array(outgoing),
    untold: z.array(told),
    messages: z.int(),
    audit: z.object({ count: z.int(), head: z.string(), at: z.exactOptional(z.number()) }),
    locales: z.exactOptional(z.record(z.string(), z.enum(['en', 'zh-CN']))),
  }),
);

export function encodeRecord(value: RequestRecord): string {
  return JSON.stringify(value);
}

/** @throws {CorruptRecord} */
export function decodeRecord(text: string): RequestRecord {
  return parseStored('record', record, text).read;
}
