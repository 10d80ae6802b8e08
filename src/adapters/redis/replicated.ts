/** Whether what is written has to be on a replica before it counts. Once it had to, it always has to. */
import { Cluster } from 'ioredis';
import * as z from 'zod';
import type { RedisAddress, RedisClient } from './connection.ts';

/** A replica may come later than we do. */
const LOOK_AGAIN_MS = 10_000;

/** CLUSTER SLOTS: from, to, the master, its replicas. */
const rangesSchema = z.array(z.tuple([z.number(), z.number(), z.unknown()], z.unknown()));

/**
 * Never taken back while the process lives: from a master that was cut off, a replica that can't be reached looks like
 * one that was removed. Where there are Sentinels, it is so from the start.
 * @param redis looked at anew after each reconnect: it may be another server.
 * @param key one that lies where everything else does.
 */
export function createReplicated(address: RedisAddress, redis: RedisClient, key: string): () => Promise<boolean> {
  let replicated = 'sentinels' in address && address.sentinels !== undefined;
  let looked: Promise<boolean> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  redis.on('close', () => {
    looked = undefined;
  });
  return async () => {
    if (replicated) return true;
    if (looked === undefined || performance.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = performance.now();
      looked = hasReplica(redis, key);
      // What is not known is asked again.
      looked.catch(() => {
        looked = undefined;
      });
    }
    replicated = (await looked) || replicated;
    return replicated;
  };
}

async function hasReplica(redis: RedisClient, key: string): Promise<boolean> {
  if (!(redis instanceof Cluster)) return /^connected_slaves:[1-9]/m.test(await redis.info('replication'));
  const [slot, ranges] = await Promise.all([redis.cluster('KEYSLOT', key), redis.cluster('SLOTS')]);
  return rangesSchema
    .parse(ranges)
    .some(([from, to, _master, ...replicas]) => from <= slot && slot <= to && replicas.length > 0);
}
