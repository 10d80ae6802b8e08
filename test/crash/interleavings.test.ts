/** Every interleaving within small bounds, and that one is found out where the store does not look at the version. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unconfirmed } from '../../src/adapters/redis/exchange.ts';
import { byText } from '../support/by-text.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { APPROVE, type Bounds, CANCEL, explore, REJECT } from './interleavings.ts';

const VERSION_CHECK = 'if version ~= tonumber(ARGV[3]) then';

/** Much longer than it takes, on a machine that has other things to do. */
const LONG = { timeout: 120_000 };

let redis: PrivateRedis;

beforeAll(async () => {
  redis = await startPrivateRedis();
});
afterAll(() => redis.stop());

it.each<Bounds>([
  { commits: 2, crash: 'nobody', clicks: [APPROVE, REJECT] },
  { commits: 1, crash: 'the first', clicks: [APPROVE, CANCEL] },
])('no order of calls makes two of anything, or leaves anybody without an answer: %o', LONG, async (bounds) => {
  const { schedules, violations } = await explore(redis.client(), bounds);
  console.log(`interleavings: ${schedules} schedules, ${violations.length} violations`);
  expect(violations).toEqual([]);
  expect(schedules).toBeGreaterThan(100);
});

it('and without the check of the version one does', LONG, async () => {
  const client = redis.client();
  const plain = unconfirmed(client);
  let left = 0;
  const careless = byText((commands, withinMs) =>
    plain(
      commands.map(([name, ...args]) => [
        name,
        ...args.map((arg) => {
          if (typeof arg !== 'string' || !arg.includes(VERSION_CHECK)) return arg;
          left += 1;
          return arg.replace(VERSION_CHECK, 'if false then');
        }),
      ]),
      withinMs,
    ),
  );
  const { violations } = await explore(client, { commits: 2, crash: 'nobody', clicks: [APPROVE, REJECT] }, careless);
  expect(left).toBeGreaterThan(0);
  expect(violations).not.toEqual([]);
});
