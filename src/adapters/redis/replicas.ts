/** Whether a replica has to have what is written before it counts, and how many there are to have it. */
import { Cluster } from 'ioredis';
import * as z from 'zod';
import type { RedisAddress, RedisClient } from './connection.ts';

/** A replica may come, or catch up, later than we do. */
const LOOK_AGAIN_MS = 10_000;

/** CLUSTER SLOTS: from, to, the master, its replicas. */
const rangesSchema = z.array(z.tuple([z.number(), z.number(), z.unknown()], z.unknown()));

/** INFO’s line of a replica that has said within the last second how far it is. */
const IN_TOUCH = /^slave\d+:.*\bstate=online,.*\blag=[01]\b/gm;

export interface Replicas {
  /**
   * Once it was so, it always is: from a master that was cut off, a replica that can’t be reached looks like one that
   * was removed. Where there are Sentinels, it is so from the start.
   */
  areNeeded(): Promise<boolean>;
  /** How many are worth waiting for, as far as is known: at least one. */
  count(): number;
  /** Only so many had it in time. The others are waited for again once they were looked at anew. */
  had(count: number): void;
}

/**
 * @param redis looked at anew after each reconnect: it may be another server.
 * @param key one that lies where everything else does.
 */
export function createReplicas(address: RedisAddress, redis: RedisClient, key: string): Replicas {
  let needed = 'sentinels' in address && address.sentinels !== undefined;
  let known = 0;
  let looked: Promise<Seen> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  redis.on('close', () => {
    looked = undefined;
  });
  const look = (): Promise<Seen> => {
    if (looked !== undefined && performance.now() - lookedAt <= LOOK_AGAIN_MS) return looked;
    lookedAt = performance.now();
    const mine = lookAt(redis, key);
    looked = mine;
    mine.then(
      ({ connected, inTouch }) => {
        known = inTouch;
        needed ||= connected > 0;
      },
      () => {
        // What is not known is asked again.
        if (looked === mine) looked = undefined;
      },
    );
    return mine;
  };
  return {
    async areNeeded() {
      const looking = look();
      if (needed) return true;
      await looking;
      return needed;
    },
    count: () => Math.max(1, known),
    had(count) {
      known = Math.min(known, count);
    },
  };
}

interface Seen {
  readonly connected: number;
  /** Of these: the ones that keep up, as far as can be seen. */
  readonly inTouch: number;
}

async function lookAt(redis: RedisClient, key: string): Promise<Seen> {
  if (!(redis instanceof Cluster)) {
    const about = await redis.info('replication');
    return {
      connected: Number(/^connected_slaves:(\d+)/m.exec(about)?.[1] ?? 0),
      inTouch: about.match(IN_TOUCH)?.length ?? 0,
    };
  }
  const [slot, ranges] = await Promise.all([redis.cluster('KEYSLOT', key), redis.cluster('SLOTS')]);
  const [, , , ...replicas] = rangesSchema.parse(ranges).find(([from, to]) => from <= slot && slot <= to) ?? [];
  return { connected: replicas.length, inTouch: replicas.length };
}
