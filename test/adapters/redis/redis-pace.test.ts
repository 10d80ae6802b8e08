/** Places in a strained lane on a real Redis: never closer than told, the urgent first, nobody forgotten. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRedisPace } from '../../../src/adapters/redis/redis-pace.ts';
import type { Lane, Pace, Urgency } from '../../../src/application/ports/pace.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

const START = 1_795_000_000_123;
const LANE: Lane = { name: 'post:C0APPROVALS', spacingMs: 1_000 };

let redis: PrivateRedis;
let pace: Pace;
let wall = START;

beforeAll(async () => {
  redis = await startPrivateRedis();
  pace = createRedisPace(redis.client(), 'T0ACME', () => wall);
});
beforeEach(async () => {
  wall = START;
  await redis.flush();
  await pace.hold(LANE, 0);
});
afterAll(() => redis?.stop());

const ask = (key: string, urgency: Urgency = 'urgent', lane = LANE) => pace.ask(lane, key, urgency);

it('lets one go at once, and the next after the spacing, in their order', async () => {
  expect(await ask('a')).toBe(0);
  expect(await ask('b')).toBe(1_000);
  expect(await ask('c')).toBe(2_000);
  wall += 400;
  expect(await ask('b')).toBe(600);
  wall += 600;
  expect(await ask('d')).toBe(2_000);
  expect(await ask('b')).toBe(0);
  wall += 1_000;
  expect(await ask('c')).toBe(0);
});

it('has no places before it is strained, and none when that is over', async () => {
  const quiet = { ...LANE, name: 'post:C0QUIET' };
  expect(await Promise.all(['a', 'b', 'c'].map((key) => ask(key, 'can-wait', quiet)))).toEqual([0, 0, 0]);
  expect([await ask('a'), await ask('b'), await ask('c')]).toEqual([0, 1_000, 2_000]);
  wall += 60_000;
  expect(await Promise.all(['b', 'd', 'e', 'c'].map((key) => ask(key)))).toEqual([0, 0, 0, 0]);
});

it('puts what can wait behind everything urgent, also behind what comes later', async () => {
  expect(await ask('now')).toBe(0);
  expect(await ask('reply-1', 'can-wait')).toBe(1_000);
  expect(await ask('reply-2', 'can-wait')).toBe(2_000);
  expect(await ask('card-1')).toBe(1_000);
  expect(await ask('card-2')).toBe(2_000);
  wall += 1_000;
  expect(await ask('card-1')).toBe(0);
  expect(await ask('reply-1', 'can-wait')).toBeGreaterThanOrEqual(2_000);
  wall += 1_000;
  expect(await ask('card-2')).toBe(0);
  wall += 2_000;
  expect(await ask('reply-1', 'can-wait')).toBe(0);
});

it('is silent for as long as it was told, and then goes on one by one', async () => {
  expect([await ask('a'), await ask('b')]).toEqual([0, 1_000]);
  await pace.hold(LANE, 30_000);
  await pace.hold(LANE, 5_000);
  wall += 1_000;
  // Its place came while everybody was to be silent: it gets another.
  expect([await ask('b'), await ask('c')]).toEqual([29_000, 30_000]);
  wall += 29_000;
  expect([await ask('b'), await ask('d')]).toEqual([0, 2_000]);
});

it('keeps lanes and workspaces apart', async () => {
  expect(await ask('a')).toBe(0);
  expect(await ask('a', 'urgent', { ...LANE, name: 'post:C0OTHER' })).toBe(0);
  expect(await createRedisPace(redis.client(), 'T0OTHER', () => wall).ask(LANE, 'a', 'urgent')).toBe(0);
});

it('forgets a place that nobody came for', async () => {
  await ask('a');
  await ask('dead');
  wall += 120_000;
  await pace.hold(LANE, 0);
  expect(await ask('b')).toBe(0);
  expect(await redis.client().zcard('{vpce:T0ACME}:lane:post:C0APPROVALS:places')).toBe(0);
});

describe('whoever comes, and however often', () => {
  const caller = fc.record({ urgent: fc.boolean(), at: fc.nat(8_000) });
  it('all get their turn, never closer than the spacing, and the urgent in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(caller, { minLength: 2, maxLength: 12 }), async (callers) => {
        await redis.flush();
        wall = START;
        await pace.hold(LANE, 0);
        const went: { readonly key: number; readonly at: number }[] = [];
        const coming = callers.map(({ at }, key) => ({ key, at }));
        while (coming.length > 0) {
          coming.sort((one, other) => one.at - other.at || one.key - other.key);
          const { key, at } = coming.shift() ?? { key: 0, at: 0 };
          wall = START + at;
          const waitMs = await ask(String(key), callers[key]?.urgent ? 'urgent' : 'can-wait');
          if (waitMs === 0) went.push({ key, at });
          else coming.push({ key, at: at + waitMs });
        }
        expect(went).toHaveLength(callers.length);
        const gaps = went.slice(1).map(({ at }, index) => at - (went[index]?.at ?? 0));
        expect(gaps.filter((gap) => gap < LANE.spacingMs)).toEqual([]);
        const urgent = went.map(({ key }) => callers[key]).filter((each) => each?.urgent);
        const arrivals = urgent.map((each) => each?.at ?? 0);
        expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
      }),
      { numRuns: 100 },
    );
  });
});
