/** One round of one contestant: it is started anew, warmed up and measured, with one request in flight and with many. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCreate } from '../sandbox/alibaba-cloud/is-create.ts';
import type { Message } from '../sandbox/slack/model.ts';
import { eachOf } from '../test/support/each-of.ts';
import type { Contestant } from './contestants.ts';
import { ASKERS, type Ground, openGround, type Target } from './ground.ts';
import { AWAY_MS, type Crowd, type Measure } from './measures.ts';
import { type Approval, approve, askForCard, typeCommand } from './people.ts';
import { processorMs, residentMiB } from './proc.ts';

export type Samples = Readonly<Record<Measure, readonly number[]>>;

/** What one request costs, from the form to the last word. */
export interface Cost {
  readonly slackCalls: number;
  readonly cloudCalls: number;
  /** Of the bot's process. */
  readonly cpuMs: number;
}

export interface Round {
  readonly of: Readonly<Record<Crowd, Samples>>;
  /** click → domain with Slack and the cloud {@link AWAY_MS} away. */
  readonly away: Readonly<Record<Crowd, readonly number[]>>;
  /** With many in flight. */
  readonly cost: Cost;
  /** From the start of the process until it was ready. */
  readonly readyMs: readonly number[];
  /** Of the process, at the end. */
  readonly memoryMiB: number;
  readonly redisVersion: string;
}

export interface RoundOptions {
  readonly samples: number;
  readonly starts: number;
  readonly warmUp: number;
  readonly say: (line: string) => void;
}

export async function playRound(contestant: Contestant, options: RoundOptions): Promise<Round> {
  const { starts, say } = options;
  const readyMs: number[] = [];
  for (let start = 1; start < starts; start += 1) {
    say(`start ${start} of ${starts}`);
    const ground = await openGround(contestant);
    readyMs.push(ground.stage.bot.readyMs);
    await ground.stop();
  }
  say(`start ${starts} of ${starts}`);
  const near = await playNear(contestant, options);
  return { ...near, readyMs: [...readyMs, near.readyMs], away: await playAway(contestant, options) };
}

/** With Slack and the cloud on this machine. */
async function playNear(contestant: Contestant, { samples, warmUp, say }: RoundOptions) {
  const ground = await openGround(contestant);
  try {
    if (warmUp > 0) {
      say('warming up');
      await measure(ground, 1, Math.ceil(warmUp / 4));
      await measure(ground, 16, warmUp);
    }
    say('1 in flight');
    const alone = await measure(ground, 1, samples);
    say('16 in flight');
    const crowded = await measure(ground, 16, samples);
    return {
      of: { 1: alone.times, 16: crowded.times },
      cost: crowded.cost,
      readyMs: ground.stage.bot.readyMs,
      memoryMiB: await residentMiB(pidOf(ground)),
      redisVersion: ground.redisVersion,
    };
  } finally {
    await ground.stop();
  }
}

/** On a ground of its own. */
async function playAway(
  contestant: Contestant,
  { samples, warmUp, say }: RoundOptions,
): Promise<Readonly<Record<Crowd, readonly number[]>>> {
  if (contestant.plays !== 'whole') return { 1: [], 16: [] };
  say(`${AWAY_MS} ms away`);
  const ground = await openGround(contestant, AWAY_MS);
  try {
    if (warmUp > 0) await measure(ground, 16, warmUp);
    const alone = await measure(ground, 1, Math.ceil(samples / 2));
    const crowded = await measure(ground, 16, samples);
    return { 1: alone.times['click → domain'], 16: crowded.times['click → domain'] };
  } finally {
    await ground.stop();
  }
}

async function measure(
  ground: Ground,
  crowd: Crowd,
  samples: number,
): Promise<{ readonly times: Samples; readonly cost: Cost }> {
  const rest = crowd === 1 ? () => quiet(ground) : async () => {};
  const slashAcks = await eachOf(Array.from({ length: samples }), crowd, async (_, hand) => {
    const ackMs = await typeCommand(ground, hand);
    await rest();
    return ackMs;
  });
  const before = await spentSoFar(ground);
  // Not timed: as many as there are hands.
  const asked = await eachOf(newTargets(ground, samples), ASKERS.length, async (target, hand) => ({
    target,
    card: await askForCard(ground, hand, target),
  }));
  await quiet(ground);
  const approvals = await eachOf(
    asked,
    crowd,
    async ({ target, card }: { readonly target: Target; readonly card: Message }) => {
      const approval = await approve(ground, card, target.service);
      await rest();
      return approval;
    },
  );
  await quiet(ground);
  const after = await spentSoFar(ground);
  const times = {
    'slash → ack': slashAcks,
    'click → ack': approvals.map(({ ackMs }) => ackMs),
    'click → create': untilCreates(ground, approvals),
    'click → domain': approvals.flatMap(({ domainMs }) => domainMs ?? []),
  };
  const each = (name: keyof Cost) => (after[name] - before[name]) / samples;
  return {
    times,
    cost: { slackCalls: each('slackCalls'), cloudCalls: each('cloudCalls'), cpuMs: each('cpuMs') },
  };
}

const newTargets = (ground: Ground, count: number): readonly Target[] =>
  Array.from({ length: count }, () => ground.newTarget());

/** By the cloud's own book. */
function untilCreates({ stage }: Ground, approvals: readonly Approval[]): readonly number[] {
  const arrivals = new Map<string, number>();
  for (const { body, at } of stage.cloud.calls.filter(isCreate)) {
    const service = /epsrv-\w+/.exec(body)?.[0];
    if (service !== undefined && !arrivals.has(service)) arrivals.set(service, at);
  }
  return approvals.flatMap(({ service, clickedAt }) => {
    const at = arrivals.get(service);
    return at === undefined ? [] : [at - clickedAt];
  });
}

const QUIET_FOR_MS = 30;
const QUIET_AT_LAST_MS = 1_000;

/** What follows a request, such as the last word in a thread, is not to be in flight with the next. */
async function quiet({ stage: { slack, cloud } }: Ground): Promise<void> {
  const said = () => slack.log.calls.length + slack.log.deliveries.length + cloud.calls.length;
  const giveUpAt = performance.now() + QUIET_AT_LAST_MS;
  let heard = said();
  let since = performance.now();
  while (performance.now() - since < QUIET_FOR_MS && performance.now() < giveUpAt) {
    await sleep(5);
    if (said() === heard) continue;
    heard = said();
    since = performance.now();
  }
}

async function spentSoFar(ground: Ground): Promise<Cost> {
  const { slack, cloud } = ground.stage;
  return {
    slackCalls: slack.log.calls.length,
    cloudCalls: cloud.calls.length,
    cpuMs: await processorMs(pidOf(ground)),
  };
}

function pidOf({ stage: { bot } }: Ground): number {
  return Number(bot.lines.find(({ event }) => event === 'ready')?.pid);
}
