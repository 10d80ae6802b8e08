/** Where Redis has replicas, nothing counts that a failover could forget: on real masters that are cut off, frozen and replaced. */
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type RedisAddress, type RedisClient } from '../../../src/adapters/redis/connection.ts';
import { examineRedis } from '../../../src/adapters/redis/examine.ts';
import { createConfirmedExchange } from '../../../src/adapters/redis/exchange.ts';
import { findInstallations } from '../../../src/adapters/redis/find-installations.ts';
import { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import { createRedisClock } from '../../../src/adapters/redis/redis-clock.ts';
import { createRequestStore } from '../../../src/adapters/redis/request-store.ts';
import { type Requests, UnconfirmedWrite } from '../../../src/application/ports/requests.ts';
import { parseRedisUrl } from '../../../src/config/redis-url.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { openRedis } from '../../../src/open-redis.ts';
import { eventually } from '../../support/eventually.ts';
import {
  caughtUp,
  type RedisServer,
  startCluster,
  startReplication,
  startSentinels,
} from '../../support/redis-servers.ts';
import { approveEntry, commitOf, submitEntry } from '../../support/stored.ts';

const TEAM = 'T0ACME';
const KEYS = workspaceKeys(TEAM);
const ID = 'req_01K00000000000000000000000';

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function opened(url: string): Promise<{ readonly redis: RedisClient; readonly address: RedisAddress }> {
  const target = parseRedisUrl(url);
  if (target === undefined) throw new Error(`not a REDIS_URL: ${url}`);
  const { address } = await openRedis(target, { info() {}, warn() {}, error() {} });
  const redis = connect(address);
  redis.on('error', () => {});
  open.push(() => redis.disconnect());
  return { redis, address };
}

/**
 * As the bot opens it.
 * @param patienceMs where a whole failover is not waited for.
 * @param allWithinMs how long all replicas are waited for, if not as the bot does it.
 */
async function storeAt(url: string, patienceMs = Number.POSITIVE_INFINITY, allWithinMs?: number): Promise<Requests> {
  const { redis, address } = await opened(url);
  const confirmed = createConfirmedExchange(address, redis, KEYS.fence, () => {}, allWithinMs);
  open.push(() => confirmed.close());
  return createRequestStore(redis, TEAM, (commands, withinMs) =>
    confirmed.exchange(commands, Math.min(withinMs, patienceMs)),
  );
}

async function started<T extends { stop(): Promise<void> }>(servers: Promise<T>): Promise<T> {
  const up = await servers;
  open.push(() => up.stop());
  return up;
}

/** Every connection of everybody, as a network does it now and then. */
const dropConnections = ({ client }: RedisServer) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');

const failures = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((each) => (each.status === 'rejected' ? (each.reason as Error).name : each.value));

/** A replica that takes its time has a command sent again, and then it has been seen. */
const TAKEN = /^(received|seen-before)$/;

/** However slow the machine is in this moment: one answer in time is enough. */
const hasSeenReplica = (store: Requests) =>
  eventually('an answer that a replica confirmed', () =>
    store.load(ID).then(
      () => true,
      () => false,
    ),
  );

describe('a master and its replica', () => {
  it('while the replica is frozen nothing is received, read or committed; once it thaws, everything is', async () => {
    const { url, master, replicas } = await started(startReplication(1));
    const store = await storeAt(url, 1_000);
    const patient = await storeAt(url);
    expect(await patient.receive(ID, submitEntry(ID, 'a'))).toMatch(TAKEN);
    expect(await patient.commit(commitOf(ID, { inboxTaken: 1 }))).toEqual({ kind: 'committed', version: 1 });
    await hasSeenReplica(store);

    replicas[0]?.freeze();
    const second = commitOf(ID, { expectedVersion: 1 });
    const during = [store.receive(ID, approveEntry('b')), store.commit(second), store.load(ID)];
    expect(failures(await Promise.allSettled(during))).toEqual(Array(3).fill('UnconfirmedWrite'));

    // It was written all the same; and that it is there already confirms nothing, not even on a new connection.
    expect(await store.peek(ID)).toEqual({ version: 2, waiting: 1 });
    await dropConnections(master);
    const again = [store.receive(ID, approveEntry('b')), store.commit(second), store.load(ID)];
    expect(failures(await Promise.allSettled(again))).toEqual(Array(3).fill('UnconfirmedWrite'));

    replicas[0]?.thaw();
    expect(await patient.receive(ID, approveEntry('b'))).toBe('seen-before');
    expect(await patient.commit(second)).toEqual({ kind: 'committed', version: 2 });
    expect(await patient.load(ID)).toMatchObject({ version: 2, inbox: [{ commandId: 'b' }] });
  });

  it('a replica that is gone is still missed by whoever saw it', async () => {
    const { url, master, replicas } = await started(startReplication(1));
    const store = await storeAt(url, 1_000);
    await (await storeAt(url)).commit(commitOf(ID));
    await hasSeenReplica(store);
    await replicas[0]?.kill();
    await eventually('the master knows', async () => (await master.client.info()).includes('connected_slaves:0'));
    await dropConnections(master);
    await expect(store.receive(ID, approveEntry('b'))).rejects.toThrow(UnconfirmedWrite);
    await replicas[0]?.restart();
    await eventually('it is there again', () => store.receive(ID, approveEntry('b')).catch(() => false));
  });

  it('what was confirmed is on the replica that takes over, whenever the master dies', async () => {
    const { url, master, replicas } = await started(startReplication(1));
    const [replica] = replicas;
    const store = await storeAt(url, 1_000);
    await (await storeAt(url)).commit(commitOf(ID));
    await hasSeenReplica(store);
    const confirmed: RequestId[] = [];
    let dead = false;
    // Some are confirmed, some under way and some not begun when it dies.
    const committing = Array.from({ length: 8 }, async (_, lane) => {
      for (let n = 0; !dead; n += 1) {
        const id: RequestId = `req_01K0000000000000000${lane}${String(n).padStart(6, '0')}`;
        await store.commit(commitOf(id)).then(
          () => confirmed.push(id),
          () => {},
        );
      }
    });
    await eventually('a good number of them', () => confirmed.length > 200);
    await master.kill();
    dead = true;
    await replica?.client.call('REPLICAOF', 'NO', 'ONE');
    await Promise.all(committing);
    const there = await Promise.all(confirmed.map((id) => replica?.client.hget(KEYS.record(id), 'version')));
    expect(there).toEqual(confirmed.map(() => '1'));
  });
});

describe('a master and two replicas', () => {
  it('what is answered is on both, as either may take over; one that is away is not waited for', async () => {
    const { url, master, replicas } = await started(startReplication(2));
    await caughtUp(master);
    const patient = await storeAt(url, undefined, 20_000);
    const usual = await storeAt(url);
    const [, other] = replicas;
    // How many there are is known with the first answer.
    await Promise.all([patient.load(ID), usual.load(ID)]);

    other?.freeze();
    let answered = false;
    const committing = patient.commit(commitOf(ID)).finally(() => {
      answered = true;
    });
    const meanwhile: RequestId = 'req_01K00000000000000000000001';
    expect(await usual.commit(commitOf(meanwhile))).toEqual({ kind: 'committed', version: 1 });
    expect(answered).toBe(false);
    other?.thaw();
    expect(await committing).toEqual({ kind: 'committed', version: 1 });
    expect(await other?.client.hget(KEYS.record(ID), 'version')).toBe('1');
  });
});

describe('Sentinels', () => {
  it('where TLS is asked for, are asked over TLS for a master that is spoken to over TLS', async () => {
    const { address } = await opened('rediss+sentinel://:secret@sentinel.invalid?master=main');
    expect(address).toMatchObject({ tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true, password: 'secret' });
  });

  it('where no replica is, nothing counts from the start', async () => {
    const { url } = await started(startSentinels(0));
    const store = await storeAt(url);
    await expect(store.receive(ID, submitEntry(ID, 'a'))).rejects.toThrow(UnconfirmedWrite);
  });

  it('a commit that is under way when the master is cut off is confirmed by the next one, or not at all', async () => {
    const servers = await started(startSentinels(2));
    const store = await storeAt(servers.url);
    await store.commit(commitOf(ID));
    await caughtUp(servers.master);
    // Nobody hears from it any more, and its connections stay as they are.
    servers.master.freeze();
    const second = commitOf(ID, { expectedVersion: 1 });
    const [first] = failures(await Promise.allSettled([store.commit(second)]));
    if (first === 'UnconfirmedWrite') expect(await store.commit(second)).toEqual({ kind: 'committed', version: 2 });
    else expect(first).toEqual({ kind: 'committed', version: 2 });
    expect(await servers.masterPort()).not.toBe(servers.master.port);
    expect(await store.load(ID)).toMatchObject({ version: 2 });
  });
});

describe('a Cluster', () => {
  it('is looked through and examined as a whole', async () => {
    const cluster = await started(startCluster(0));
    const store = await storeAt(cluster.url);
    await store.commit(commitOf(ID));
    const { redis } = await opened(cluster.url);
    await redis.rpush(KEYS.audit(ID), 'an entry');
    expect(await findInstallations(redis, ID)).toEqual([TEAM]);
    expect(await examineRedis(redis)).toMatchObject({
      ...{ replica: false, replicas: 0, replicasNeeded: false, snapshots: false },
      settings: { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' },
    });
    // One bad master is enough.
    await cluster.masters[1]?.client.config('SET', 'appendfsync', 'no');
    await cluster.masters[2]?.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect((await examineRedis(redis)).settings).toEqual({
      ...{ appendonly: 'yes', appendfsync: 'no', 'maxmemory-policy': 'allkeys-lru' },
    });
    const clock = createRedisClock(redis, true);
    await clock.advance(60_000);
    const { now, wall } = await clock.read();
    expect(now - wall).toBe(60_000);
  });

  it('confirms on the shard that has the workspace, and finds it again when it moves to another', async () => {
    const cluster = await started(startCluster(1));
    const store = await storeAt(cluster.url);
    expect(await store.receive(ID, submitEntry(ID, 'a'))).toMatch(TAKEN);
    await store.commit(commitOf(ID, { inboxTaken: 1, hold: ['target:x', 'target:y'] }));

    const { from, to } = await cluster.move(KEYS.fence);
    expect(await store.receive(ID, approveEntry('b'))).toMatch(TAKEN);
    const second = commitOf(ID, { expectedVersion: 1, inboxTaken: 1, release: ['target:x'] });
    expect(await store.commit(second)).toEqual({ kind: 'committed', version: 2 });
    expect(await store.holders(['target:x', 'target:y'])).toEqual(new Map([['target:y', ID]]));
    expect(await to.client.exists(KEYS.record(ID))).toBe(1);

    // The replica of where it was confirms nothing any more; that of where it is has to.
    cluster.replicaOf(from).freeze();
    expect(await store.load(ID)).toMatchObject({ version: 2 });
    cluster.replicaOf(to).freeze();
    await expect(store.receive(ID, approveEntry('c'))).rejects.toThrow(UnconfirmedWrite);
    cluster.replicaOf(to).thaw();
    expect(await store.receive(ID, approveEntry('c'))).toBe('seen-before');
  });
});
