/** The store of requests on Redis: every change is one script. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { INBOX_FRONT } from '../../application/inbox.ts';
import type { Log } from '../../application/ports/log.ts';
import type { Commit, CommitResult, Loaded, Received, Requests } from '../../application/ports/requests.ts';
import { Recent } from '../../application/recent.ts';
import type { RequestRecord } from '../../application/record.ts';
import { isRequestId, type RequestId } from '../../domain/ids.ts';
import { decodeAudit, encodeAudit } from './codecs/audit-entry.ts';
import { CorruptRecord } from './codecs/corrupt-record.ts';
import { decodeEntry, encodeEntry } from './codecs/inbox-entry.ts';
import { decodeRecord, encodeRecord } from './codecs/record.ts';
import type { RedisClient } from './connection.ts';
import { type Exchange, unconfirmed } from './exchange.ts';
import { workspaceKeys } from './keys.ts';
import { script, scriptOver } from './scripts.ts';

/** Slack redelivers within minutes; this is for a person who submits an old modal again. */
const SEEN_LIFE_S = 7 * 24 * 3600;
/** A failover takes about so long; a run has the time. */
const CONFIRM_MS = 5_000;
/** Slack waits for its ack for 3 s. */
const RECEIVE_MS = 2_000;
/** So many requests are known to be readable as they are stored; of any other it is found out. */
const READABLE = 10_000;

const receivedSchema = z.enum(['received', 'seen-before', 'no-such-request', 'unread']);
const requestIdSchema = z.string().refine(isRequestId);
const committedSchema = z.union([
  z.tuple([z.literal('committed'), z.number().int()]),
  z.tuple([z.literal('stale')]),
  z.tuple([z.literal('taken'), z.number().int(), requestIdSchema]),
]);

/**
 * @param exchange how to send what must not be forgotten, and what is acted on; without one, for looking only.
 * @param log for what is left out of a list because it can't be read.
 */
export function createRequestStore(
  redis: RedisClient,
  installation: string,
  exchange: Exchange = unconfirmed(redis),
  log?: Log,
): Requests {
  const keys = workspaceKeys(installation);
  const [receiveScript, commitScript] = [scriptOver(exchange, 'receive'), scriptOver(exchange, 'commit')];
  const takeDue = script(redis, 'take-due');
  const look = unconfirmed(redis);
  const readable = new Recent<RequestId, string>(READABLE);

  /** Its version and record, and the front of its inbox. */
  async function read(id: RequestId, send: Exchange): Promise<Loaded> {
    const [fields, inbox] = await asReadable(
      send(
        [
          ['hmget', keys.record(id), 'version', 'data'],
          ['lrange', keys.inbox(id), 0, INBOX_FRONT - 1],
        ],
        CONFIRM_MS,
      ),
    );
    const [version, data] = z.tuple([z.string().nullable(), z.string().nullable()]).parse(fields);
    if (!/^\d{1,15}$/.test(version ?? '0')) throw new CorruptRecord('request', 'version', 'not a number');
    const record = data === null ? undefined : decodeRecord(data);
    if (record !== undefined && record.request.id !== id) {
      throw new CorruptRecord('record', 'request.id', 'another request');
    }
    const entries = z.array(z.string()).parse(inbox).map(decodeEntry);
    readable.set(id, mark(version ?? 0, data ?? ''));
    return { version: Number(version ?? 0), record, inbox: entries };
  }

  return {
    load: (id) => read(id, exchange),

    async receive(id, entry): Promise<Received> {
      const until = performance.now() + RECEIVE_MS;
      const makes = entry.command.kind === 'submit';
      const store = async (known: string) => {
        const received = await asReadable(
          receiveScript(
            [keys.record(id), keys.inbox(id), keys.seen(id), keys.due],
            [id, entry.commandId, encodeEntry(entry), entry.at, makes ? '1' : '0', SEEN_LIFE_S, known],
            until - performance.now(),
          ),
        );
        return receivedSchema.parse(received);
      };
      // What can't be read can't be decided: better a word now than a click that waits for ever.
      const known = readable.get(id) ?? (makes ? mark(0, '') : undefined);
      const received = known === undefined ? 'unread' : await store(known);
      if (received !== 'unread') return received;
      await read(id, look);
      if (performance.now() > until) throw new Error('Redis answers too slowly for an ack');
      const stored = await store('');
      if (stored === 'unread') throw new Error('receive.lua refuses what it was told to take');
      return stored;
    },

    async peek(id) {
      const [version, waiting] = await asReadable(
        look(
          [
            ['hget', keys.record(id), 'version'],
            ['llen', keys.inbox(id)],
          ],
          CONFIRM_MS,
        ),
      );
      return { version: Number(version ?? 0), waiting: z.number().parse(waiting) };
    },

    async commit(change: Commit): Promise<CommitResult> {
      const { id, hold, release } = change;
      const record = change.record === undefined ? '' : encodeRecord(change.record);
      const { add, remove } = change.index ?? { add: [], remove: [] };
      const names = [
        ...[...hold, ...release].map(keys.held),
        ...[...add.map(({ name }) => name), ...remove].map(keys.index),
      ];
      const committed = await commitScript(
        [keys.record(id), keys.inbox(id), keys.due, keys.audit(id), ...names],
        [
          ...[id, change.commitId, change.expectedVersion],
          ...[record, change.now, change.due ?? ''],
          ...[change.inboxTaken, hold.length, release.length, add.length, remove.length],
          ...add.flatMap(({ score, keep = 0 }) => [score, keep]),
          ...change.audit.map(encodeAudit),
        ],
        CONFIRM_MS,
      );
      const answer = committedSchema.parse(committed);
      switch (answer[0]) {
        case 'committed':
          if (record !== '') readable.set(id, mark(answer[1], record));
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

    async list(index, { newest, limit }) {
      if (limit <= 0) return [];
      const key = keys.index(index);
      const ids = await (newest ? redis.zrevrange(key, 0, limit - 1) : redis.zrange(key, 0, String(limit - 1)));
      return ids.filter(isRequestId);
    },

    async read(ids) {
      if (ids.length === 0) return [];
      const replies = await redis.pipeline(ids.map((id) => ['hget', keys.record(id), 'data'])).exec();
      return (replies ?? []).flatMap(([error, data], index): RequestRecord[] => {
        const id = ids[index];
        // Redis being away must not look like an empty list.
        if (error !== null && !isOtherType(error)) throw error;
        try {
          if (typeof data !== 'string') throw new CorruptRecord('request', '', 'no record');
          const record = decodeRecord(data);
          if (record.request.id !== id) throw new CorruptRecord('record', 'request.id', 'another request');
          return [record];
        } catch (problem) {
          log?.warn({ request: id, error: problem }, 'a request is left out of a list, since it can’t be read');
          return [];
        }
      });
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

/** Tells what is stored from what was read, also where somebody changed it by hand. */
function mark(version: string | number, data: string): string {
  return `${version}:${createHash('sha1').update(data).digest('hex')}`;
}

async function asReadable<T>(replies: Promise<T>): Promise<T> {
  try {
    return await replies;
  } catch (error) {
    if (isOtherType(error)) throw new CorruptRecord('request', '', 'another type of key');
    throw error;
  }
}

function isOtherType(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('WRONGTYPE');
}
