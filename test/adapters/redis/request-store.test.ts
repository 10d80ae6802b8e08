/** The store's contract on a real Redis: durable receipt, the fence, held names, and scripts that may be sent twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../src/adapters/redis/connection.ts';
import { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import { createRequestStore } from '../../../src/adapters/redis/request-store.ts';
import type { InboxEntry } from '../../../src/application/inbox.ts';
import { type Commit, type Requests, UnreadableRequest } from '../../../src/application/ports/requests.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';
import { approveEntry, commitOf, recordOf, submitEntry } from '../../support/stored.ts';

const ID: RequestId = 'req_01K00000000000000000000000';
const OTHER: RequestId = 'req_01K00000000000000000000001';
const KEYS = workspaceKeys('T0ACME');

let redis: PrivateRedis;
let store: Requests;
let client: ReturnType<typeof connect>;

beforeAll(async () => {
  redis = await startPrivateRedis();
  client = connect(redis.connection);
  store = createRequestStore(client, 'T0ACME');
});
beforeEach(() => redis.flush());
afterAll(async () => {
  client?.disconnect();
  await redis?.stop();
});

const submit = (commandId: string, at?: number) => submitEntry(ID, commandId, at);
const approve = approveEntry;
const record = recordOf(ID);
const change = (over?: Partial<Commit>) => commitOf(ID, over);

const due = () => client.zscore(KEYS.due, ID).then((score) => (score === null ? undefined : Number(score)));

describe('receive', () => {
  it('stores a command once per command id, in order, and makes the request due', async () => {
    expect(await store.receive(ID, submit('a'))).toBe('received');
    expect(await store.receive(ID, submit('a'))).toBe('seen-before');
    expect(await store.receive(ID, approve('b'))).toBe('received');
    expect((await store.load(ID)).inbox.map(({ commandId }) => commandId)).toEqual(['a', 'b']);
    expect(await due()).toBe(1_000);
  });

  it('asks Redis once where it knows what is there, and reads it first where somebody else has written', async () => {
    // The server knows the scripts from then on.
    await store.receive(OTHER, submitEntry(OTHER, 'first'));
    await store.commit(commitOf(OTHER));
    const asked = vi.spyOn(client, 'pipeline');
    const exchanges = async (of: Requests, entry: InboxEntry) => {
      asked.mockClear();
      expect(await of.receive(ID, entry)).toBe('received');
      return asked.mock.calls.length;
    };
    expect(await exchanges(store, submit('a'))).toBe(1);
    await store.commit(change({ inboxTaken: 1 }));
    expect(await exchanges(store, approve('b'))).toBe(1);
    // What waits may be from a newer version, and not for this one to read.
    expect(await exchanges(store, approve('c'))).toBe(3);
    const other = createRequestStore(client, 'T0ACME');
    const { version } = await other.load(ID);
    await other.commit(change({ expectedVersion: version, commitId: 'second', inboxTaken: 2 }));
    expect(await exchanges(store, approve('d'))).toBe(3);
    await other.commit(change({ expectedVersion: version + 1, commitId: 'third', inboxTaken: 1 }));
    expect(await exchanges(other, approve('e'))).toBe(1);
    asked.mockRestore();
  });

  it('takes only a submit for a request that does not exist', async () => {
    expect(await store.receive(ID, approve('x'))).toBe('no-such-request');
    expect((await store.load(ID)).inbox).toEqual([]);
    await store.commit(change());
    expect(await store.receive(ID, approve('x'))).toBe('received');
  });

  it('never puts a request off', async () => {
    await store.receive(ID, submit('a', 1_000));
    await store.receive(ID, approve('b', 9_000));
    expect(await due()).toBe(1_000);
  });
});

describe('commit', () => {
  it('writes record, audit, inbox and due together, and raises the version', async () => {
    await store.receive(ID, submit('a'));
    expect(await store.commit(change({ inboxTaken: 1, due: 7_000 }))).toEqual({ kind: 'committed', version: 1 });
    expect(await store.load(ID)).toEqual({ version: 1, record, inbox: [] });
    expect(await due()).toBe(7_000);
  });

  it('refuses a second commit on the same version, and writes nothing of it', async () => {
    await store.commit(change());
    expect(await store.commit(change({ due: 1, hold: ['target:x'] }))).toEqual({ kind: 'stale' });
    expect(await due()).toBeUndefined();
    expect(await store.holders(['target:x'])).toEqual(new Map());
  });

  it('takes effect once when the client sends it twice', async () => {
    await store.receive(ID, submit('a'));
    await store.receive(ID, approve('b'));
    const once = change({ inboxTaken: 1 });
    expect(await store.commit(once)).toEqual({ kind: 'committed', version: 1 });
    expect(await store.commit(once)).toEqual({ kind: 'committed', version: 1 });
    expect((await store.load(ID)).inbox.map(({ commandId }) => commandId)).toEqual(['b']);
  });

  it('is due at once when something came in after the load, whatever the run thinks', async () => {
    await store.receive(ID, submit('a'));
    await store.receive(ID, approve('b'));
    await store.commit(change({ inboxTaken: 1, due: 99_000, now: 5_000 }));
    expect(await due()).toBe(5_000);
  });

  it('writes due alone without raising the version, and removes it when nothing is due', async () => {
    await store.commit(change({ due: 7_000 }));
    const { record: _record, ...dueOnly } = change({ expectedVersion: 1 });
    expect(await store.commit(dueOnly)).toEqual({ kind: 'committed', version: 1 });
    expect(await due()).toBeUndefined();
  });

  it('gives a name to one request at a time', async () => {
    await store.commit(change({ hold: ['target:x'] }));
    expect(await store.commit(change({ id: OTHER, hold: ['target:y', 'target:x'] }))).toEqual({
      kind: 'taken',
      name: 'target:x',
      by: ID,
    });
    expect(await store.holders(['target:x', 'target:y'])).toEqual(new Map([['target:x', ID]]));
    await store.commit(change({ expectedVersion: 1, release: ['target:x'] }));
    expect(await store.commit(change({ id: OTHER, hold: ['target:x'] }))).toMatchObject({ kind: 'committed' });
    // What is not held is not released.
    await store.commit(change({ expectedVersion: 2, release: ['target:x'] }));
    expect(await store.holders(['target:x'])).toEqual(new Map([['target:x', OTHER]]));
  });

  it('survives the server forgetting its scripts', async () => {
    await store.commit(change());
    await client.script('FLUSH');
    expect(await store.commit(change({ expectedVersion: 1 }))).toEqual({ kind: 'committed', version: 2 });
  });

  it('lets exactly one of many commits on one version through', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => store.commit(change())));
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'stale')).toHaveLength(49);
  });
});

describe('peek', () => {
  it('tells what is new without reading it', async () => {
    expect(await store.peek(ID)).toEqual({ version: 0, waiting: 0 });
    await store.receive(ID, submit('a'));
    expect(await store.peek(ID)).toEqual({ version: 0, waiting: 1 });
    await store.commit(change({ inboxTaken: 1 }));
    expect(await store.peek(ID)).toEqual({ version: 1, waiting: 0 });
  });
});

describe('takeDue', () => {
  it('hands out what is due and puts it off, so that a lost run comes up again', async () => {
    await store.receive(ID, submit('a', 1_000));
    expect(await store.takeDue(999, 30_000, 10)).toEqual([]);
    expect(await store.takeDue(1_000, 30_000, 10)).toEqual([ID]);
    expect(await store.takeDue(1_001, 30_000, 10)).toEqual([]);
    expect(await store.takeDue(31_000, 30_000, 10)).toEqual([ID]);
  });
});

describe('what can’t be read', () => {
  it('is not written to, and the message says where it is broken and nothing of what stands there', async () => {
    await store.receive(ID, submit('submit:1'));
    await client.hset(KEYS.record(ID), { version: 1, data: '{"schema":"a secret"}' });
    await expect(store.load(ID)).rejects.toThrow('stored record is corrupt at schema: invalid_value');
    await expect(store.receive(ID, approve('click:1'))).rejects.toThrow(UnreadableRequest);
    expect(await client.llen(KEYS.inbox(ID))).toBe(1);
    await client.hset(KEYS.record(ID), { version: 'x' });
    await expect(store.load(ID)).rejects.toThrow('at version: not a number');
    await client.del(KEYS.record(ID));
    await client.set(KEYS.record(ID), 'x');
    await expect(store.load(ID)).rejects.toThrow('another type of key');
    await expect(store.peek(ID)).rejects.toThrow(UnreadableRequest);
  });

  it('is not written to either when it became so behind the back of whoever wrote it', async () => {
    await store.receive(ID, submit('submit:1'));
    await store.commit(change({ inboxTaken: 1 }));
    await client.hset(KEYS.record(ID), { data: '{}' });
    await expect(store.receive(ID, approve('click:1'))).rejects.toThrow(UnreadableRequest);
    expect(await client.llen(KEYS.inbox(ID))).toBe(0);
    expect(await client.sismember(KEYS.seen(ID), 'click:1')).toBe(0);
  });

  it('is due later, if it is due at all; and a name that is no request’s is passed over', async () => {
    await store.putOff(ID, 5_000);
    expect(await client.zcard(KEYS.due)).toBe(0);
    await client.zadd(KEYS.due, 1_000, ID, 1_000, 'nonsense');
    await store.putOff(ID, 5_000);
    expect(await store.takeDue(1_000, 30_000, 10)).toEqual([]);
    expect(await store.takeDue(5_000, 30_000, 10)).toEqual([ID]);
  });
});
