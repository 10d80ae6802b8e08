/** Places in a lane's sequence of calls, on Redis: the processes of one workspace keep them together. */
import { z } from 'zod';
import type { Pace } from '../../application/ports/pace.ts';
import type { RedisClient } from './connection.ts';
import { workspaceKeys } from './keys.ts';
import { script } from './scripts.ts';

/** Who does not come for a place within this has died. */
const FORGET_AFTER_MS = 60_000;

/** Slack counts by the minute. */
const STRAINED_MS = 60_000;

/** @param wall `Moment.wall`, in milliseconds. */
export function createRedisPace(redis: RedisClient, installation: string, wall: () => number): Pace {
  const keys = workspaceKeys(installation);
  const takePlace = script(redis, 'take-place');
  const holdLane = script(redis, 'hold-lane');
  return {
    async ask({ name, spacingMs }, key, urgency) {
      const { lane, places, waiting } = keys.lane(name);
      const urgent = urgency === 'urgent' ? 1 : 0;
      const args = [key, Math.floor(wall()), spacingMs, urgent, FORGET_AFTER_MS];
      return z.number().parse(await takePlace([lane, places, waiting], args));
    },

    async hold({ name }, forMs) {
      const until = Math.ceil(wall() + forMs);
      await holdLane([keys.lane(name).lane], [until, until + STRAINED_MS, Math.ceil(forMs) + 2 * STRAINED_MS]);
    },
  };
}
