/** Redis servers as a datacentre has them: a master with replicas, Sentinels, a Cluster; each can be frozen or killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { findServer } from '../../src/adapters/redis/embedded/find-server.ts';
import { eventually } from './eventually.ts';

const HOST = '127.0.0.1';
const SLOTS = 16_384;

export interface RedisServer {
  readonly port: number;
  /** To look into it; closed with it. */
  readonly client: Redis;
  /** SIGSTOP: it is there, and says nothing. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM: it takes its time, as for an upgrade. */
  shutDown(): Promise<void>;
  /** After its end, with what it had on disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Launch {
  readonly args: readonly string[];
  /** Content of a config file, for the one that has to have a file. */
  readonly config?: string;
}

export async function startServer({ args, config }: Launch = { args: [] }): Promise<RedisServer> {
  const port = await freePort();
  const dir = await mkdtemp(path.join('/tmp', 'vpce-redis-'));
  const { command, env } = await findServer();
  const file = path.join(dir, 'redis.conf');
  await writeFile(file, config ?? '');
  let child: ChildProcess;
  let ended: Promise<unknown>;
  const killWithUs = () => child.kill('SIGKILL');
  const start = async () => {
    const made = spawn(
      command,
      [
        ...[file, '--port', String(port), '--bind', HOST, '--dir', dir, '--save', '', ...args],
        ...(config === undefined ? ['--appendonly', 'yes', '--appendfsync', 'always'] : []),
      ],
      { env: { ...process.env, ...env }, stdio: 'ignore' },
    );
    child = made;
    ended = new Promise((resolve) => {
      made.once('exit', resolve);
      made.once('error', resolve);
    });
    await eventually(`a server on ${port}`, () => client.ping().catch(() => false));
  };
  const client = new Redis({
    port,
    host: HOST,
    retryStrategy: () => 20,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
  });
  client.on('error', () => {});
  process.once('exit', killWithUs);
  await start();
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    port,
    client,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill,
    async shutDown() {
      child.kill('SIGTERM');
      await ended;
    },
    restart: start,
    async stop() {
      client.disconnect();
      await kill();
      process.off('exit', killWithUs);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export interface Replication {
  readonly master: RedisServer;
  readonly replicas: readonly RedisServer[];
  readonly url: string;
  stop(): Promise<void>;
}

/** They hurry, so that nobody waits for what takes a second or more in earnest. */
const HASTY = ['--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1'];

export async function startReplication(count: number): Promise<Replication> {
  const master = await startServer({ args: HASTY });
  const replicas = await Promise.all(
    Array.from({ length: count }, () => startServer({ args: [...HASTY, '--replicaof', HOST, String(master.port)] })),
  );
  await inStep(master, count);
  return { master, replicas, url: `redis://${HOST}:${master.port}`, stop: () => stopAll([master, ...replicas]) };
}

export interface Sentinels extends Replication {
  /** Where the Sentinel says that the master is. */
  masterPort(): Promise<number>;
}

const MASTER_NAME = 'requests';

/** One Sentinel decides alone. */
export async function startSentinels(count: number): Promise<Sentinels> {
  const replication = await startReplication(count);
  const sentinel = await startServer({
    args: ['--sentinel'],
    config: [
      `sentinel monitor ${MASTER_NAME} ${HOST} ${replication.master.port} 1`,
      `sentinel down-after-milliseconds ${MASTER_NAME} 800`,
      `sentinel failover-timeout ${MASTER_NAME} 3000`,
      `sentinel parallel-syncs ${MASTER_NAME} ${count}`,
      '',
    ].join('\n'),
  });
  const sentinelSays = async (what: string) =>
    JSON.stringify(await sentinel.client.call('SENTINEL', what, MASTER_NAME));
  await eventually('the Sentinel knows the replicas', async () => {
    const known = await sentinelSays('REPLICAS');
    return replication.replicas.every(({ port }) => known.includes(`"${port}"`)) && !known.includes('"err"');
  });
  return {
    ...replication,
    url: `redis+sentinel://${HOST}:${sentinel.port}?master=${MASTER_NAME}`,
    async masterPort() {
      const [, port] = (await sentinel.client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER_NAME)) as string[];
      return Number(port);
    },
    async stop() {
      await sentinel.stop();
      await replication.stop();
    },
  };
}

export interface RedisCluster {
  readonly masters: readonly RedisServer[];
  readonly url: string;
  /** The master that has the key now. */
  ownerOf(key: string): Promise<RedisServer>;
  /** Of one of the masters with which it began. */
  replicaOf(master: RedisServer): RedisServer;
  /** Takes the key's slot, with all that is in it, to another master. */
  move(key: string): Promise<{ readonly from: RedisServer; readonly to: RedisServer }>;
  stop(): Promise<void>;
}

/** CLUSTER SLOTS: from, to, and the nodes with the master first. */
const nodeSchema = z.tuple([z.string(), z.number()], z.unknown());
const rangesSchema = z.array(z.tuple([z.number(), z.number(), nodeSchema], nodeSchema));

/** @param replicasEach of each of the three masters. */
export async function startCluster(replicasEach: number): Promise<RedisCluster> {
  const args = [...HASTY, '--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'];
  const node = async () => startServer({ args: [...args, '--cluster-port', String(await freePort())] });
  const masters = await Promise.all(Array.from({ length: 3 }, node));
  const replicas = await Promise.all(Array.from({ length: 3 * replicasEach }, node));
  const all = [...masters, ...replicas];
  const [first] = masters;
  if (first === undefined) throw new Error('a Cluster without a node');
  const busPort = async ({ client }: RedisServer) =>
    String(((await client.config('GET', 'cluster-port')) as string[])[1]);

  await Promise.all(
    masters.map(({ client }, index) =>
      client.call(
        ...(['CLUSTER', 'ADDSLOTSRANGE'] as const),
        Math.floor((index * SLOTS) / masters.length),
        Math.floor(((index + 1) * SLOTS) / masters.length) - 1,
      ),
    ),
  );
  await Promise.all(all.map(({ client }, index) => client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)));
  for (const other of all.slice(1)) {
    await first.client.call('CLUSTER', 'MEET', HOST, other.port, await busPort(other));
  }
  const knowEachOther = async ({ client }: RedisServer) => {
    const info = String(await client.cluster('INFO'));
    return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${all.length}\r\n`);
  };
  for (const each of all) await eventually('the nodes know each other', () => knowEachOther(each));
  for (const [index, { client }] of replicas.entries()) {
    const master = masters[index % masters.length];
    if (master !== undefined) await client.call('CLUSTER', 'REPLICATE', String(await master.client.cluster('MYID')));
  }
  if (replicasEach > 0) for (const master of masters) await inStep(master, replicasEach);
  const knowsReplicas = async ({ client }: RedisServer) =>
    rangesSchema.parse(await client.cluster('SLOTS')).every(([, , ...nodes]) => nodes.length === 1 + replicasEach);
  for (const each of all) await eventually('the nodes know the replicas', () => knowsReplicas(each));
  const ownerOf = async (key: string) => {
    // Whoever answers: one of them may be dead.
    const { client } = await eventually('a node that answers', () => firstAnswering(all));
    const slot = await client.cluster('KEYSLOT', key);
    const ranges = rangesSchema.parse(await client.cluster('SLOTS'));
    const [, , master] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [];
    const owner = all.find(({ port }) => port === master?.[1]);
    if (owner === undefined) throw new Error(`nobody has slot ${slot}`);
    return owner;
  };
  return {
    masters,
    url: `redis+cluster://${masters.map(({ port }) => `${HOST}:${port}`).join(',')}`,
    ownerOf,
    replicaOf(master) {
      const replica = replicas[masters.indexOf(master)];
      if (replica === undefined) throw new Error('it has no replica');
      return replica;
    },
    async move(key) {
      const from = await ownerOf(key);
      const to = masters.find((each) => each !== from) ?? from;
      const slot = await from.client.cluster('KEYSLOT', key);
      const [fromId, toId] = await Promise.all(
        [from, to].map(async ({ client }) => String(await client.cluster('MYID'))),
      );
      await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', String(fromId));
      await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', String(toId));
      const keys = (await from.client.call('CLUSTER', 'GETKEYSINSLOT', slot, 1_000)) as string[];
      await from.client.call('MIGRATE', HOST, to.port, '', 0, 5_000, 'KEYS', ...keys);
      for (const { client } of [to, from]) await client.call('CLUSTER', 'SETSLOT', slot, 'NODE', String(toId));
      return { from, to };
    },
    stop: () => stopAll(all),
  };
}

async function firstAnswering(servers: readonly RedisServer[]): Promise<RedisServer | undefined> {
  for (const server of servers) {
    const up = await server.client.ping().catch(() => undefined);
    if (up !== undefined) return server;
  }
  return undefined;
}

/** Waits until so many replicas have everything that the master has. */
async function inStep({ client }: RedisServer, count: number): Promise<void> {
  await eventually('the replicas are in step', async () => {
    const info = await client.info('replication');
    return (info.match(/^slave\d+:.*state=online/gm) ?? []).length === count;
  });
}

/**
 * Resolves once every replica has all that its master has now. What a replica confirmed is kept by a failover to that one;
 * which of several takes over is not ours to say, and on a busy machine the other may be far behind.
 */
export async function caughtUp({ client }: RedisServer): Promise<void> {
  const offsets = (info: string, field: RegExp) => [...info.matchAll(field)].map(([, offset]) => Number(offset));
  const [reached = 0] = offsets(await client.info('replication'), /^master_repl_offset:(\d+)/gm);
  await eventually('the replicas have caught up', async () => {
    const each = offsets(await client.info('replication'), /^slave\d+:.*offset=(\d+)/gm);
    return each.length > 0 && each.every((offset) => offset >= reached);
  });
}

async function stopAll(servers: readonly RedisServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
