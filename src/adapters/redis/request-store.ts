/** The store of requests on Redis: every change is one script. */
import { z } from 'zod';
import type { Log } from '../../application/ports/log.ts';
import type { Commit, CommitResult, Loaded, Received, Requests } from '../../application/ports/requests.ts';
import type { RequestRecord } from '../../application/record.ts';
import { isRequestId, type RequestId } from '../../domain/ids.ts';
import { decodeAudit, encodeAudit } from './codecs/audit-entry.ts';
import { CorruptRecord } from './codecs/corrupt-record.ts';
import { decodeEntry, encodeEntry } from './codecs/inbox-entry.ts';
import { decodeRecord, encodeRecord } from './codecs/record.ts';
import type { RedisClient } from './connection.ts';
import { type Exchange, unconfirmed } from './exchange.ts';
import { workspaceKeys } from './keys.ts';
import { evalOf, script, textOf } from './scripts.ts';

/** How many inbox entries a run takes in at once. */
const INBOX_BATCH = 50;
/** Slack redelivers within minutes; this is for a person who submits an old modal again. */
const SEEN_LIFE_S = 7 * 24 * 3600;
/** A failover takes about so long; a run has the time. */
const CONFIRM_MS = 5_000;
/** Slack waits for its ack for 3 s. */
const RECEIVE_MS = 2_000;

const receivedSchema = z.enum(['received', 'seen-before', 'no-such-request']);
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
  const [receiveLua, commitLua] = [textOf('receive'), textOf('commit')];
  const takeDue = script(redis, 'take-due');
  const look = unconfirmed(redis);

  /** Its version and record, and the front of its inbox. */
  async function read(id: RequestId, send: Exchange): Promise<Loaded> {
    const [fields, inbox] = await readable(
      send(
        [
          ['hmget', keys.record(id), 'version', 'data'],
          ['lrange', keys.inbox(id), 0, INBOX_BATCH - 1],
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
    return {
      version: Number(version ?? 0),
      record,
      inbox: z.array(z.string()).parse(inbox).map(decodeEntry),
    };
  }

  return {
    load: (id) => read(id, exchange),

    async receive(id, entry): Promise<Received> {
      const until = performance.now() + RECEIVE_MS;
      // What can't be read can't be decided: better a word now than a click that waits for ever.
      await read(id, look);
      const makes = entry.command.kind === 'submit' ? '1' : '0';
      const command = evalOf(
        receiveLua,
        [keys.record(id), keys.inbox(id), keys.seen(id), keys.due],
        [id, entry.commandId, encodeEntry(entry), entry.at, makes, SEEN_LIFE_S],
      );
      const [received] = await exchange([command], until - performance.now());
      return receivedSchema.parse(received);
    },

    async peek(id) {
      const [version, waiting] = await readable(
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
      const { add, remove } = change.index ?? { add: [], remove: [] };
      const names = [
        ...[...hold, ...release].map(keys.held),
        ...[...add.map(({ name }) => name), ...remove].map(keys.index),
      ];
      const command = evalOf(
        commitLua,
        [keys.record(id), keys.inbox(id), keys.due, keys.audit(id), ...names],
        [
          ...[id, change.commitId, change.expectedVersion],
          ...[change.record === undefined ? '' : encodeRecord(change.record), change.now, change.due ?? ''],
          ...[change.inboxTaken, hold.length, release.length, add.length, remove.length],
          ...add.flatMap(({ score, keep = 0 }) => [score, keep]),
          ...change.audit.map(encodeAudit),
        ],
      );
      const [committed] = await exchange([command], CONFIRM_MS);
      const answer = committedSchema.parse(committed);
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

async function readable(replies: Promise<readonly unknown[]>): Promise<readonly unknown[]> {
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
