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
  let last: Reading | undefined;

  const ask = async (): Promise<Reading> => {
    // Of before it was asked: an answer that is read late, as by a process that was frozen meanwhile, is not of now.
    const [date, steady] = [Date.now(), performance.now()];
    const [seconds, micros, offset] = readingSchema.parse(await readClock([CLOCK_OFFSET_KEY], [movable ? '1' : '0']));
    const wall = seconds * 1_000 + Math.floor(micros / 1_000);
    last = { moment: { wall, now: wall + offset }, date, steady };
    return last;
  };
  const read = async (): Promise<Moment> => (await ask()).moment;

  return {
    read,
    async recent() {
      if (last !== undefined && isRecent(last)) return carriedOn(last);
      // An answer that took so long that it is not recent may be of its beginning or of its end.
      const first = await ask();
      const reading = isRecent(first) ? first : await ask();
      return isRecent(reading) ? carriedOn(reading) : reading.moment;
    },
    estimate() {
      const passedMs = Date.now() - (last?.date ?? 0);
      return { wall: (last?.moment.wall ?? 0) + passedMs, now: (last?.moment.now ?? 0) + passedMs };
    },
    async advance(ms) {
      if (!movable) throw new Error('this clock does not move');
      await redis.incrby(CLOCK_OFFSET_KEY, ms);
      return (await read()).now;
    },
  };
}

interface Reading {
  readonly moment: Moment;
  /** By both clocks of this machine, right before Redis was asked. */
  readonly date: number;
  readonly steady: number;
}

/** A machine that slept, or whose clock was set, has to ask anew. */
function isRecent({ date, steady }: Reading): boolean {
  const passedMs = performance.now() - steady;
  return passedMs <= RECENT_MS && Math.abs(Date.now() - date - passedMs) <= DRIFT_MS;
}

function carriedOn({ moment, steady }: Reading): Moment {
  const passedMs = Math.floor(performance.now() - steady);
  return { wall: moment.wall + passedMs, now: moment.now + passedMs };
}
