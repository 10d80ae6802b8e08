/** One run: people with requests on one side, trouble on the other, and at the end the judge. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Chance } from '../fuzz/chance.ts';
import { eachOf } from '../support/each-of.ts';
import { newService } from '../support/story.ts';
import { armCloud, plantForeign } from './cloud-trouble.ts';
import { type Counts, countFaults } from './counts.ts';
import { keepDossiers } from './dossier.ts';
import { type Ground, openGround } from './ground.ts';
import { judge } from './judge.ts';
import { readLedger, unsettled } from './ledger.ts';
import { Mail } from './mail.ts';
import { within } from './patience.ts';
import { live } from './people.ts';
import { plans } from './plan.ts';
import { landLateUpdates, updatesInTheAir } from './slack-trouble.ts';
import type { Column } from './table.ts';
import type { Life, Plan } from './types.ts';
import { Weather } from './weather.ts';

const AT_ONCE = 40;
/** After the last request's end: for what is still to be said, and for claims whose holder is dead. */
const SETTLE_MS = 90_000;
const FAITH_MS = 120_000;
/** What it has not done by now it never will. */
const FAITH_IN_RIVAL_MS = 20_000;
/** After an update with an unclear outcome, or refused blocks. */
const REDRAWN_MS = 60_000;
const TICK_MS = 20;
/** Past the bot's patience with a post, a stand-in that is too slow is itself a fault that nobody injected. */
const STANDS_STILL_MS = 3_000;

export interface Torture {
  readonly seed: number;
  readonly requests: number;
  /** After this nothing more is asked for, however many requests there were. */
  readonly askForMs?: number;
  /** How often something strikes whoever is there: after so many requests. */
  readonly stormEvery: number;
  /** How long a process may be frozen. */
  readonly frozenMs: number;
  /** Another program than the bot: one that keeps no books. */
  readonly rival?: string;
  readonly say?: (line: string) => void;
  /** Where the bots' logs go when something was wrong. */
  readonly logFolder?: string;
}

export interface Result extends Column {
  readonly counts: Counts;
  /** How often the bots called each method of Slack's, the busiest first. */
  readonly busiest: readonly (readonly [method: string, calls: number])[];
  /** For how long the local Slack and cloud, which share a process with the people, stood still at most. */
  readonly stoodStillMs: number;
  /** Trouble of the harness itself, and of processes that did not stop as they should. */
  readonly amiss: readonly string[];
}

export async function torture(options: Torture): Promise<Result> {
  const { seed, requests, rival, say = () => {} } = options;
  const chance = new Chance(seed);
  const all = plans(requests, chance);
  const ground = await openGround(requests, chance, rival);
  const mail = new Mail(ground.slack);
  const lives: Life[] = [];
  const living = new Set<Life>();
  const pace = monitorEventLoopDelay({ resolution: 20 });
  pace.enable();
  const tick = setInterval(() => {
    landLateUpdates(ground);
    plantForeign([...living], ground);
  }, TICK_MS);
  try {
    const weather = new Weather(ground, chance, options);
    const askUntil = performance.now() + (options.askForMs ?? Number.POSITIVE_INFINITY);
    await eachOf(all, AT_ONCE, async (plan) => {
      if (performance.now() > askUntil) return;
      if (plan.index % options.stormEvery === options.stormEvery - 1) weather.strike();
      const life = begin(plan, ground);
      lives.push(life);
      living.add(life);
      await live(life, { ground, mail, faithMs: rival === undefined ? FAITH_MS : FAITH_IN_RIVAL_MS });
      living.delete(life);
      say(`${lives.length - living.size} of ${requests} requests have ended`);
    });
    say('waiting for the weather to calm down');
    await weather.calm();
    for (const bot of ground.replicas) bot.bot.signal('SIGCONT');
    say('waiting for what is still to be said');
    const open = await settle(ground, rival === undefined);
    const ledger = rival === undefined ? await readLedger(ground.redis) : undefined;
    pace.disable();
    const stoodStillMs = Math.round(pace.max / 1e6);
    const evidence = { lives, ground, mail, ledger, open };
    const verdict = judge(evidence);
    if (options.logFolder !== undefined) await keepDossiers(evidence, verdict, options.logFolder);
    return {
      bot: rival === undefined ? 'vpc-endpoint-bot' : 'naive rival',
      requests: lives.length,
      endpoints: ground.cloud.calls.filter(({ made }) => made !== undefined).length,
      verdict,
      counts: countFaults(lives, ground),
      busiest: busiest(ground),
      stoodStillMs,
      amiss: [
        ...ground.amiss,
        ...protocolTrouble(ground),
        ...(stoodStillMs > STANDS_STILL_MS
          ? [`the local Slack stood still for ${stoodStillMs} ms: what is late or double may be its own`]
          : []),
      ],
    };
  } finally {
    clearInterval(tick);
    await ground.stop();
  }
}

function begin(plan: Plan, ground: Ground): Life {
  const { instances, cloud } = ground;
  const instance = instances[plan.index % instances.length] ?? '';
  const life: Life = { plan, instance, service: newService(cloud), ids: [], foreign: [] };
  armCloud(life, ground);
  return life;
}

/** @returns what is left when patience is over; a rival that keeps no books is given a moment. */
async function settle(ground: Ground, keepsBooks: boolean): Promise<readonly string[]> {
  await within(20_000, () => updatesInTheAir(ground) === 0);
  if (!keepsBooks) return [];
  // What is drawn once more when a lost update can't land any more, and blocks that are tried again, need not be waited for.
  await ground.stage.advance(REDRAWN_MS);
  let open: readonly string[] = [];
  await within(SETTLE_MS, async () => {
    open = await unsettled(ground.redis).catch((error: Error) => [`Redis: ${error.message}`]);
    return open.length === 0;
  });
  return open;
}

function protocolTrouble({ slack: { log } }: Ground): readonly string[] {
  return [...log.protocolErrors, ...log.unknownMethods];
}

function busiest({ slack: { log } }: Ground): Result['busiest'] {
  const calls = new Map<string, number>();
  for (const { method } of log.calls) calls.set(method, (calls.get(method) ?? 0) + 1);
  return [...calls].sort(([, a], [, b]) => b - a).slice(0, 6);
}
