/** The clock on a real Redis: two readings, one of which a sandbox moves for every process. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRedisClock } from '../../../src/adapters/redis/redis-clock.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

let redis: PrivateRedis;
beforeAll(async () => {
  redis = await startPrivateRedis();
});
afterAll(() => redis?.stop());

it('moves now, never wall, for every process on this Redis', async () => {
  const [one, two] = [createRedisClock(redis.client(), true), createRedisClock(redis.client(), true)];
  const before = await two.read();
  await one.advance(3_600_000);
  const after = await two.read();
  expect(after.now - after.wall).toBe(3_600_000);
  expect(after.wall - before.wall).toBeLessThan(60_000);
  const estimate = two.estimate();
  expect(estimate.now - estimate.wall).toBe(3_600_000);
});

it('does not move outside a sandbox, whatever stands in Redis', async () => {
  const fixed = createRedisClock(redis.client(), false);
  const { now, wall } = await fixed.read();
  expect(now).toBe(wall);
  await expect(fixed.advance(1)).rejects.toThrow();
});
