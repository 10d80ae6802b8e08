/** What a run has in hand: what waits for company, what has to be committed at once, and what rests. */
import { afterEach, expect, it, vi } from 'vitest';
import { InHand } from '../../src/application/in-hand.ts';
import type { Launch } from '../../src/application/launches.ts';
import { ID, T0 } from '../support/samples.ts';

const LOG = { info() {}, warn() {}, error() {} };
const fold = () => {};

/** Real time stands still until it is told to go on. */
function atRest() {
  let passed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => passed);
  return {
    hand: new InHand(ID, LOG, new AbortController().signal),
    pass(ms: number) {
      passed += ms;
    },
  };
}
afterEach(() => vi.restoreAllMocks());

const launch = (key: string, more: Partial<Launch> = {}): Launch => ({
  key,
  at: T0,
  run: () => Promise.resolve(fold),
  ...more,
});
const never = (): Promise<typeof fold> => new Promise(() => {});
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('wants what somebody waits for committed at once, and anything else within 30 ms', async () => {
  const { hand, pass } = atRest();
  expect(hand.commitInMs()).toBeUndefined();
  hand.start(launch('slow', { run: never }), undefined);
  hand.start(launch('message', { unhurried: true }), undefined);
  await hand.ended();
  expect(hand.commitInMs()).toBe(30);
  pass(20);
  expect(hand.commitInMs()).toBe(10);
  hand.start(launch('create'), undefined);
  await hand.ended();
  expect(hand.commitInMs()).toBe(0);
});

it('waits for no company where none can come', async () => {
  const { hand } = atRest();
  hand.start(launch('message', { unhurried: true }), undefined);
  await turn();
  expect(hand.commitInMs()).toBe(0);
  expect(hand.isEmpty()).toBe(false);
  const folds = hand.folds();
  expect(hand.holdsOnly(folds)).toBe(true);
  hand.settle(folds);
  expect(hand.isEmpty()).toBe(true);
});

it('starts what is due, once at a time, with a rest between, and a send never twice', async () => {
  const { hand, pass } = atRest();
  const [look, send] = [launch('look'), launch('send', { once: true })];
  expect(hand.mayStart(launch('later', { at: T0 + 1 }), T0)).toBe(false);
  for (const each of [look, send]) {
    expect(hand.mayStart(each, T0)).toBe(true);
    hand.start(each, undefined);
    expect(hand.mayStart(each, T0)).toBe(false);
  }
  await turn();
  pass(999);
  expect(hand.mayStart(look, T0)).toBe(false);
  expect(hand.dueAt(look, [], T0)).toBe(T0 + 1);
  pass(1);
  expect([hand.mayStart(look, T0), hand.mayStart(send, T0)]).toEqual([true, false]);
  expect([hand.dueAt(look, [look], T0), hand.dueAt(send, [], T0)]).toEqual([T0 + 10_000, T0 + 10_000]);
});

it('takes an effect that throws for one that brought nothing', async () => {
  const { hand } = atRest();
  const error = vi.spyOn(LOG, 'error');
  hand.start(launch('look', { run: () => Promise.reject(new Error('no answer')) }), undefined);
  await turn();
  expect(hand.isEmpty()).toBe(true);
  expect(error).toHaveBeenCalledOnce();
});
