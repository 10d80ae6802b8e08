/** An entry of a request's audit chain as stored. */
import * as z from 'zod';
import type { AuditEntry } from '../../../application/record.ts';
import { parseStored } from './corrupt-record.ts';
import { requestEvent } from './event.ts';
import { exactly } from './exactly.ts';
import { requestId } from './refusals.ts';

const entry = exactly<AuditEntry>()(
  z.object({
    request: requestId,
    seq: z.int(),
    revision: z.int(),
    now: z.number(),
    wall: z.number(),
    commandId: z.exactOptional(z.string()),
    run: z.string(),
    event: requestEvent,
    previous: z.string(),
    hash: z.string(),
  }),
);

export function encodeAudit(value: AuditEntry): string {
  return JSON.stringify(value);
}

/**
 * What stands there, not a copy of the fields that are known here: the hash vouches for all of it, a newer
 * version's fields included.
 * @throws {CorruptRecord}
 */
export function decodeAudit(text: string): AuditEntry {
  return parseStored('audit entry', entry, text).stored as AuditEntry;
}
