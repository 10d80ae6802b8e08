/** Many requests approved at once, with Slack as slow as it may be: what became of them, from the stand-ins' own books. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { isCreate } from '../../sandbox/alibaba-cloud/is-create.ts';
import { sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { createState } from '../../sandbox/alibaba-cloud/state.ts';
import { ask, cards, requestIdOf, textOf } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { channel, person, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { createRequestStore } from '../../src/adapters/redis/request-store.ts';
import { isRequestId } from '../../src/domain/ids.ts';
import { eachOf } from '../support/each-of.ts';
import { watchPromptness } from './promptness.ts';

export interface BurstOptions {
  readonly requests: number;
  readonly processes: number;
  readonly redisUrl: string;
  readonly say: (line: string) => void;
  /** Whether to wait for the last card, too: Slack takes 50 updates a minute. */
  readonly untilCards: boolean;
}

export interface BurstReport {
  readonly requests: number;
  readonly endpoints: number;
  /** Milliseconds, sorted: of the approvals, which come as fast as they are taken. */
  readonly acks: readonly number[];
  /** The same for clicks of others while all of it drains. */
  readonly acksMeanwhile: readonly number[];
  /** Until they were told something, or saw the card change. */
  readonly answersMeanwhile: readonly number[];
  /** Creates that came before one with an earlier place. */
  readonly outOfOrder: number;
  /** Between two creates of the account, of those that were noticed when they came in; so many there are. */
  readonly closestCreatesMs: number;
  readonly promptCreates: number;
  /** Answers of Slack that said "slower", and all answers to posts and updates. */
  readonly slower: number;
  readonly posts: number;
  readonly doubled: number;
  readonly drainedMs: number;
}

const ASKERS = Array.from({ length: 8 }, (_, index) => `U0ASKER${index}`);
/** Results are spread, as those of several teams are. */
const TEAMS = Array.from({ length: 12 }, (_, index) => `C0TEAM${String(index).padStart(2, '0')}`);
/** Of one account, whose creates have one order; no instance has very many endpoints. */
const INSTANCES = 40;
/** As fast as clicks can be taken, but not all in one tick: this process has to make them, too. */
const CLICKS_AT_ONCE = 50;
/** How often somebody clicks while all of it drains. */
const CLICK_EVERY_MS = 250;

export async function burst(options: BurstOptions): Promise<BurstReport> {
  const { requests, processes, redisUrl, say } = options;
  const seed = sampleWorkspace();
  const [template] = sampleCloud().instances;
  if (template === undefined) throw new Error('no instance');
  const instances = Array.from({ length: INSTANCES }, (_, index) => ({
    ...template,
    instanceId: `es-cn-burst${String(index).padStart(12, '0')}`,
    description: `burst-${index}`,
  }));
  const services = Array.from({ length: requests }, (_, index) => ({
    serviceId: `epsrv-hp3burst${String(index).padStart(5, '0')}`,
    name: `burst-${index}`,
    description: '',
    status: 'Active',
    autoAccept: true,
    zones: ['cn-hangzhou-i'],
  }));
  const stage = await openStage({
    redisUrl,
    cloud: { state: createState({ instances, services }) },
    slack: {
      users: [...seed.users, ...ASKERS.map((id) => person(id, id.toLowerCase(), id))],
      channels: [...seed.channels, ...TEAMS.map((id) => channel(id, id.toLowerCase(), [...ASKERS, 'U0BOT']))],
    },
  });
  try {
    for (let more = 1; more < processes; more += 1) await stage.addBot();
    await askAll(stage, { instances, services }, say);
    return await approveAll(stage, options);
  } finally {
    await stage.stop();
  }
}

async function askAll(
  { slack }: Stage,
  {
    instances,
    services,
  }: {
    readonly instances: readonly { readonly instanceId: string }[];
    readonly services: readonly { readonly serviceId: string }[];
  },
  say: BurstOptions['say'],
): Promise<void> {
  await Promise.all(
    ASKERS.map(async (who, askerIndex) => {
      for (let index = askerIndex; index < services.length; index += ASKERS.length) {
        const where = TEAMS[index % TEAMS.length] ?? 'C0DATA';
        const { serviceId } = services[index] ?? { serviceId: '' };
        const { instanceId } = instances[index % instances.length] ?? { instanceId: '' };
        const outcome = await ask(slack, { who, where, instance: instanceId, service: serviceId });
        if (outcome.outcome !== 'closed') throw new Error(`not asked: ${JSON.stringify(outcome)}`);
      }
    }),
  );
  await slack.waitFor(() => cards(slack).length === services.length, { timeoutMs: 120_000, what: 'all cards' });
  say(`${services.length} cards are there`);
}

async function approveAll(stage: Stage, { requests, redisUrl, say, untilCards }: BurstOptions): Promise<BurstReport> {
  const { slack, cloud } = stage;
  slack.switches.rateLimits = 'slack';
  const promptness = watchPromptness();
  const startedAt = performance.now();
  const before = slack.log.calls.length;
  const all = [...cards(slack)];
  const asWaiting = structuredClone(all);
  let failed = 0;
  await eachOf(all, CLICKS_AT_ONCE, async (card) => {
    // Whoever is told that it failed clicks again.
    while (!(await slack.as('U0BEN').click(card, 'approve')).ok) failed += 1;
  });
  // What they click has been approved by then: they are to be told so.
  const meanwhile = bystander(slack, asWaiting);
  const acks = slack.log.deliveries
    .filter(({ what, user }) => what === 'approve' && user === 'U0BEN')
    .map(({ ackMs }) => ackMs);
  say(`approved, ${failed} acks failed, the slowest after ${Math.round(Math.max(...acks))} ms`);

  await slack.waitFor(() => cloud.state.endpoints.length === requests, { timeoutMs: 600_000, what: 'all endpoints' });
  say(`all endpoints after ${Math.round(performance.now() - startedAt)} ms`);
  const results = () => slack.workspace.messages.filter(({ metadata }) => metadata?.event_payload.message === 'result');
  await slack.waitFor(() => results().length >= requests, { timeoutMs: 1_800_000, what: 'all results' });
  say(`all results after ${Math.round(performance.now() - startedAt)} ms`);
  if (untilCards) {
    const isFinal = (card: Message) => textOf(card).includes('ep-');
    await slack.waitFor(() => all.every(isFinal), { timeoutMs: 3_600_000, what: 'final cards' });
  }
  const drainedMs = performance.now() - startedAt;
  const { acksMs, answersMs } = await meanwhile();

  const calls = slack.log.calls.slice(before).filter(({ method }) => /^chat\.(post|update)/.test(method));
  const creates = cloud.calls.filter(isCreate);
  const distances = creates.flatMap(({ at }, index) => {
    const before = creates[index - 1];
    return before === undefined || !promptness.wasPrompt(at) ? [] : [at - before.at];
  });
  promptness.stop();
  return {
    requests,
    endpoints: cloud.state.endpoints.length,
    acks: sorted(acks),
    acksMeanwhile: sorted(acksMs),
    answersMeanwhile: sorted(answersMs),
    outOfOrder: await outOfOrder(
      redisUrl,
      all.map(requestIdOf),
      creates.map(({ body }) => body),
    ),
    closestCreatesMs: Math.min(...distances),
    promptCreates: distances.length,
    slower: calls.filter(({ status }) => status === 429).length,
    posts: calls.length,
    doubled: slack.log.duplicatePosts().length,
    drainedMs,
  };
}

/** Clicks one card after the other that was decided already, as people do who come late. @returns what ends it. */
function bystander(slack: LocalSlack, stale: readonly Message[]) {
  const acksMs: number[] = [];
  const answersMs: number[] = [];
  let over = false;
  const clicking = (async () => {
    for (let index = 0; !over; index += 1) {
      const card = stale[index % stale.length];
      if (card === undefined) break;
      const cat = slack.as('U0CAT');
      const told = cat.ephemerals('C0APPROVALS').length;
      const clickedAt = performance.now();
      await cat.click(card, 'approve');
      acksMs.push(performance.now() - clickedAt);
      await slack.waitFor(() => cat.ephemerals('C0APPROVALS').length > told, { timeoutMs: 60_000, what: 'an answer' });
      answersMs.push(performance.now() - clickedAt);
      await sleep(CLICK_EVERY_MS);
    }
  })();
  return async () => {
    over = true;
    await clicking;
    return { acksMs, answersMs };
  };
}

/** How many creates were sent before another whose place in the account's order was earlier. */
async function outOfOrder(redisUrl: string, ids: readonly string[], bodies: readonly string[]): Promise<number> {
  const redis = new Redis(redisUrl);
  const store = createRequestStore(redis, 'T0ACME');
  const places = new Map<string, number>();
  for (const id of ids) {
    const entries = isRequestId(id) ? await store.history(id) : [];
    const asked = entries.find(({ event }) => event.type === 'submitted');
    // A try that came to nothing has given its place up.
    const reserved = entries.findLast(({ event }) => event.type === 'slot-reserved');
    if (asked?.event.type === 'submitted' && reserved?.event.type === 'slot-reserved') {
      places.set(asked.event.asked.operation.serviceId, reserved.event.slotAt);
    }
  }
  redis.disconnect();
  const times = bodies.map((body) => places.get((JSON.parse(body) as { serviceId: string }).serviceId) ?? 0);
  let latest = 0;
  let count = 0;
  for (const time of times) {
    if (time < latest) count += 1;
    latest = Math.max(latest, time);
  }
  return count;
}

function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((one, other) => one - other);
}
