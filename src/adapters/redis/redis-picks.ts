/** What has been picked in open forms, on Redis: any process may be asked for the next list. */
import * as z from 'zod';
import type { Picked, Picks } from '../../application/ports/picks.ts';
import type { RedisClient } from './connection.ts';
import { workspaceKeys } from './keys.ts';

/** Longer than anybody leaves a form open. */
const LIFE_S = 4 * 3_600;

const pickedSchema = z.object({
  account: z.exactOptional(z.string()),
  instance: z.exactOptional(z.string()),
  service: z.exactOptional(z.string()),
});

export function createRedisPicks(redis: RedisClient, installation: string): Picks {
  const keys = workspaceKeys(installation);
  return {
    async keep(viewId, picked: Picked) {
      await redis.set(keys.picks(viewId), JSON.stringify(picked), 'EX', LIFE_S);
    },
    async of(viewId) {
      const stored = await redis.get(keys.picks(viewId));
      return stored === null ? undefined : pickedSchema.parse(JSON.parse(stored));
    },
  };
}
