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
  const places = new Map<RequestId, number>();
  beforeEach(() => places.clear());
  const reserve = async (request: RequestId, key = '1', spacingMs = 100) => {
    const reserved = await slots.reserve('production', { request, key }, WALL, spacingMs);
    if (reserved.kind === 'slot') places.set(request, reserved.at);
  };
  const begin = (request: RequestId, wall: number, spacingMs = 100) =>
    slots.begin('production', { request, place: places.get(request) ?? WALL }, wall, spacingMs);
  const begun = (request: RequestId, wall: number) => slots.begun('production', request, wall, 100);
  const now = { kind: 'begin', afterMs: 0 };
  const later = { kind: 'ask', afterMs: expect.any(Number) as unknown };

  it('is that of the places, each a spacing after the one before, however late they come', async () => {
    for (const request of [A, B, C]) await reserve(request);
    // All three are ready, in the wrong order, and later than their places.
    const at = WALL + 500;
    expect(await begin(C, at)).toEqual(later);
    expect(await begin(B, at)).toEqual(later);
    expect(await begin(A, at)).toEqual(now);
    await begun(A, at);
    expect(await begin(B, at + 1)).toEqual(later);
    expect(await begin(C, at + 100)).toEqual(later);
    expect(await begin(B, at + 100)).toEqual(now);
    await begun(B, at + 100);
    expect(await begin(C, at + 200)).toEqual(now);
  });

  it('is also that in which they have begun: who has its turn and is slow holds up those behind it', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(A, WALL)).toEqual(now);
    expect(await begin(B, WALL + 150)).toEqual(later);
    await begun(A, WALL + 160.5);
    expect(await begin(B, WALL + 250)).toEqual({ kind: 'begin', afterMs: 11 });
    // It died before it could say so.
    await reserve(C);
    expect(await begin(C, WALL + 8_249)).toEqual(later);
    expect(await begin(C, WALL + 8_251)).toEqual(now);
  });

  it('is kept exactly where the next one asks a little early: nobody’s lateness is handed on', async () => {
    for (const request of [A, B, C]) await reserve(request);
    expect(await begin(A, WALL)).toEqual(now);
    await begun(A, WALL);
    expect(await begin(B, WALL + 10)).toEqual({ kind: 'ask', afterMs: 80 });
    expect(await begin(B, WALL + 93)).toEqual({ kind: 'begin', afterMs: 7 });
    await begun(B, WALL + 100);
    expect(await begin(C, WALL + 187)).toEqual({ kind: 'begin', afterMs: 13 });
  });

  it('passes one that does not come', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(B, WALL + 7_999)).toEqual(later);
    expect(await begin(B, WALL + 8_001)).toEqual(now);
    await begun(B, WALL + 8_001);
    // It has come after all, and keeps to the spacing.
    expect(await begin(A, WALL + 8_050)).toEqual({ kind: 'ask', afterMs: 41 });
    expect(await begin(A, WALL + 8_101)).toEqual(now);
  });

  it('passes nobody who asks, however far the line is behind its places', async () => {
    for (const request of [A, B, C]) await reserve(request);
    // The one before them began late, again and again.
    await redis.client().hset('{vpce-account:production}:last', { request: 'another', wall: WALL + 59_950 });
    expect(await begin(A, WALL + 55_000)).toEqual(later);
    expect(await begin(B, WALL + 55_001)).toEqual(later);
    expect(await begin(C, WALL + 60_000)).toEqual(later);
    expect(await begin(A, WALL + 60_050)).toEqual(now);
    await begun(A, WALL + 60_050);
    expect(await begin(C, WALL + 60_150)).toEqual(later);
    expect(await begin(B, WALL + 60_151)).toEqual(now);
    await begun(B, WALL + 60_151);
    expect(await begin(C, WALL + 60_251)).toEqual(now);
  });

  it('passes one that fell silent', async () => {
    for (const request of [A, B, C]) await reserve(request);
    expect(await begin(B, WALL + 7_000)).toEqual(later);
    expect(await begin(C, WALL + 14_999)).toEqual(later);
    expect(await begin(C, WALL + 15_001)).toEqual(now);
  });

  it('lets nobody wait for one that left', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(B, WALL + 50)).toEqual(later);
    await slots.leave('production', A);
    expect(await begin(B, WALL + 51)).toEqual(now);
  });

  it('gives one its place back that was passed, or forgotten by a failover', async () => {
    for (const request of [A, B, C]) await reserve(request);
    expect(await begin(C, WALL + 50)).toEqual(later);
    expect(await begin(C, WALL + 8_150)).toEqual(now);
    expect(await begin(A, WALL + 8_160)).toEqual(later);
    expect(await begin(B, WALL + 8_170)).toEqual(later);
    await begun(C, WALL + 8_180);
    expect(await begin(B, WALL + 8_280)).toEqual(later);
    expect(await begin(A, WALL + 8_280)).toEqual(now);
  });

  it('tells one that did not hear that it has its turn again, and counts from the same moment', async () => {
    for (const request of [A, B]) await reserve(request);
    await begin(A, WALL);
    await begun(A, WALL);
    expect(await begin(B, WALL + 85)).toEqual({ kind: 'begin', afterMs: 15 });
    expect(await begin(B, WALL + 90)).toEqual({ kind: 'begin', afterMs: 10 });
    expect(await begin(B, WALL + 300)).toEqual(now);
  });

  it('passes nobody at a spacing that is longer than anybody may be silent', async () => {
    for (const request of [A, B]) await reserve(request, '1', 30_000);
    await redis.client().hset('{vpce-account:production}:last', { request: 'another', wall: WALL });
    for (let at = WALL + 12_000; at < WALL + 29_000; at += 1_000) {
      expect(await begin(A, at, 30_000)).toEqual({ kind: 'ask', afterMs: 1_000 });
    }
    expect(await begin(B, WALL + 29_000, 30_000)).toEqual({ kind: 'ask', afterMs: 1_000 });
  });

  it('ends for everybody when creates are stopped, also for those who have a place', async () => {
    await reserve(A);
    await slots.halt('production', { request: B, endpoint: 'ep-1', at: WALL });
    expect(await begin(A, WALL)).toEqual({ kind: 'halted', afterMs: 0 });
    expect(await begin(A, WALL, 0)).toEqual({ kind: 'halted', afterMs: 0 });
    await slots.resume('production');
    expect(await begin(A, WALL)).toEqual(now);
  });

  it('has those behind ask again a little before their turn, and within a second', async () => {
    const line = Array.from({ length: 30 }, (_, index): RequestId => `req_01K0000000000000000000000${index + 10}`);
    for (const request of line) await reserve(request);
    const answers: unknown[] = [];
    for (const request of line) answers.push(await begin(request, WALL + 5_000));
    expect(answers.slice(0, 3)).toEqual([now, { kind: 'ask', afterMs: 150 }, { kind: 'ask', afterMs: 250 }]);
    expect(answers.at(-1)).toEqual({ kind: 'ask', afterMs: 1_000 });
  });

  it('is none without a spacing: nobody waits for a request that never begins', async () => {
    for (const request of [A, B, C]) await reserve(request, '1', 0);
    expect(await begin(B, WALL + 5, 0)).toEqual(now);
    expect(await begin(C, WALL + 5, 0)).toEqual(now);
    await slots.reserve('production', { request: C, key: '2' }, WALL + 50, 100);
    expect(await begin(C, WALL + 150)).toEqual(now);
  });

  it('goes by the latest place of a request that is tried again', async () => {
    for (const request of [A, B]) await reserve(request);
    expect(await begin(A, WALL)).toEqual(now);
    await begun(A, WALL);
    await reserve(A, '2');
    expect(await begin(A, WALL + 300)).toEqual(later);
    expect(await begin(B, WALL + 300)).toEqual(now);
    await begun(B, WALL + 300);
    expect(await begin(A, WALL + 400)).toEqual(now);
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
