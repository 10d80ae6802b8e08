/** Who looks at Home, on a real Redis: known to every process, and forgotten in time. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect } from '../../../src/adapters/redis/connection.ts';
import { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import { createRedisViewers } from '../../../src/adapters/redis/redis-viewers.ts';
import type { Viewers } from '../../../src/application/ports/viewers.ts';
import { type PrivateRedis, startPrivateRedis } from '../../support/redis.ts';

const KEYS = workspaceKeys('T0ACME');

let redis: PrivateRedis;
let client: ReturnType<typeof connect>;
let viewers: Viewers;

beforeAll(async () => {
  redis = await startPrivateRedis();
  client = connect(redis.connection);
  viewers = createRedisViewers(client, 'T0ACME');
});
beforeEach(() => redis.flush());
afterAll(async () => {
  client?.disconnect();
  await redis?.stop();
});

it('knows who opened Home since then, each once, and forgets the others', async () => {
  await viewers.opened('U0ANN', 1_000);
  await viewers.opened('U0BEN', 2_000);
  await viewers.opened('U0ANN', 3_000);
  expect(await viewers.since(2_000)).toEqual(['U0BEN', 'U0ANN']);
  expect(await viewers.since(2_001)).toEqual(['U0ANN']);
  expect(await client.zcard(KEYS.viewers)).toBe(1);
});

it('keeps nothing of whoever may not look', async () => {
  await viewers.opened('U0ANN', 1_000);
  await viewers.shownBy('one', 'U0ANN');
  await viewers.forget('U0ANN');
  await viewers.forget('U0GUS');
  expect(await client.keys('*')).toEqual([]);
});

it('counts changes', async () => {
  expect(await viewers.changes()).toBe(0);
  expect(await viewers.changed()).toBe(1);
  expect(await viewers.changed()).toBe(2);
  expect(await viewers.changes()).toBe(2);
});

it('knows whether the same process showed it last, to each, for some hours', async () => {
  expect(await viewers.shownBy('one', 'U0ANN')).toBe(false);
  expect(await viewers.shownBy('one', 'U0ANN')).toBe(true);
  expect(await viewers.shownBy('two', 'U0ANN')).toBe(false);
  expect(await viewers.shownBy('one', 'U0ANN')).toBe(false);
  expect(await viewers.shownBy('one', 'U0BEN')).toBe(false);
  expect(await client.ttl(KEYS.shownBy('U0ANN'))).toBeGreaterThan(3_600);
});
