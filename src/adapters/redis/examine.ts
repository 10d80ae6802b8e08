/** Looks at a Redis for the doctor: its version, its part in a replication, whether and when it writes to disk. */
import type { Redis } from 'ioredis';
import type { RedisReport } from '../../application/doctor/ports.ts';
import type { RedisSetting } from '../../domain/doctor/findings.ts';
import { mastersOf, type RedisClient } from './connection.ts';

/** As they should be. */
const SETTINGS = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
} as const satisfies Readonly<Record<RedisSetting, string>>;
const NAMES = Object.keys(SETTINGS) as RedisSetting[];

/**
 * Of a Cluster, all masters, and the worst of each.
 * @throws {Error} when one does not answer.
 */
export async function examineRedis(redis: RedisClient): Promise<RedisReport> {
  const [first, ...others] = await Promise.all((await mastersOf(redis)).map(examineServer));
  if (first === undefined) throw new Error('the Cluster has no master');
  return others.reduce(worse, first);
}

function worse(one: RedisReport, other: RedisReport): RedisReport {
  const setting = (name: RedisSetting) => [one, other].find(({ settings }) => settings[name] !== SETTINGS[name]) ?? one;
  return {
    ...one,
    replicas: Math.min(one.replicas, other.replicas),
    settings: present(Object.fromEntries(NAMES.map((name) => [name, setting(name).settings[name]]))),
    snapshots: one.snapshots && other.snapshots,
    aheadMs: Math.abs(one.aheadMs) > Math.abs(other.aheadMs) ? one.aheadMs : other.aheadMs,
  };
}

async function examineServer(redis: Redis): Promise<RedisReport> {
  const asked = Date.now();
  const [seconds, micros] = (await redis.time()).map(Number);
  const aheadMs = (seconds ?? 0) * 1_000 + (micros ?? 0) / 1_000 - (asked + Date.now()) / 2;
  const [info, ...configured] = await Promise.all([
    redis.info(),
    // Managed services forbid CONFIG: INFO knows two of the three.
    ...NAMES.map((name) => redis.config('GET', name).then(valueIn, () => undefined)),
  ]);
  const facts = new Map(
    info.split(/\r?\n/).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)] as const;
    }),
  );
  const told: Readonly<Partial<Record<RedisSetting, string>>> = present({
    appendonly: yesOrNo(facts.get('aof_enabled')),
    'maxmemory-policy': facts.get('maxmemory_policy'),
  });
  const settings = present(Object.fromEntries(NAMES.map((name, index) => [name, configured[index] ?? told[name]])));
  const save = await redis.config('GET', 'save').then(valueIn, () => undefined);
  return {
    kind: 'reached',
    version: facts.get('valkey_version') ?? facts.get('redis_version') ?? '0',
    replica: facts.get('role') === 'slave',
    replicas: Number(facts.get('connected_slaves') ?? 0),
    replicasNeeded: (redis.options.sentinels ?? []).length > 0,
    settings,
    // Where CONFIG is forbidden nothing tells: without the append-only file that is assumed not to be.
    snapshots: (save ?? '') !== '',
    aheadMs,
  };
}

/** CONFIG GET answers with name and value, or with a map. */
function valueIn(answer: unknown): string | undefined {
  const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function yesOrNo(flag: string | undefined): string | undefined {
  return flag === undefined ? undefined : flag === '1' ? 'yes' : 'no';
}

function present(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
