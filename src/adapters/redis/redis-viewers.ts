/** Who looks at the Home tab, on Redis: any process may be the one that changes something. */
import * as z from 'zod';
import type { Viewers } from '../../application/ports/viewers.ts';
import type { RedisClient } from './connection.ts';
import { workspaceKeys } from './keys.ts';

/** Longer than anybody is counted as looking. */
const LIFE_S = 4 * 3_600;

export function createRedisViewers(redis: RedisClient, installation: string): Viewers {
  const keys = workspaceKeys(installation);
  return {
    async opened(user, at) {
      await redis.zadd(keys.viewers, at, user);
    },

    async since(at) {
      await redis.zremrangebyscore(keys.viewers, '-inf', `(${at}`);
      return redis.zrange(keys.viewers, 0, '-1');
    },

    async forget(user) {
      await redis.multi().zrem(keys.viewers, user).del(keys.shownBy(user)).exec();
    },

    changed: () => redis.incr(keys.changes),

    async changes() {
      return z.coerce.number().parse((await redis.get(keys.changes)) ?? 0);
    },

    async shownBy(process, user) {
      const key = keys.shownBy(user);
      const replies = await redis.multi().get(key).set(key, process, 'EX', LIFE_S).exec();
      const [error, before] = replies?.[0] ?? [new Error('no reply'), undefined];
      if (error !== null) throw error;
      return before === process;
    },
  };
}
