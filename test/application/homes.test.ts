/** Homes kept as things are: shown on opening, shown again on changes, and never left older than what another process showed. */
import { describe, expect, it } from 'vitest';
import type { RequestId } from '../../src/domain/ids.ts';
import { Process, settle, World } from './homes-world.ts';

const ANN = 'U0ANN';
const BEN = 'U0BEN';
const ids = ['A', 'B', 'C'].map((last): RequestId => `req_01K0000000000000000000000${last}`);

describe('a Home', () => {
  it('is shown when it is opened, and again when something changes, without being opened again', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    expect(world.on(ANN)).toBe('-');
    world.decided = ids.slice(0, 1);
    process.homes.changed();
    await process.pass(0);
    expect(world.on(ANN)).toBe('A');
    // Whoever never opened theirs has none.
    expect(world.on(BEN)).toBeUndefined();
  });

  it('is shown at most once in two seconds, and the last change is never lost', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    for (const upTo of [1, 2, 3]) {
      world.decided = ids.slice(0, upTo);
      process.homes.changed();
      await process.pass(10);
    }
    expect(world.on(ANN)).toBe('A');
    await process.pass(1_900);
    expect(world.on(ANN)).toBe('A');
    await process.pass(100);
    expect(world.shown.map(({ text }) => text)).toEqual(['-', 'A', 'ABC']);
    expect(process.next()).toBeUndefined();
  });

  it('that would look the same is not sent', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    process.homes.changed();
    await process.pass(5_000);
    await process.homes.opened(ANN);
    expect(world.shown).toHaveLength(1);
  });

  it('is shown what was changed while it was being opened', async () => {
    const world = new World();
    const [process, other] = [new Process(world), new Process(world, 'two')];
    let letGo = () => {};
    world.hold = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const opening = process.homes.opened(ANN);
    await settle();
    // Nobody looks yet, as far as the other knows.
    world.decided = ids;
    other.homes.changed();
    await other.pass(0);
    letGo();
    await opening;
    expect(world.on(ANN)).toBe('-');
    await process.pass(0);
    expect(world.on(ANN)).toBe('ABC');
  });

  it('is not kept for those who opened it more than half an hour ago', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    world.now += 30 * 60_000 + 1;
    world.decided = ids;
    process.homes.changed();
    await process.pass(5_000);
    expect(world.on(ANN)).toBe('-');
  });

  it('of somebody who is no member is one sentence, and stays it', async () => {
    const world = new World();
    const process = new Process(world);
    world.standing = 'guest';
    await process.homes.opened(ANN);
    expect(world.on(ANN)).toBe('not-for-you');
    world.standing = 'member';
    world.decided = ids;
    process.homes.changed();
    await process.pass(5_000);
    expect(world.on(ANN)).toBe('not-for-you');
  });

  it('keeps its lists while Slack does not say who somebody is, and loses them when they are a guest', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    world.standing = 'unknown';
    process.homes.changed();
    await process.pass(3_000);
    expect(world.on(ANN)).toBe('-');
    world.standing = 'guest';
    process.homes.changed();
    await process.pass(3_000);
    expect(world.on(ANN)).toBe('not-for-you');
    expect(world.looking.size + world.by.size).toBe(0);
  });
});

describe('trouble', () => {
  it('a 429 is waited out for all, and then the latest is shown', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    world.answers.push({ kind: 'busy', error: 'ratelimited', afterMs: 30_000 });
    world.decided = ids.slice(0, 1);
    process.homes.changed();
    await process.pass(0);
    world.decided = ids.slice(0, 2);
    process.homes.changed();
    await process.pass(29_999);
    expect(world.on(ANN)).toBe('-');
    await process.pass(1);
    expect(world.on(ANN)).toBe('AB');
  });

  it('a 429 on opening is made up for', async () => {
    const world = new World();
    const process = new Process(world);
    world.answers.push({ kind: 'busy', error: 'ratelimited', afterMs: 3_000 });
    await process.homes.opened(ANN);
    expect(world.on(ANN)).toBeUndefined();
    await process.pass(3_000);
    expect(world.on(ANN)).toBe('-');
  });

  it('what Slack refuses is logged, and is sent again with the next change although it looks the same', async () => {
    const world = new World();
    const process = new Process(world);
    world.answers.push({ kind: 'failed', error: 'internal_error' });
    await process.homes.opened(ANN);
    expect(process.warnings).toEqual(['Home was not shown']);
    expect(process.next()).toBeUndefined();
    process.homes.changed();
    await process.pass(0);
    expect(world.on(ANN)).toBe('-');
  });

  it('while Redis is away an opened Home says so, and a change is shown once it is back', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    world.fails = true;
    world.decided = ids;
    process.homes.changed();
    await process.pass(0);
    await process.homes.opened(BEN);
    expect(world.on(BEN)).toBe('not-read');
    world.fails = false;
    await process.pass(5_000);
    expect(world.on(ANN)).toBe('ABC');
    // Nor has anybody to open theirs again.
    expect(world.on(BEN)).toBe('ABC');
    expect(world.looking.has(BEN)).toBe(true);
  });

  it('a process that stops shows what it still owes, and begins nothing after that', async () => {
    const world = new World();
    const process = new Process(world);
    await process.homes.opened(ANN);
    process.homes.changed();
    await process.pass(0);
    world.decided = ids;
    process.homes.changed();
    expect(process.next()).toBe(2_000);
    await process.homes.stop();
    expect(world.on(ANN)).toBe('ABC');
    process.homes.changed();
    expect(process.next()).toBeUndefined();
  });
});

describe('several processes', () => {
  it('whoever commits shows it to those who opened theirs anywhere', async () => {
    const world = new World();
    const [one, two] = [new Process(world, 'one'), new Process(world, 'two')];
    await one.homes.opened(ANN);
    world.decided = ids;
    two.homes.changed();
    await two.pass(0);
    expect(world.shown.at(-1)).toEqual({ process: 'two', user: ANN, text: 'ABC' });
  });

  it('one that read before a change and shows after it goes again', async () => {
    const world = new World();
    const [one, two] = [new Process(world, 'one'), new Process(world, 'two')];
    await one.homes.opened(ANN);
    let letGo = () => {};
    world.hold = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    world.decided = ids.slice(0, 1);
    one.homes.changed();
    await one.pass(0);
    // Its Home is on the way, with one decision on it. Meanwhile there is another.
    world.decided = ids.slice(0, 2);
    two.homes.changed();
    await two.pass(0);
    expect(world.on(ANN)).toBe('AB');
    letGo();
    await settle();
    expect(world.on(ANN)).toBe('A');
    await one.pass(2_000);
    expect(world.on(ANN)).toBe('AB');
  });

  it('two that find out about each other do not go round for ever', async () => {
    const world = new World();
    const [one, two] = [new Process(world, 'one'), new Process(world, 'two')];
    await one.homes.opened(ANN);
    const holds: (() => void)[] = [];
    world.decided = ids;
    for (const process of [one, two]) {
      world.hold = new Promise<void>((resolve) => holds.push(resolve));
      process.homes.changed();
      await process.pass(0);
    }
    for (const letGo of holds) letGo();
    await settle();
    const { counted } = world;
    await one.pass(60_000);
    await two.pass(0);
    expect([one.next(), two.next()]).toEqual([undefined, undefined]);
    expect(world.counted).toBe(counted);
    expect(world.on(ANN)).toBe('ABC');
  });

  it('one that showed the same before the other showed something else sends it again', async () => {
    const world = new World();
    const [one, two] = [new Process(world, 'one'), new Process(world, 'two')];
    await one.homes.opened(ANN);
    world.decided = ids;
    two.homes.changed();
    await two.pass(0);
    world.decided = [];
    one.homes.changed();
    await one.pass(0);
    expect(world.shown.map(({ process, text }) => [process, text])).toEqual([
      ['one', '-'],
      ['two', 'ABC'],
      ['one', '-'],
    ]);
  });
});
