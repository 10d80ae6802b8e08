/** Plays one stage's combinations side by side, with one bot for all. */
import { randomUUID } from 'node:crypto';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { Stage, StageConfig } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';
import { withStage } from '../support/stage-of-file.ts';
import { newService, Story } from '../support/story.ts';
import { checkAlarm, checkConnection, checkMade } from './checks.ts';
import type { Combination, NumberedRow, StagePlan } from './factors.ts';
import { type Ending, endingOf } from './oracle.ts';
import { ALARMS, configFor, openPart, type Part, workspaceFor } from './parts.ts';

const MINUTE = 60_000;
/** More than the longest pause between two looks at a young endpoint's connection. */
const STEP_MS = 31_000;
/** Connecting, after the create and after the acceptance, with some to spare. */
const STEPS = 8;
/** Where the connection is never shown, so often it is looked for. */
const FEWEST_STEPS = 3;
const LOOKS = new Set(['connection-looked', 'connection-unaccepted', 'connected', 'connection-down']);
/** Slack may take one message a second and channel. */
const PATIENCE_MS = 40_000;

export interface Failed {
  readonly row: NumberedRow;
  readonly reason: unknown;
}

/** A request that has its endpoint. */
interface Made {
  readonly part: Part;
  readonly story: Story;
  readonly ending: Extract<Ending, { kind: 'made' }>;
}

/** Plays them all. @returns those that did not end as they must. */
export async function playStage(plan: StagePlan): Promise<readonly Failed[]> {
  const parts = await Promise.all(plan.rows.map(openPart));
  const failed: Failed[] = [];
  const each = async <T, R>(of: readonly T[], partOf: (one: T) => Part, work: (one: T) => Promise<R>): Promise<R[]> => {
    const ends = await Promise.all(
      of.map((one) =>
        work(one).catch((reason: unknown) => {
          failed.push({ row: partOf(one).row, reason });
          return undefined;
        }),
      ),
    );
    return ends.filter((end) => end !== undefined);
  };
  const options = {
    transport: plan.transport,
    config: (usual: StageConfig) => configFor(parts, usual),
    slack: { ...workspaceFor(parts), switches: plan.slack },
  };
  try {
    await withStage(async (stage) => {
      const begun = await each(
        parts,
        (part) => part,
        (part) => begin(stage, part),
      );
      const made = begun.filter((one) => one !== 'alarm');
      await connect(stage, made);
      await each(
        made,
        ({ part }) => part,
        ({ story, ending }) => checkConnection(story, ending, PATIENCE_MS),
      );
    }, options);
  } finally {
    await Promise.all(parts.map(({ cloud }) => cloud.stop()));
  }
  return failed;
}

/** Until everything is told but how the connection goes. */
async function begin(stage: Stage, part: Part): Promise<Made | 'alarm'> {
  const { values } = part.row;
  const { cloud, requester: who, account, results: where } = part;
  const service = newService(cloud, { autoAccept: values.acceptance === 'service' });
  const wish = { who, where, account, service, instance: SAMPLE_INSTANCES.orders };
  const story = new Story({ slack: stage.slack, cloud }, wish);
  const outcome = await story.ask();
  if (outcome.outcome !== 'closed') throw new Error(`the form: ${JSON.stringify(outcome)}`);
  const ending = endingOf(values);
  if (ending.kind === 'alarm') {
    await checkAlarm(story, who, ALARMS);
    return 'alarm';
  }
  await approve(stage, story, values);
  await untilMade(stage, story, part);
  await story.ends(PATIENCE_MS);
  checkMade(story, ending, part.results);
  return { part, story, ending };
}

/** Time passes for all of them together, in steps that each let the bot look once. */
async function connect(stage: Stage, made: readonly Made[]): Promise<void> {
  const waiting = () => made.filter(({ story }) => !looksAt(stage, story).includes('connected'));
  const mayHope = () => waiting().some(({ ending }) => ending.connection === 'up');
  for (let step = 1; step <= STEPS && (step <= FEWEST_STEPS || mayHope()); step += 1) {
    const looks = waiting().map(({ story }) => ({ story, before: looksAt(stage, story).length }));
    for (const { part } of made) part.pass(STEP_MS);
    await stage.advance(STEP_MS);
    const done = () => looks.every(({ story, before }) => looksAt(stage, story).length > before);
    await eventually(`look ${step} at the connections`, done, PATIENCE_MS);
  }
}

/** What came of each look; what the log tells is surely in the store. */
function looksAt({ bot }: Stage, { id }: Story): readonly string[] {
  return bot.lines.flatMap(({ request, event }) => (request === id && LOOKS.has(String(event)) ? [String(event)] : []));
}

/** Somebody who may not tries first; and over a socket Slack brings the click that counts a second time. */
async function approve({ slack }: Stage, story: Story, { create, refusalStatus, redeliveredEnvelope }: Combination) {
  const card = await story.cardWith('approve', PATIENCE_MS);
  await slack.as('U0EVE').click(card, 'approve');
  await story.hears('U0EVE', 'somebody of another workspace', PATIENCE_MS);
  const about = { action: 'CreateVpcEndpoint', dryRun: false, about: story.service };
  if (create === 'lost') story.cloud.faults.add({ ...about, when: 'after', kind: { type: 'reset' } });
  if (create === 'throttled') {
    const kind = { type: 'status', status: refusalStatus ?? 429, code: 'Throttling.User' } as const;
    story.cloud.faults.add({ ...about, when: 'before', kind });
  }
  const clicked = await slack.as('U0BEN').click(card, 'approve');
  if (!clicked.ok) throw new Error(`the click: ${clicked.problem}`);
  const envelope = slack.sockets.envelopes.findLast(({ payload }) => JSON.stringify(payload).includes(story.id));
  if (envelope === undefined) return;
  const again = redeliveredEnvelope === 'same_id' ? envelope : { ...envelope, envelope_id: randomUUID() };
  if (!(await slack.sockets.redeliver(again))) throw new Error('the second delivery of the click was not answered');
}

/** What would take minutes is made to pass: a pause after throttling, and the cloud's time until it shows the domain. */
async function untilMade(stage: Stage, story: Story, { row: { values }, pass }: Part): Promise<void> {
  if (values.create === 'throttled') {
    const { id } = story;
    const isPutOff = () => stage.bot.lines.some(({ request, event }) => request === id && event === 'create-postponed');
    await eventually('the create is put off', isPutOff, PATIENCE_MS);
    await stage.advance(6_000);
  }
  await eventually('the endpoint', () => story.endpoints().length > 0, PATIENCE_MS);
  if (values.create === 'lost' && !values.listShowsDomainEarly) {
    const listings = () => story.cloud.calls.filter(({ action }) => action === 'ListVpcEndpoints').length;
    const before = listings();
    await eventually('a look for it', () => listings() > before, PATIENCE_MS);
    pass(MINUTE);
  }
}
