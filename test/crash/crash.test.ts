/** Crashes at a sample of all points, through the same code as `npm run crash`, with a seed that is fixed. */
import { describe, expect, it } from 'vitest';
import { METHODS } from './every-port.ts';
import { JOURNEYS } from './journeys.ts';
import { crash } from './run.ts';
import { Theatre } from './theatre.ts';

const SEED = 20_261_130;

/** Which no journey here calls. */
const UNCALLED = [
  // For what can't be read, and for what a cloud makes that was only to check.
  'requests.putOff',
  'slots.halt',
  // For whoever looks at lists.
  'directory.glance',
  'requests.list',
  'requests.read',
  // For operators.
  'requests.history',
  // When a process starts, and later to refresh what forms offer.
  'cloud.listInstances',
  'cloud.listEndpointServices',
];

// Side by side, since each mostly waits for claims to run out.
describe.concurrent('a crash', () => {
  it('a process that is killed before or after any call of a port leaves nothing undone, and nothing done twice', async () => {
    const { tallies, failures, struck, uncalled } = await crash({
      seed: SEED,
      points: 'sample',
      share: 1,
      theatres: 3,
      places: 24,
    });
    const sum = (key: 'played' | 'notReached') => [...tallies.values()].reduce((all, tally) => all + tally[key], 0);
    console.log(`crash: seed ${SEED}, ${sum('played')} plays, ${sum('notReached')} not reached`);
    expect(failures).toEqual([]);
    expect(uncalled.toSorted()).toEqual(UNCALLED.toSorted());
    const called = METHODS.filter((method) => !UNCALLED.includes(method));
    const missed = called
      .flatMap((method) => [`${method} before`, `${method} after`])
      .filter((each) => !struck.has(each));
    expect(missed.length).toBeLessThanOrEqual(4);
  }, 600_000);

  it('a bot that posts again without having found what it posted is found out', async () => {
    const theatre = await Theatre.open(2, { CRASH_MISTAKE: 'forgetful' });
    try {
      // Not the card: whoever clicks it shows where it is.
      const scenes = JOURNEYS.filter(({ name }) => name === 'create' || name === 'cancel').map((journey) => ({
        journey,
        point: { call: 'slack.send#3', when: 'after' } as const,
      }));
      const { played } = await theatre.play({ scenes, takeOver: 'successor' }, new Map());
      // Which message is the third depends on which was ready first; a private one may be said again anyway.
      expect(played.flatMap(({ problems }) => problems)).toContainEqual(expect.stringContaining('there twice'));
    } finally {
      await theatre.close();
    }
  }, 120_000);
});
