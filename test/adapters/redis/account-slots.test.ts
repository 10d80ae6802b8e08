/** Slots, turns and halts on a real Redis: spaced, idempotent, exact to the millisecond. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountSlots } from '../../../src/adapters/redis/account-slots.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
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

const A: RequestId = 'req_01K0000000000000000000000A';
const B: RequestId = 'req_01K0000000000000000000000B';
const C: RequestId = 'req_01K0000000000000000000000C';

it('gives each key the next place, and the same key the same place', async () => {
  expect(await slots.reserve('production', { request: A, key: '1' }, WALL, 100)).toEqual({ kind: 'slot', at: WALL });
  expect(await slots.reserve('production', { request: B, key: '1' }, WALL, 100)).toEqual({
    kind: 'slot',
    at: WALL + 100,
  });
  expect(await slots.reserve('production', { request: A, key: '1' }, WALL + 50, 100)).toEqual({
    kind: 'slot',
    at: WALL,
  });
  expect(await slots.reserve('production', { request: C, key: '1' }, WALL + 5_000, 100)).toEqual({
    kind: 'slot',
    at: WALL + 5_000,
  });
  expect(await slots.reserve('staging', { request: A, key: '1' }, WALL, 100)).toEqual({ kind: 'slot', at: WALL });
});

it('gives no place while the account is halted, and keeps the first reason', async () => {
  const halt = { request: 'req_01K00000000000000000000000', endpoint: 'ep-1', at: WALL } as const;
  await slots.halt('production', halt);
  await slots.halt('production', { ...halt, endpoint: 'ep-2' });
  expect(await slots.reserve('production', { request: A, key: '1' }, WALL, 100)).toEqual({ kind: 'halted', halt });
  expect(await slots.resume('production')).toEqual(halt);
  expect(await slots.resume('production')).toBeUndefined();
  expect(await slots.reserve('production', { request: A, key: '1' }, WALL, 100)).toEqual({ kind: 'slot', at: WALL });
});

describe('the order of creates', () => {
  const reserve = (request: RequestId, key = '1') => slots.reserve('production', { request, key }, WALL, 100);
  const begin = (request: RequestId, wall: number) => slots.begin('production', request, wall, 100);

  it('is that of the places, each a spacing after the one before, however late they come', async () => {
    for (const request of [A, B, C]) await reserve(request);
    // All three are ready, in the wrong order, and later than their places.
    const now = WALL + 500;
    expect(await begin(C, now)).toBeGreaterThan(0);
    expect(await begin(B, now)).toBeGreaterThan(0);
    expect(await begin(A, now)).toBe(0);
    expect(await begin(B, now + 1)).toBe(99);
    expect(await begin(C, now + 100)).toBeGreaterThan(0);
    expect(await begin(B, now + 100)).toBe(0);
    expect(await begin(C, now + 200)).toBe(0);
  });

  it('passes one that does not come', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(B, WALL + 1_999)).toBeGreaterThan(0);
    expect(await begin(B, WALL + 2_001)).toBe(0);
    // It has lost its place, and keeps to the spacing only.
    expect(await begin(A, WALL + 2_050)).toBe(51);
    expect(await begin(A, WALL + 2_101)).toBe(0);
  });

  it('goes by the latest place of a request that is tried again', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(A, WALL)).toBe(0);
    await reserve(A, '2');
    expect(await begin(A, WALL + 300)).toBeGreaterThan(0);
    expect(await begin(B, WALL + 300)).toBe(0);
    expect(await begin(A, WALL + 400)).toBe(0);
  });
});

describe('a turn', () => {
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
