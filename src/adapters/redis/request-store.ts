/** The store of requests on Redis: every change is one script. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Commit, CommitResult, Loaded, Received, Requests } from '../../application/ports/requests.ts';
import { isRequestId, type RequestId } from '../../domain/ids.ts';
import { decodeAudit, encodeAudit } from './codecs/audit-entry.ts';
import { CorruptRecord } from './codecs/corrupt-record.ts';
import { decodeEntry, encodeEntry } from './codecs/inbox-entry.ts';
import { decodeRecord, encodeRecord } from './codecs/record.ts';
import { workspaceKeys } from './keys.ts';
import { script } from './scripts.ts';

/** How many inbox entries a run takes in at once. */
const INBOX_BATCH = 50;
/** Slack redelivers within minutes; this is for a person who submits an old modal again. */
const SEEN_LIFE_S = 7 * 24 * 3600;

const receivedSchema = z.enum(['received', 'seen-before', 'no-such-request']);
const requestIdSchema = z.string().refine(isRequestId);
const committedSchema = z.union([
  z.tuple([z.literal('committed'), z.number().int()]),
  z.tuple([z.literal('stale')]),
  z.tuple([z.literal('taken'), z.number().int(), requestIdSchema]),
]);

export function createRequestStore(redis: Redis, installation: string): Requests {
  const keys = workspaceKeys(installation);
  const receive = script(redis, 'receive');
  const commit = script(redis, 'commit');
  const takeDue = script(redis, 'take-due');

  async function load(id: RequestId): Promise<Loaded> {
    const [[, fields], [, inbox]] = await both(
      redis
        .pipeline()
        .hmget(keys.record(id), 'version', 'data')
        .lrange(keys.inbox(id), 0, INBOX_BATCH - 1)
        .exec(),
    );
    const [version, data] = z.tuple([z.string().nullable(), z.string().nullable()]).parse(fields);
    if (!/^\d{1,15}$/.test(version ?? '0')) throw new CorruptRecord('request', 'version', 'not a number');
    const record = data === null ? undefined : decodeRecord(data);
    if (record !== undefined && record.request.id !== id) {
      throw new CorruptRecord('record', 'request.id', 'another request');
    }
    return {
      version: Number(version ?? 0),
      record,
      inbox: z.array(z.string()).parse(inbox).map(decodeEntry),
    };
  }

  return {
    load,

    async receive(id, entry): Promise<Received> {
      // What can't be read can't be decided: better a word now than a click that waits for ever.
      await load(id);
      const makes = entry.command.kind === 'submit' ? '1' : '0';
      const received = await receive(
        [keys.record(id), keys.inbox(id), keys.seen(id), keys.due],
        [id, entry.commandId, encodeEntry(entry), entry.at, makes, SEEN_LIFE_S],
      );
      return receivedSchema.parse(received);
    },

    async peek(id) {
      const [[, version], [, waiting]] = await both(
        redis.pipeline().hget(keys.record(id), 'version').llen(keys.inbox(id)).exec(),
      );
      return { version: Number(version ?? 0), waiting: z.number().parse(waiting) };
    },

    async commit(change: Commit): Promise<CommitResult> {
      const { id, hold, release } = change;
      const held = [...hold, ...release].map(keys.held);
      const answer = committedSchema.parse(
        await commit(
          [keys.record(id), keys.inbox(id), keys.due, keys.audit(id), ...held],
          [
            ...[id, change.commitId, change.expectedVersion],
            ...[change.record === undefined ? '' : encodeRecord(change.record), change.now, change.due ?? ''],
            ...[change.inboxTaken, hold.length, release.length],
            ...change.audit.map(encodeAudit),
          ],
        ),
      );
      switch (answer[0]) {
        case 'committed':
          return { kind: 'committed', version: answer[1] };
        case 'stale':
          return { kind: 'stale' };
        case 'taken': {
          const name = hold[answer[1]];
          if (name === undefined) throw new Error('commit.lua names a hold that was not asked for');
          return { kind: 'taken', name, by: answer[2] };
        }
      }
    },

    async holders(names) {
      if (names.length === 0) return new Map();
      const holders = await redis.mget(names.map(keys.held));
      return new Map(
        names.flatMap((name, index): [string, RequestId][] => {
          const holder = holders[index];
          return typeof holder === 'string' && isRequestId(holder) ? [[name, holder]] : [];
        }),
      );
    },

    async takeDue(now, deferMs, limit) {
      // A name that is no request's must not hold up the others.
      return z
        .array(z.string())
        .parse(await takeDue([keys.due], [now, now + deferMs, limit]))
        .filter(isRequestId);
    },

    async putOff(id, at) {
      await redis.zadd(keys.due, 'XX', at, id);
    },

    async history(id) {
      return (await redis.lrange(keys.audit(id), 0, -1)).map(decodeAudit);
    },
  };
}

type Reply = readonly [Error | null, unknown];

/** A pipeline's replies; one that failed is thrown, as its error would otherwise be a mere entry. */
async function both(replies: Promise<[Error | null, unknown][] | null>): Promise<readonly [Reply, Reply]> {
  const [first, second] = (await replies) ?? [];
  if (first === undefined || second === undefined) throw new Error('the pipeline was not executed');
  for (const [error] of [first, second]) {
    if (error?.message.startsWith('WRONGTYPE')) throw new CorruptRecord('request', '', 'another type of key');
    if (error !== null) throw error;
  }
  return [first, second];
}
