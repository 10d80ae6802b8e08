/** What people do in front of each bot, with the clock running: type the command, ask, approve. */
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../sandbox/alibaba-cloud/sample-cloud.ts';
import { fillIn } from '../sandbox/journey.ts';
import type { Message } from '../sandbox/slack/model.ts';
import { BOT_USER } from '../sandbox/slack/sample-workspace.ts';
import { APPROVALS, TEAM } from './books.ts';
import { ASKERS, type Ground, preciseNow, type Target } from './ground.ts';
import { cardBlocks } from './naive/blocks.ts';

export const APPROVER = 'U0BEN';
const PATIENCE_MS = 30_000;

/** Of the same thing each time, as a company has few services. */
const TYPED = { instance: SAMPLE_INSTANCES.orders, service: SAMPLE_SERVICES.alerts, zone: 'cn-hangzhou-i' } as const;

/** @param hand which of the people types. @returns how long the ack took; resolves once the answer is there. */
export async function typeCommand(ground: Ground, hand: number): Promise<number> {
  const { stage, contestant, books } = ground;
  const { instance, service, zone } = TYPED;
  const who = ASKERS[hand] ?? '';
  const person = stage.slack.as(who);
  const told = books.whispers(service, who).length;
  const startedAt = performance.now();
  const { ok, problem } = await person.command(TEAM, '/vpc-endpoint', `create ${instance} ${service} ${zone}`);
  const ackMs = performance.now() - startedAt;
  if (!ok) throw new Error(`${contestant.name}: the command failed: ${problem}`);
  if (contestant.plays === 'whole') {
    const view = await person.waitForView('create_endpoint', { timeoutMs: PATIENCE_MS });
    await person.close(view);
  } else if (contestant.answers) {
    const options = { timeoutMs: PATIENCE_MS, what: 'an answer' };
    await stage.slack.waitFor(() => books.whispers(service, who).length > told, options);
  }
  return ackMs;
}

/** Resolves with a card that can be approved. */
export async function askForCard(ground: Ground, hand: number, target: Target): Promise<Message> {
  const { stage, books, contestant } = ground;
  const { service } = target;
  if (contestant.plays === 'acks') return putCard(ground, target);
  const { person, view } = await fillIn(stage.slack, { ...target, who: ASKERS[hand] ?? '', where: TEAM });
  const submitted = await person.submit(view);
  if (submitted.outcome !== 'closed') throw new Error(`${contestant.name}: not asked: ${JSON.stringify(submitted)}`);
  return await stage.slack.waitFor(() => books.openCard(service), { timeoutMs: PATIENCE_MS, what: 'a card' });
}

/** For bots that post none. */
function putCard({ stage }: Ground, target: Target): Message {
  const request = { ...target, id: `req_${target.service}`, requester: ASKERS[0] ?? '', reason: '', channel: TEAM };
  const blocks = cardBlocks(request, 'Waiting for approval.', true).map((block) => ({ ...block }));
  return stage.slack.workspace.post({ channel: APPROVALS, user: BOT_USER, text: 'Waiting for approval.', blocks });
}

export interface Approval {
  readonly service: string;
  /** By {@link preciseNow}. */
  readonly clickedAt: number;
  readonly ackMs: number;
  /** Until the domain was posted; undefined for bots that create nothing. */
  readonly domainMs: number | undefined;
}

/** Resolves once the domain, or at least an answer, is there. */
export async function approve(ground: Ground, card: Message, service: string): Promise<Approval> {
  const clickedAt = preciseNow();
  // It looks at each change from the click on: the answer may be there before the ack.
  const [ackMs, domainMs] = await Promise.all([clickApprove(ground, card), untilEnd(ground, service, clickedAt)]);
  return { service, clickedAt, ackMs, domainMs };
}

async function clickApprove({ stage, contestant }: Ground, card: Message): Promise<number> {
  const startedAt = performance.now();
  const { ok, problem } = await stage.slack.as(APPROVER).click(card, 'approve');
  if (!ok) throw new Error(`${contestant.name}: the click failed: ${problem}`);
  return performance.now() - startedAt;
}

async function untilEnd(ground: Ground, service: string, clickedAt: number): Promise<number | undefined> {
  const { contestant, books, stage } = ground;
  const options = { timeoutMs: PATIENCE_MS, what: `${contestant.name}: the end of ${service}` };
  if (contestant.plays === 'whole') {
    await stage.slack.waitFor(() => books.result(service), options);
    return preciseNow() - clickedAt;
  }
  if (contestant.answers) await stage.slack.waitFor(() => books.whispers(service, APPROVER).length > 0, options);
  return undefined;
}
