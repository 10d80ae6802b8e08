/** Everything that the bot has stored in a Redis, as plain values: to be compared with what was there before. */
import type { Redis } from 'ioredis';

/** Without the queue of wake-ups, which is busy whatever happens. */
export async function contentsOf(redis: Redis): Promise<Readonly<Record<string, unknown>>> {
  const keys = (await redis.keys('*')).filter((key) => !key.startsWith('{vpce-jobs}')).sort();
  const entries = await Promise.all(keys.map(async (key) => [key, await storedAt(redis, key)] as const));
  return Object.fromEntries(entries);
}

async function storedAt(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'hash':
      return await redis.hgetall(key);
    case 'list':
      return await redis.lrange(key, 0, -1);
    case 'set':
      return (await redis.smembers(key)).sort();
    case 'zset':
      return await redis.zrangebyscore(key, '-inf', '+inf', 'WITHSCORES');
    case 'string':
      return await redis.get(key);
  }
  return type;
}
