/** The lists of requests on a real Redis: written with the record, and read past whatever can't be read. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/adapters/redis/connection.ts';
import { unconfirmed } from '../../../src/adapters/redis/exchange.ts';
import { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import { createRequestStore } from '../../../src/adapters/redis/request-store.ts';
import type { Indexing } from '../../../src/application/indexes.ts';
import type { Requests } from '../../../src/application/ports/requests.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';
import { commitOf, recordOf } from '../../support/stored.ts';

const [A, B, C]: readonly [RequestId, RequestId, RequestId] = [
  'req_01K0000000000000000000000A',
  'req_01K0000000000000000000000B',
  'req_01K0000000000000000000000C',
];
const KEYS = workspaceKeys('T0ACME');
const ALL = { newest: false, limit: 10 };

let redis: PrivateRedis;
let store: Requests;
let client: ReturnType<typeof connect>;
const warned: unknown[] = [];

beforeAll(async () => {
  redis = await startPrivateRedis();
  client = connect(redis.connection);
  const warn = (fields: Readonly<Record<string, unknown>>) => void warned.push(fields.request);
  store = createRequestStore(client, 'T0ACME', unconfirmed(client), { info: () => {}, warn, error: () => {} });
});
beforeEach(async () => {
  warned.length = 0;
  await redis.flush();
});
afterAll(async () => {
  client?.disconnect();
  await redis?.stop();
});

const put = (id: RequestId, index: Indexing) => store.commit(commitOf(id, { index }));
const at = (score: number, keep?: number): Indexing => ({
  add: [{ name: 'waiting', score, ...(keep === undefined ? {} : { keep }) }],
  remove: ['decided'],
});

describe('list', () => {
  it('is in order of time from either end, and not longer than asked', async () => {
    for (const [id, score] of [
      [A, 3],
      [B, 1],
      [C, 2],
    ] as const)
      await put(id, at(score));
    expect(await store.list('waiting', ALL)).toEqual([B, C, A]);
    expect(await store.list('waiting', { newest: true, limit: 2 })).toEqual([A, C]);
    expect(await store.list('waiting', { newest: true, limit: 0 })).toEqual([]);
    expect(await store.list('asked:U0ANN', ALL)).toEqual([]);
  });

  it('keeps the newest where it is told so, and lets go of a request that is to be elsewhere', async () => {
    for (const [id, score] of [
      [A, 3],
      [B, 1],
      [C, 2],
    ] as const)
      await put(id, at(score, 2));
    expect(await store.list('waiting', ALL)).toEqual([C, A]);
    const moved: Indexing = { add: [{ name: 'decided', score: 9 }], remove: ['waiting'] };
    await store.commit(commitOf(A, { expectedVersion: 1, index: moved }));
    expect(await store.list('waiting', ALL)).toEqual([C]);
    expect(await store.list('decided', ALL)).toEqual([A]);
  });

  it('is written with the record or not at all', async () => {
    await put(A, at(1));
    expect(await store.commit(commitOf(A, { index: { add: [], remove: ['waiting'] } }))).toEqual({ kind: 'stale' });
    await store.commit(commitOf(B, { hold: ['target:x'] }));
    const taken = commitOf(C, { hold: ['target:x'], index: at(1) });
    expect(await store.commit(taken)).toMatchObject({ kind: 'taken' });
    expect(await store.list('waiting', ALL)).toEqual([A]);
    // What says nothing of lists changes none.
    await store.commit(commitOf(A, { expectedVersion: 1 }));
    expect(await store.list('waiting', ALL)).toEqual([A]);
  });
});

describe('read', () => {
  it('answers in the order asked, and leaves out what is not there or can’t be read, with a line in the log', async () => {
    for (const id of [A, B]) await put(id, at(1));
    await client.hset(KEYS.record(C), { version: 1, data: '{"schema":"a secret"}' });
    expect(await store.read([B, C, A])).toEqual([recordOf(B), recordOf(A)]);
    await client.del(KEYS.record(A));
    await client.del(KEYS.record(C));
    await client.set(KEYS.record(C), 'x');
    expect(await store.read([A, B, C])).toEqual([recordOf(B)]);
    expect(warned).toEqual([C, A, C]);
    expect(await store.read([])).toEqual([]);
  });

  it('rejects when Redis is away: nothing is not the same as not knowing', async () => {
    const other = connect(redis.connection);
    other.on('error', () => {});
    await other.ping();
    other.disconnect();
    await expect(createRequestStore(other, 'T0ACME').read([A])).rejects.toThrow();
  });
});
