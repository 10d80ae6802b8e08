/** Places in a strained lane on a real Redis: never closer than told, the urgent first, nobody forgotten. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRedisPace } from '../../../src/adapters/redis/redis-pace.ts';
import type { Lane, Pace, Urgency } from '../../../src/application/ports/pace.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

const START = 1_795_000_000_123;
const LANE: Lane = { name: 'post:C0APPROVALS', spacingMs: 8_000 };
/** The pace after the first refusal. */
const FIRST = LANE.spacingMs / 8;

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
  wall += 20_000;
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
  expect([await ask('a'), await ask('b')]).toEqual([0, FIRST]);
  await pace.hold(LANE, 4_000);
  await pace.hold(LANE, 2_000);
  wall += 1_000;
  // Its place came while everybody was to be silent: it gets another.
  expect(await ask('b')).toBe(3_000);
  wall += 3_000;
  expect([await ask('b'), (await ask('d')) > 0]).toEqual([0, true]);
});

it('is twice as slow after each refusal, down to the spacing, and faster with each call that goes', async () => {
  const paceNow = async () => Number(await redis.client().hget('{vpce:T0ACME}:lane:post:C0APPROVALS', 'pace'));
  const paces = [await paceNow()];
  for (let refused = 0; refused < 4; refused += 1) {
    await pace.hold(LANE, 1_000);
    // Whatever was under way is refused as well, and that is nothing new.
    await pace.hold(LANE, 1_000);
    wall += 1_000;
    paces.push(await paceNow());
  }
  expect(paces).toEqual([FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST, LANE.spacingMs]);
  const faster: number[] = [];
  for (const key of ['a', 'b', 'c']) {
    const waitMs = await ask(key);
    wall += waitMs;
    if (waitMs > 0) {
      wall += await ask(key);
      expect(await ask(key)).toBe(0);
    }
    faster.push(await paceNow());
  }
  expect(faster).toEqual([7_440, 6_919, 6_435]);
});

it('has somebody with long to wait ask half way, whether it is still strained', async () => {
  const waits: number[] = [];
  for (let index = 0; index < 20; index += 1) waits.push(await ask(String(index)));
  expect(waits.slice(0, 7)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000]);
  expect(waits[19]).toBe(9_500);
  wall += 20_000;
  expect(await ask('19')).toBe(0);
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
  const caller = fc.record({ urgent: fc.boolean(), at: fc.nat(4_000) });
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
        expect(gaps.filter((gap) => gap < FIRST)).toEqual([]);
        const urgent = went.map(({ key }) => callers[key]).filter((each) => each?.urgent);
        const arrivals = urgent.map((each) => each?.at ?? 0);
        expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
      }),
      { numRuns: 100 },
    );
  });
});
