/** Places in a lane's sequence of calls, on Redis: the processes of one workspace keep them together. */
import * as z from 'zod';
import type { Pace } from '../../application/ports/pace.ts';
import type { RedisClient } from './connection.ts';
import { workspaceKeys } from './keys.ts';
import { script } from './scripts.ts';

/** Who does not come for a place within this has died. */
const FORGET_AFTER_MS = 60_000;

/** With nothing refused for so long, the lane is as it was before. */
const STRAINED_MS = 20_000;
/** The first refusal slows a lane down to this part of its spacing: it may have been an accident. */
const AT_FIRST = 1 / 8;

/** @param wall `Moment.wall`, in milliseconds. */
export function createRedisPace(redis: RedisClient, installation: string, wall: () => number): Pace {
  const keys = workspaceKeys(installation);
  const takePlace = script(redis, 'take-place');
  const holdLane = script(redis, 'hold-lane');
  return {
    async ask({ name, spacingMs }, key, urgency) {
      const { lane, places, waiting } = keys.lane(name);
      const urgent = urgency === 'urgent' ? 1 : 0;
      const args = [key, Math.floor(wall()), spacingMs * AT_FIRST, urgent, FORGET_AFTER_MS];
      return z.number().parse(await takePlace([lane, places, waiting], args));
    },

    async hold({ name, spacingMs }, forMs) {
      const args = [Math.floor(wall()), Math.ceil(forMs), STRAINED_MS, spacingMs * AT_FIRST, spacingMs];
      await holdLane([keys.lane(name).lane], args);
    },
  };
}
