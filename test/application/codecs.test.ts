/** What is stored comes back as it was, in every status and with every event; what is broken is named by its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAudit, encodeAudit } from '../../src/adapters/redis/codecs/audit-entry.ts';
import { CorruptRecord } from '../../src/adapters/redis/codecs/corrupt-record.ts';
import { decodeEntry, encodeEntry } from '../../src/adapters/redis/codecs/inbox-entry.ts';
import { decodeRecord, encodeRecord } from '../../src/adapters/redis/codecs/record.ts';
import { CHAIN_START, firstBreak, link } from '../../src/application/audit-chain.ts';
import type { RequestRecord } from '../../src/application/record.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { Request } from '../../src/domain/request.ts';
import { EVENTS } from '../support/arbitrary/events.ts';
import { auditOf, entries, recordOf } from '../support/arbitrary/records.ts';
import { REQUESTS } from '../support/arbitrary/requests.ts';
import { ATTENTION, ID, precheckPassed } from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const RUNS = { numRuns: 25 };

const record: RequestRecord = {
  schema: 1,
  request: given(...ATTENTION).request,
  outgoing: Array.from({ length: 6 }, (_, index) => ({
    key: `notice-${index}`,
    about: { kind: 'notice', told: { at: 1, event: precheckPassed } },
    to: { kind: 'person', user: 'U1' },
    delivery: { state: 'wanted', notBefore: 1, failures: 0 },
  })),
  untold: ATTENTION.map((event) => ({ at: 1, event })),
  messages: 7,
  audit: { count: 9, head: 'f'.repeat(64) },
};

/** The record's JSON with something else at one place. */
function broken(change: (stored: ReturnType<typeof JSON.parse>) => void): string {
  const stored = JSON.parse(encodeRecord(record));
  change(stored);
  return JSON.stringify(stored);
}

function corruption(decode: () => unknown): CorruptRecord {
  try {
    decode();
  } catch (error) {
    if (error instanceof CorruptRecord) return error;
    throw error;
  }
  throw new Error('it was taken for whole');
}

describe('a record', () => {
  it.each(Object.entries<fc.Arbitrary<Request>>(REQUESTS))('that is %s comes back as it was', (_status, request) => {
    fc.assert(
      fc.property(recordOf(request), (stored) => {
        const back = decodeRecord(encodeRecord(stored));
        expect(back).toEqual(stored);
        expect(Object.keys(back.request).sort()).toEqual(Object.keys(stored.request).sort());
      }),
      RUNS,
    );
  });

  it('may have fields that a newer version added', () => {
    const text = broken((stored) => {
      stored.newer = 1;
      stored.request.newer = { any: 'thing' };
      stored.request.asked.operation.newer = true;
      stored.untold[0].event.newer = [];
    });
    expect(decodeRecord(text)).toEqual(record);
  });

  it.each<[path: string, change: (stored: ReturnType<typeof JSON.parse>) => void]>([
    ['schema', (stored) => (stored.schema = 2)],
    ['request.status', (stored) => (stored.request.status = 'secret-status')],
    ['request.asked.operation.zoneId', (stored) => delete stored.request.asked.operation.zoneId],
    ['request.sends.attempts', (stored) => (stored.request.sends.attempts = 'secret')],
    ['request.candidates.1.domain', (stored) => (stored.request.candidates[1].domain = null)],
    ['untold.0.event.type', (stored) => (stored.untold[0].event.type = 'secret')],
    ['outgoing.2.delivery.state', (stored) => (stored.outgoing[2].delivery.state = 'secret')],
    ['request.id', (stored) => (stored.request.id = 'secret')],
  ])('that is broken at %s says so, and none of what stands there', (path, change) => {
    const error = corruption(() => decodeRecord(broken(change)));
    expect(error.path).toBe(path);
    expect(error.message).toContain(path);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('secret');
  });

  it.each(['', 'null', '[]', 'secret', '{"schema":1', '7'])('is not %j', (text) => {
    const error = corruption(() => decodeRecord(text));
    expect(error.path).toBe('');
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });
});

describe('an inbox entry', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
      }),
      { numRuns: 200 },
    );
  });

  it('of an unknown command is corrupt', () => {
    expect(corruption(() => decodeEntry('{"commandId":"1","command":{"kind":"x"},"at":1}')).path).toBe('command.kind');
  });
});

describe('an audit entry', () => {
  it.each(Object.entries<fc.Arbitrary<RequestEvent>>(EVENTS))('of %s comes back as it was', (_type, event) => {
    fc.assert(
      fc.property(auditOf(event), (entry) => {
        expect(decodeAudit(encodeAudit(entry))).toEqual(entry);
      }),
      RUNS,
    );
  });

  it('keeps what a newer version wrote, for the hash vouches for it', () => {
    const event: RequestEvent = Object.assign({ newer: 'field' }, precheckPassed);
    const whole = link({ request: ID, seq: 1, revision: 1, now: 1, wall: 1, run: 'r', event, previous: CHAIN_START });
    expect(firstBreak([decodeAudit(encodeAudit(whole))])).toBeUndefined();
  });

  it('without its hash is corrupt', () => {
    expect(corruption(() => decodeAudit('{"request":"req_1"}')).path).toBe('seq');
  });
});
