/** Those who wait for an ack, and what gives way to them. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Acks } from '../../../src/adapters/slack/acks.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(acks: Acks): { readonly done: boolean } {
  const watch = { done: false };
  void acks.giveWay().then(() => {
    watch.done = true;
  });
  return watch;
}
const settle = () => vi.advanceTimersByTimeAsync(0);

it('lets everything go on while nobody waits', async () => {
  const way = watched(new Acks());
  await settle();
  expect(way.done).toBe(true);
});

it('holds up what can wait until the last one is acknowledged, or gone', async () => {
  const acks = new Acks();
  const [one, other] = [acks.arrived(), acks.arrived()];
  const way = watched(acks);
  one('acknowledged');
  one('gone');
  await settle();
  expect(way.done).toBe(false);
  other('gone');
  await settle();
  expect(way.done).toBe(true);
});

it('lets those who gave way go one by one, and whoever comes between them first', async () => {
  const acks = new Acks();
  const first = acks.arrived();
  const ways = [watched(acks), watched(acks), watched(acks)];
  const gone = () => ways.map(({ done }) => done);
  first('acknowledged');
  await Promise.resolve();
  await Promise.resolve();
  expect(gone()).toEqual([true, false, false]);
  const between = acks.arrived();
  await vi.advanceTimersByTimeAsync(1);
  expect(gone()).toEqual([true, false, false]);
  between('acknowledged');
  await vi.advanceTimersByTimeAsync(1);
  expect(gone()).toEqual([true, true, true]);
});

it('holds up nothing for longer than 25 ms, however many keep coming; and then too one by one', async () => {
  const acks = new Acks();
  acks.arrived();
  const ways = [watched(acks), watched(acks)];
  await vi.advanceTimersByTimeAsync(24);
  expect(ways.map(({ done }) => done)).toEqual([false, false]);
  vi.advanceTimersByTime(1);
  await Promise.resolve();
  await Promise.resolve();
  expect(ways.map(({ done }) => done)).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(1);
  expect(ways.map(({ done }) => done)).toEqual([true, true]);
});

it('gives way for 100 ms to each: who waits for longer does not wait for us', async () => {
  const acks = new Acks();
  const over = acks.arrived();
  await vi.advanceTimersByTimeAsync(100);
  const way = watched(acks);
  await settle();
  expect(way.done).toBe(true);
  over('acknowledged');
  acks.arrived();
  const later = watched(acks);
  await settle();
  expect(later.done).toBe(false);
});

it('tells how long each ack took, once, and nothing of those that never came', () => {
  const told: number[] = [];
  const acks = new Acks((seconds) => told.push(seconds));
  const [one, other] = [acks.arrived(), acks.arrived()];
  vi.advanceTimersByTime(40);
  one('acknowledged');
  one('acknowledged');
  other('gone');
  expect(told).toEqual([0.04]);
});
