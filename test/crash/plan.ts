/** Which crashes are played: all that were recorded, or a sample in which each port's every method is struck. */
import type { Chance } from '../fuzz/chance.ts';
import { JOURNEYS, type Journey } from './journeys.ts';
import type { Point } from './orders.ts';
import { type Batch, type Scene, TURN_ACCOUNTS } from './theatre.ts';

/** How each journey went undisturbed: its calls, in order. */
export type Recorded = ReadonlyMap<string, readonly string[]>;

const WHEN: readonly Point['when'][] = ['before', 'after'];

/** The post of the card, in every journey that has one. */
const CARD = 'slack.send#1';

function sceneAt(journey: Journey, call: string, when: Point['when'], calls: readonly string[]): Scene {
  return { journey, point: { call, when }, isEarly: calls.indexOf(call) <= calls.indexOf(CARD) };
}

/** @param share one in so many of them. */
export function allScenes(recorded: Recorded, share: number, chance: Chance): readonly Scene[] {
  const all = JOURNEYS.flatMap((journey) =>
    (recorded.get(journey.name) ?? []).flatMap((call, _index, calls) =>
      WHEN.map((when) => sceneAt(journey, call, when, calls)),
    ),
  );
  return shuffle(all, chance).filter((_scene, index) => index % share === 0);
}

/** Each method that was called, before and after, each in a journey and at a number of chance. */
export function sampleScenes(recorded: Recorded, chance: Chance): readonly Scene[] {
  const where = new Map<string, { readonly journey: Journey; readonly call: string }[]>();
  for (const journey of JOURNEYS) {
    for (const call of recorded.get(journey.name) ?? []) {
      const method = methodOf(call);
      where.set(method, [...(where.get(method) ?? []), { journey, call }]);
    }
  }
  return [...where.values()].flatMap((calls) =>
    WHEN.map((when) => {
      const { journey, call } = chance.pick(calls);
      return sceneAt(journey, call, when, recorded.get(journey.name) ?? []);
    }),
  );
}

export function methodOf(call: string): string {
  return call.slice(0, call.indexOf('#'));
}

/**
 * As many at once as there are places, half with a standby. No more take an account's turn than there are accounts.
 * Those that move the clock are among themselves, and apart from each other those that are stopped before there is a
 * card: the others would move it over their heads, and they would expire before they have one.
 */
export function batchesOf(scenes: readonly Scene[], places: number, chance: Chance): readonly Batch[] {
  const batches: { clock: string; turns: number; scenes: Scene[] }[] = [];
  for (const scene of shuffle(scenes, chance)) {
    const { movesClock = false, takesTurn = false } = scene.journey;
    const clock = !movesClock ? 'stands' : scene.isEarly === true ? 'moves afterwards' : 'moves';
    const turns = takesTurn ? 1 : 0;
    const fits = batches.find(
      (each) => each.scenes.length < places && each.clock === clock && each.turns + turns <= TURN_ACCOUNTS.length,
    );
    if (fits === undefined) batches.push({ clock, turns, scenes: [scene] });
    else {
      fits.scenes.push(scene);
      fits.turns += turns;
    }
  }
  return batches.map((batch, index) => ({
    scenes: batch.scenes,
    takeOver: index % 2 === 0 ? 'standby' : 'successor',
  }));
}

/** In the long form each of these calls is struck at so many numbers. */
const EACH = 3;
/** The first is made before anybody has asked for anything, and the last ones after all have what they asked for. */
const [FIRST, LAST] = [1, -2];

/** All journeys at once, as they were recorded, killed wherever they are when a call comes that is no request's. */
export function processBatches(calls: readonly string[], points: 'all' | 'sample', chance: Chance): readonly Batch[] {
  const scenes = JOURNEYS.filter(({ movesClock }) => movesClock !== true).map((journey) => ({ journey }));
  const methods = [...new Set(calls.map(methodOf))].filter(
    (method) => points === 'all' || method === 'requests.takeDue',
  );
  return methods.flatMap((method) => {
    const numbered = calls.filter((call) => methodOf(call) === method).slice(FIRST, LAST);
    return WHEN.flatMap((when, index) =>
      Array.from({ length: Math.min(numbered.length, points === 'all' ? EACH : 1) }, () => ({
        scenes,
        takeOver: index === 0 ? ('standby' as const) : ('successor' as const),
        point: { call: chance.pick(numbered), when },
      })),
    );
  });
}

function shuffle<T>(items: readonly T[], chance: Chance): readonly T[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
