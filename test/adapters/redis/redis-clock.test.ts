/** The clock on a real Redis: two readings, one of which a sandbox moves for every process. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createRedisClock } from '../../../src/adapters/redis/redis-clock.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

let redis: PrivateRedis;
beforeAll(async () => {
  redis = await startPrivateRedis();
});
afterAll(() => redis?.stop());
afterEach(() => vi.restoreAllMocks());

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

/** Its clocks stand still until they are told to go on, both or one. */
function heldClock() {
  const client = redis.client();
  const [date, steady] = [Date.now(), performance.now()];
  let [dateMs, steadyMs] = [0, 0];
  vi.spyOn(Date, 'now').mockImplementation(() => date + dateMs);
  vi.spyOn(performance, 'now').mockImplementation(() => steady + steadyMs);
  const asked = vi.spyOn(client, 'sendCommand');
  return {
    clock: createRedisClock(client, true),
    pass(ms: number, byDate = ms) {
      steadyMs += ms;
      dateMs += byDate;
    },
    asked: () => asked.mock.calls.length,
  };
}

it('carries a reading on by its own clock for a quarter of a second', async () => {
  const { clock, pass, asked } = heldClock();
  const first = await clock.recent();
  const before = asked();
  pass(249.9);
  expect(await clock.recent()).toEqual({ wall: first.wall + 249, now: first.now + 249 });
  expect(asked()).toBe(before);
  pass(1);
  await clock.recent();
  expect(asked()).toBeGreaterThan(before);
});

it('asks anew where the machine slept, or somebody set its clock', async () => {
  for (const [steady, date] of [
    [20_000, 20_000],
    [10, 20_000],
    [10, -20_000],
  ] as const) {
    const { clock, pass, asked } = heldClock();
    const first = await clock.recent();
    const before = asked();
    pass(steady, date);
    const second = await clock.recent();
    expect(asked()).toBeGreaterThan(before);
    // By Redis, hardly any time has passed.
    expect(second.wall - first.wall).toBeLessThan(5_000);
    vi.restoreAllMocks();
  }
});

it('takes no answer for fresh that came while the process was frozen, and none for later than it is', async () => {
  const { clock, pass, asked } = heldClock();
  const { wall } = await clock.read();
  const reading = clock.read();
  pass(40_000);
  await reading;
  const before = asked();
  // By Redis hardly any time has passed.
  expect((await clock.recent()).wall - wall).toBeLessThan(5_000);
  expect(asked()).toBeGreaterThan(before);
  pass(300);
  const recent = clock.recent();
  pass(40_000);
  expect((await recent).wall - wall).toBeLessThan(5_000);
});
