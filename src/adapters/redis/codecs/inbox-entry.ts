/** An inbox entry as stored: a person's command that waits to be decided. */
import * as z from 'zod';
import type { InboxEntry } from '../../../application/inbox.ts';
import type { PersonCommand } from '../../../domain/commands.ts';
import { asked } from './asked.ts';
import { parseStored } from './corrupt-record.ts';
import { exactly } from './exactly.ts';
import { requestId } from './refusals.ts';
import { verdict } from './request.ts';

const click = { by: z.string(), revision: z.int() };

const command = exactly<PersonCommand>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('submit'),
      id: requestId,
      by: z.string(),
      asked,
      origin: z.exactOptional(z.string()),
    }),
    z.object({ kind: z.literal('edit'), ...click, asked }),
    z.object({ kind: z.literal('approve'), ...click, note: z.exactOptional(z.string()) }),
    z.object({ kind: z.literal('approve-alone'), ...click, reason: z.string() }),
    z.object({ kind: z.literal('remind'), ...click }),
    z.object({ kind: z.literal('review'), ...click, verdict, note: z.exactOptional(z.string()) }),
    z.object({ kind: z.literal('reject'), ...click, reason: z.string() }),
    z.object({ kind: z.literal('cancel'), ...click }),
    z.object({ kind: z.literal('retry'), ...click }),
    z.object({ kind: z.literal('accept-connection'), ...click }),
    z.object({ kind: z.literal('repost-card'), ...click }),
    z.object({ kind: z.literal('choose-endpoint'), ...click, endpoint: z.exactOptional(z.string()) }),
  ]),
);

const entry = exactly<InboxEntry>()(
  z.object({
    commandId: z.string(),
    command,
    at: z.number(),
    channel: z.exactOptional(z.string()),
    responseUrl: z.exactOptional(z.string()),
    card: z.exactOptional(z.object({ channel: z.string(), ts: z.string() })),
  }),
);

export function encodeEntry(value: InboxEntry): string {
  return JSON.stringify(value);
}

/** @throws {CorruptRecord} */
export function decodeEntry(text: string): InboxEntry {
  return parseStored('inbox entry', entry, text).read;
}
