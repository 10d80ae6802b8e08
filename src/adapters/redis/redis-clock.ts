/** Time from the Redis server, the same for every process; a sandbox may move `now` ahead. */
import * as z from 'zod';
import type { Clock } from '../../application/ports/clock.ts';
import type { Moment } from '../../domain/request.ts';
import type { RedisClient } from './connection.ts';
import { CLOCK_OFFSET_KEY } from './keys.ts';
import { script } from './scripts.ts';

/** So long a reading is carried on. */
const RECENT_MS = 250;
/** By how much the machine's clock may have moved against the one that only goes on, for that to be believed. */
const DRIFT_MS = 5;

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
  let last: { readonly moment: Moment; readonly date: number; readonly steady: number } | undefined;

  const read = async (): Promise<Moment> => {
    const [seconds, micros, offset] = readingSchema.parse(await readClock([CLOCK_OFFSET_KEY], [movable ? '1' : '0']));
    const wall = seconds * 1_000 + Math.floor(micros / 1_000);
    aheadMs = wall - Date.now();
    offsetMs = offset;
    const moment = { wall, now: wall + offsetMs };
    last = { moment, date: Date.now(), steady: performance.now() };
    return moment;
  };

  return {
    read,
    async recent() {
      if (last === undefined) return await read();
      const { moment, date, steady } = last;
      const passedMs = performance.now() - steady;
      // A machine that slept, or whose clock was set, is asked anew.
      if (passedMs > RECENT_MS || Math.abs(Date.now() - date - passedMs) > DRIFT_MS) return await read();
      const whole = Math.floor(passedMs);
      return { wall: moment.wall + whole, now: moment.now + whole };
    },
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
