/** Slots, turns and halts on a real Redis: spaced, idempotent, exact to the millisecond. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountSlots } from '../../../src/adapters/redis/account-slots.ts';
import { eventually } from '../../support/eventually.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

let redis: PrivateRedis;
let slots: ReturnType<typeof createAccountSlots>;
const WALL = 1_795_000_000_123;

beforeAll(async () => {
  redis = await startPrivateRedis();
  slots = createAccountSlots(redis.client());
});
beforeEach(() => redis.flush());
afterAll(() => redis?.stop());

it('gives each key the next place, and the same key the same place', async () => {
  expect(await slots.reserve('production', 'a', WALL, 100)).toEqual({ kind: 'slot', at: WALL });
  expect(await slots.reserve('production', 'b', WALL, 100)).toEqual({ kind: 'slot', at: WALL + 100 });
  expect(await slots.reserve('production', 'a', WALL + 50, 100)).toEqual({ kind: 'slot', at: WALL });
  expect(await slots.reserve('production', 'c', WALL + 5_000, 100)).toEqual({ kind: 'slot', at: WALL + 5_000 });
  expect(await slots.reserve('staging', 'a', WALL, 100)).toEqual({ kind: 'slot', at: WALL });
});

it('gives no place while the account is halted, and keeps the first reason', async () => {
  const halt = { request: 'req_01K00000000000000000000000', endpoint: 'ep-1', at: WALL } as const;
  await slots.halt('production', halt);
  await slots.halt('production', { ...halt, endpoint: 'ep-2' });
  expect(await slots.reserve('production', 'a', WALL, 100)).toEqual({ kind: 'halted', halt });
  expect(await slots.resume('production')).toEqual(halt);
  expect(await slots.resume('production')).toBeUndefined();
  expect(await slots.reserve('production', 'a', WALL, 100)).toEqual({ kind: 'slot', at: WALL });
});

describe('a turn', () => {
  const A = 'req_01K0000000000000000000000A';
  const B = 'req_01K0000000000000000000000B';

  it('is one request’s at a time, of each account, until it gives it back', async () => {
    expect(await slots.takeTurn('production', A, 60_000)).toBe(true);
    expect(await slots.takeTurn('production', A, 60_000)).toBe(true);
    expect(await slots.takeTurn('production', B, 60_000)).toBe(false);
    expect(await slots.takeTurn('staging', B, 60_000)).toBe(true);
    await slots.endTurn('production', B);
    expect(await slots.takeTurn('production', B, 60_000)).toBe(false);
    await slots.endTurn('production', A);
    expect(await slots.takeTurn('production', B, 60_000)).toBe(true);
  });

  it('ends by itself, and counts from the last time it was taken', async () => {
    await slots.takeTurn('production', A, 60_000);
    await slots.takeTurn('production', A, 1);
    await eventually('the turn is over', () => slots.takeTurn('production', B, 60_000));
    expect(await slots.takeTurn('production', A, 60_000)).toBe(false);
  });
});
