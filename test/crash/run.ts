/** Plays every journey undisturbed, then crashed at its points, in several theatres side by side. */
import { Chance } from '../fuzz/chance.ts';
import type { Ending } from './ending.ts';
import { METHODS } from './every-port.ts';
import { JOURNEYS } from './journeys.ts';
import { allScenes, batchesOf, methodOf, processBatches, sampleScenes } from './plan.ts';
import { type Batch, type BatchPlayed, Theatre } from './theatre.ts';

export interface CrashOptions {
  readonly seed: number;
  /** `all` recorded points, or a `sample` in which each method is struck before and after. */
  readonly points: 'all' | 'sample';
  /** Of all points, one in so many. */
  readonly share: number;
  readonly theatres: number;
  /** How many plays go on at once in each. */
  readonly places: number;
  /** This one alone. */
  readonly journey?: string;
  readonly say?: (line: string) => void;
  /** Told at once, as the whole may take long. */
  readonly onFailure?: (failure: string) => void;
}

export interface Tally {
  played: number;
  /** It was over, or waited for something, before it came to the point. */
  notReached: number;
  failed: number;
}

export interface CrashReport {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly failures: readonly string[];
  /** `slack.send before`: struck at least once. */
  readonly struck: ReadonlySet<string>;
  /** Methods that no journey calls. */
  readonly uncalled: readonly string[];
}

/** For what is stopped at a call of no request's: the row of those that were under way. */
const ALL = 'all at once';

export async function crash(options: CrashOptions): Promise<CrashReport> {
  const { seed, points, share, theatres, places, journey, say = () => {}, onFailure = () => {} } = options;
  const chance = new Chance(seed);
  const house = new House(places, theatres);
  try {
    const { calls, processCalls, endings } = await recorded(house, journey);
    const total = [...calls.values()].reduce((sum, each) => sum + each.length, 0);
    say(`${calls.size} journeys make ${total} calls: ${2 * total} points`);
    const scenes = points === 'all' ? allScenes(calls, share, chance) : sampleScenes(calls, chance);
    const batches = [
      ...batchesOf(scenes, places, chance),
      ...(journey === undefined ? processBatches(processCalls, points, chance) : []),
    ];
    const tally = new Tallies();
    let done = 0;
    await house.eachOf(batches, async (theatre, batch) => {
      const result = await theatre.play(batch, endings);
      for (const failure of tally.add(batch, result)) onFailure(failure);
      done += 1;
      say(`${done} of ${batches.length} processes killed, ${tally.summary()}`);
      return tally.isSound(result);
    });
    const called = new Set([...calls.values(), processCalls].flat().map(methodOf));
    return { ...tally, uncalled: METHODS.filter((method) => !called.has(method)) };
  } finally {
    await house.close();
  }
}

async function recorded(house: House, only: string | undefined) {
  const chosen = JOURNEYS.filter(({ name }) => only === undefined || name === only);
  const groups = [false, true].map((clock) => chosen.filter(({ movesClock = false }) => movesClock === clock));
  const batches = groups
    .filter((group) => group.length > 0)
    .map((group): Batch => ({ scenes: group.map((journey) => ({ journey })), takeOver: 'standby' }));
  const calls = new Map<string, readonly string[]>();
  const endings = new Map<string, Ending>();
  const processCalls: string[] = [];
  await house.eachOf(batches, async (theatre, batch) => {
    const result = await theatre.play(batch);
    const problems = [...result.amiss, ...result.played.flatMap((each) => each.problems)];
    if (problems.length > 0) throw new Error(`undisturbed: ${problems.join('; ')}`);
    for (const { scene, calls: own, ending } of result.played) {
      calls.set(scene.journey.name, own);
      if (ending !== undefined) endings.set(scene.journey.name, ending);
    }
    if (result.processCalls.length > processCalls.length) processCalls.splice(0, Infinity, ...result.processCalls);
    return true;
  });
  return { calls, endings, processCalls };
}

/** What the stand-ins noted of so many batches fills some hundred megabytes; the next theatre begins with empty books. */
const BATCHES_OF_A_THEATRE = 6;

/** Theatres, each of which opens when it is needed, and anew after a failure, or after a while. */
class House {
  private readonly places: number;
  private readonly open: (Theatre | undefined)[];

  constructor(places: number, theatres: number) {
    this.places = places;
    this.open = Array.from({ length: theatres }, () => undefined);
  }

  /** @param work answers whether the theatre can be used again. */
  async eachOf(batches: readonly Batch[], work: (theatre: Theatre, batch: Batch) => Promise<boolean>): Promise<void> {
    const left = [...batches];
    const lane = async (_: unknown, at: number): Promise<void> => {
      for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
        const theatre = this.open[at] ?? (await Theatre.open(this.places));
        this.open[at] = theatre;
        const isSound = await work(theatre, batch);
        if (isSound && theatre.batches < BATCHES_OF_A_THEATRE) continue;
        this.open[at] = undefined;
        await theatre.close();
      }
    };
    await Promise.all(this.open.map(lane));
  }

  async close(): Promise<void> {
    await Promise.all(this.open.map((theatre) => theatre?.close()));
  }
}

class Tallies {
  readonly tallies = new Map<string, Tally>();
  readonly failures: string[] = [];
  readonly struck = new Set<string>();

  isSound({ amiss, played }: BatchPlayed): boolean {
    return amiss.length === 0 && played.every(({ problems }) => problems.length === 0);
  }

  /** @returns what failed. */
  add({ point, takeOver }: Batch, { played, amiss }: BatchPlayed): readonly string[] {
    const failures = [...amiss];
    for (const { scene, reached, problems } of played) {
      const name = point === undefined ? scene.journey.name : ALL;
      const tally = this.tallies.get(name) ?? { played: 0, notReached: 0, failed: 0 };
      this.tallies.set(name, tally);
      const at = scene.point ?? point;
      tally.played += 1;
      if (!reached) tally.notReached += 1;
      else if (at !== undefined) this.struck.add(`${methodOf(at.call)} ${at.when}`);
      if (problems.length === 0) continue;
      tally.failed += 1;
      failures.push(`${scene.journey.name}, ${at?.when} ${at?.call}, ${takeOver}: ${problems.join('; ')}`);
    }
    this.failures.push(...failures);
    return failures;
  }

  summary(): string {
    const all = [...this.tallies.values()];
    const sum = (key: keyof Tally) => all.reduce((total, tally) => total + tally[key], 0);
    return `at ${sum('played')} points, ${sum('notReached')} not reached, ${sum('failed')} failed`;
  }
}
