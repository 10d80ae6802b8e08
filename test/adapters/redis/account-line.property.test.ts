/** The line of an account's creates under every lateness that fast-check thinks of: order, distance, and nobody left behind. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountSlots } from '../../../src/adapters/redis/account-slots.ts';
import type { AccountSlots } from '../../../src/application/ports/slots.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

const RUNS = 300;
const WALL = 1_795_000_000_000;
/** Nobody who lives is silent for as long as others wait for the dead. */
const SILENT_MS = 8_000;
const MOST_LATE_MS = 3_000;
/** Redis forgets the last begin by its own clock: on a machine that stands still for so long, a play shows nothing. */
const FORGOTTEN_MS = 900;
const MUTANT_SEED = 20_261_201;

let redis: PrivateRedis;
beforeAll(async () => {
  redis = await startPrivateRedis();
});
afterAll(() => redis?.stop());

interface Stander {
  /** How much later than it should it does each of its steps, in turn. */
  readonly late: readonly number[];
  /** After how many of its steps its process dies; never, mostly. */
  readonly dies: number | undefined;
}

const line = fc.record({
  spacingMs: fc.constantFrom(1, 30, 100, 250, 10_000),
  standers: fc.array(
    fc.record({
      late: fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(MOST_LATE_MS) }), {
        minLength: 1,
        maxLength: 6,
      }),
      dies: fc.oneof(
        { weight: 6, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 }) },
      ),
    }),
    { minLength: 2, maxLength: 9 },
  ),
});

interface Begin {
  readonly index: number;
  readonly at: number;
}

let lines = 0;

/** Goes from one step of anybody to the next, by a clock of its own. @returns who began when, in that order. */
async function play(slots: AccountSlots, spacingMs: number, standers: readonly Stander[]): Promise<readonly Begin[]> {
  lines += 1;
  const account = `line-${lines}`;
  const begins: Begin[] = [];
  const steps: { at: number; index: number; step: 'ask' | 'begin' | 'halted' | 'say' }[] = [];
  const places: number[] = [];
  const taken = standers.map(() => 0);
  const lateness = (index: number): number => {
    const { late = [] } = standers[index] ?? {};
    const nth = taken[index] ?? 0;
    taken[index] = nth + 1;
    return late[nth % late.length] ?? 0;
  };
  const idOf = (index: number): RequestId => `req_01K000000000000000000000${10 + index}`;
  for (const index of standers.keys()) {
    const reserved = await slots.reserve(account, { request: idOf(index), key: '1' }, WALL, spacingMs);
    if (reserved.kind !== 'slot') throw new Error('no place');
    places.push(reserved.at);
    steps.push({ at: reserved.at + lateness(index), index, step: 'ask' });
  }
  while (steps.length > 0) {
    steps.sort((one, other) => one.at - other.at || one.index - other.index);
    const [next] = steps.splice(0, 1);
    if (next === undefined) break;
    const { at, index, step } = next;
    if (at > patienceAt(spacingMs, standers)) throw new Error('somebody waits for ever');
    const dies = standers[index]?.dies;
    if (dies !== undefined && (taken[index] ?? 0) > dies) continue;
    if (step === 'ask') {
      const { kind, afterMs } = await slots.begin(
        account,
        { request: idOf(index), place: places[index] ?? 0 },
        at,
        spacingMs,
      );
      steps.push({ at: at + afterMs + lateness(index), index, step: kind });
    } else if (step === 'begin') {
      begins.push({ index, at });
      steps.push({ at: at + lateness(index), index, step: 'say' });
    } else {
      await slots.begun(account, idOf(index), begins.find((begin) => begin.index === index)?.at ?? at, spacingMs);
    }
  }
  return begins;
}

/** When everybody who lives must have begun. */
function patienceAt(spacingMs: number, standers: readonly Stander[]): number {
  const dead = standers.filter(({ dies }) => dies !== undefined).length;
  return WALL + SILENT_MS * (dead + 1) + standers.length * (2 * spacingMs + 4 * MOST_LATE_MS);
}

function property(slots: AccountSlots) {
  return fc.asyncProperty(line, async ({ spacingMs, standers }) => {
    const startedAt = performance.now();
    const begins = await play(slots, spacingMs, standers);
    fc.pre(performance.now() - startedAt < FORGOTTEN_MS);
    const order = begins.map(({ index }) => index);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    const alive = [...standers.keys()].filter((index) => standers[index]?.dies === undefined);
    expect(order).toEqual(expect.arrayContaining(alive));
    for (const [nth, { at }] of begins.entries()) {
      const before = begins[nth - 1];
      // When somebody began who died before they could say so, only they know.
      if (before !== undefined && standers[before.index]?.dies === undefined)
        expect(at - before.at).toBeGreaterThanOrEqual(spacingMs);
    }
  });
}

it('begins in the order of the places, a spacing apart, and everybody who lives begins', async () => {
  await fc.assert(property(createAccountSlots(redis.client())), { numRuns: RUNS });
}, 60_000);

describe('a line with a mistake in it is found out', () => {
  it.each([
    ['who is behind its place is passed though it asks', 'math.max(its, asked) <', 'its <'],
    ['nobody is passed', 'if math.max(its, asked) < wall - silent then', 'if false then'],
    ['nobody keeps a distance', '+ spacing - wall', '- wall'],
    ['nobody waits for those before', 'if ahead > 0 then', 'if false then'],
    [
      'a turn is a place given up',
      "redis.call('HSET', KEYS[3], 'request', me",
      "redis.call('ZREM', KEYS[1], me) redis.call('HSET', KEYS[3], 'request', me",
    ],
  ])(
    '%s',
    async (_what, from, to) => {
      let changes = 0;
      const client = redis.client();
      const define = client.defineCommand.bind(client);
      client.defineCommand = (name, definition) => {
        const lua = definition.lua?.replace(from, to);
        if (lua !== definition.lua) changes += 1;
        define(name, { ...definition, ...(lua === undefined ? {} : { lua }) });
      };
      const { failed } = await fc.check(property(createAccountSlots(client)), {
        numRuns: RUNS,
        seed: MUTANT_SEED,
        endOnFailure: true,
      });
      expect(changes).toBe(1);
      expect(failed).toBe(true);
    },
    60_000,
  );
});
