/** Time from the Redis server, the same for every process; a sandbox may move `now` ahead. */
import { z } from 'zod';
import type { Clock } from '../../application/ports/clock.ts';
import type { Moment } from '../../domain/request.ts';
import type { RedisClient } from './connection.ts';
import { CLOCK_OFFSET_KEY } from './keys.ts';
import { script } from './scripts.ts';

const readingSchema = z.tuple([z.coerce.number(), z.coerce.number(), z.coerce.number()]);

export interface RedisClock extends Clock {
  /** The last reading carried on by this process's own clock: for where nothing may be awaited. */
  estimate(): Moment;
  /** Moves `now` ahead for every process on this Redis. @returns the new `now`. */
  advance(ms: number): Promise<number>;
}

/** @param movable whether the offset is honoured; outside a sandbox it is not even read. */
export function createRedisClock(redis: RedisClient, movable: boolean): RedisClock {
  const readClock = script(redis, 'read-clock');
  let aheadMs = 0;
  let offsetMs = 0;

  const read = async (): Promise<Moment> => {
    const [seconds, micros, offset] = readingSchema.parse(await readClock([CLOCK_OFFSET_KEY], [movable ? '1' : '0']));
    const wall = seconds * 1_000 + Math.floor(micros / 1_000);
    aheadMs = wall - Date.now();
    offsetMs = offset;
    return { wall, now: wall + offsetMs };
  };

  return {
    read,
    estimate() {
      const wall = Date.now() + aheadMs;
      return { wall, now: wall + offsetMs };
    },
    async advance(ms) {
      if (!movable) throw new Error('this clock does not move');
      await redis.incrby(CLOCK_OFFSET_KEY, ms);
      return (await read()).now;
    },
  };
}
