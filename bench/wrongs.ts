/** Three kinds of trouble, and what each bot makes of them: counted from the stand-ins' own books. It asks no bot. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCreate } from '../sandbox/alibaba-cloud/is-create.ts';
import { buttonsOf, textOf } from '../sandbox/journey.ts';
import type { Message } from '../sandbox/slack/model.ts';
import { APPROVALS } from './books.ts';
import type { Contestant } from './contestants.ts';
import { ASKERS, type Ground, openGround } from './ground.ts';
import { TROUBLES, type Trouble, WRONGS, type Wrong } from './measures.ts';
import { APPROVER, askForCard } from './people.ts';

/** At how many requests each was found. */
export type Outcomes = Readonly<Record<Trouble, Readonly<Record<Wrong, number>>>>;

/** How long a create takes that the process does not live to see. */
const CREATE_MS = 500;
const LOOK_MS = 20;

interface Request {
  readonly trouble: Trouble;
  readonly service: string;
  readonly card: Message;
  /** When somebody clicked and was acknowledged. */
  readonly clicks: number[];
}

/** @param each so many requests for each kind of trouble. */
export async function playTroubles(contestant: Contestant, each: number): Promise<Outcomes> {
  const ground = await openGround(contestant);
  try {
    const requests = await askAll(ground, each);
    const of = (trouble: Trouble) => requests.filter((request) => request.trouble === trouble);
    const finished = async (those: readonly Request[]) => {
      const giveUpAt = performance.now() + contestant.patienceMs;
      while (performance.now() < giveUpAt && !those.every((request) => isFinished(ground, request)))
        await sleep(LOOK_MS);
    };
    await Promise.all(of('double click').flatMap((request) => [click(ground, request), click(ground, request)]));
    // What comes of a trouble is not to be cut short by the next one.
    await finished(of('double click'));
    await Promise.all(of('lost reply of the create').map((request) => withReplyLost(ground, request)));
    await finished(of('lost reply of the create'));
    await killed(ground, of('SIGKILL during the create'));
    await finished(requests);
    return count(ground, requests);
  } finally {
    await ground.stop();
  }
}

async function askAll(ground: Ground, each: number): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (const trouble of TROUBLES) {
    for (let index = 0; index < each; index += 1) {
      const target = ground.newTarget();
      const card = await askForCard(ground, index % ASKERS.length, target);
      requests.push({ trouble, service: target.service, card, clicks: [] });
    }
  }
  return requests;
}

/** On the card as it was when it could be approved: whoever clicks twice has not seen it change. */
async function click({ stage }: Ground, { card, clicks }: Request, shown = structuredClone(card)): Promise<void> {
  const at = stage.slack.workspace.now();
  const { ok } = await stage.slack.as(APPROVER).click(shown, 'approve');
  if (ok) clicks.push(at);
}

async function withReplyLost(ground: Ground, request: Request): Promise<void> {
  const about = { action: 'CreateVpcEndpoint', dryRun: false, about: request.service };
  ground.stage.cloud.faults.add({ ...about, when: 'after', kind: { type: 'reset' } });
  await click(ground, request);
}

/** All are approved; once the cloud has heard of the first, the process dies and another starts. */
async function killed(ground: Ground, requests: readonly Request[]): Promise<void> {
  const { stage } = ground;
  for (const { service } of requests) {
    const about = { action: 'CreateVpcEndpoint', dryRun: false, about: service };
    stage.cloud.faults.add({ ...about, when: 'before', kind: { type: 'delay', ms: CREATE_MS } });
  }
  await Promise.all(requests.map((request) => click(ground, request)));
  const heard = () => requests.some(({ service }) => creates(ground, service) > 0);
  const giveUpAt = performance.now() + ground.contestant.patienceMs;
  while (!heard() && performance.now() < giveUpAt) await sleep(1);
  stage.bot.signal('SIGKILL');
  await stage.bot.ended;
  await stage.addBot();
  // Where there still is a button, people press it again.
  const open = requests.filter(({ card }) => buttonsOf(card).includes('approve'));
  await Promise.all(open.map((request) => click(ground, request)));
}

function creates({ stage }: Ground, service: string): number {
  return stage.cloud.calls.filter((call) => isCreate(call) && call.body.includes(service)).length;
}

/** The domain is where the requester wanted it, and the card says which endpoint it is. */
function isFinished({ stage, books }: Ground, { service, card }: Request): boolean {
  const endpoint = stage.cloud.state.endpoints.find(({ serviceId }) => serviceId === service);
  return endpoint !== undefined && books.result(service) !== undefined && textOf(card).includes(endpoint.endpointId);
}

function count(ground: Ground, requests: readonly Request[]): Outcomes {
  const { stage } = ground;
  const is: Record<Wrong, (request: Request) => boolean> = {
    'several creates': ({ service }) => creates(ground, service) > 1,
    'not one endpoint': ({ service }) =>
      stage.cloud.state.endpoints.filter(({ serviceId }) => serviceId === service).length !== 1,
    'stale card with buttons': ({ card }) =>
      buttonsOf(card).some((button) => ['approve', 'reject', 'cancel'].includes(button)),
    'silent click': (request) => request.clicks.some((at) => !followed(ground, request, at)),
    unfinished: (request) => !isFinished(ground, request),
  };
  const counted = TROUBLES.map((trouble) => {
    const those = requests.filter((request) => request.trouble === trouble);
    return [trouble, Object.fromEntries(WRONGS.map((wrong) => [wrong, those.filter(is[wrong]).length]))];
  });
  return Object.fromEntries(counted) as Outcomes;
}

/** Whether the card changed after the click, or who clicked was told something. */
function followed({ stage: { slack }, books }: Ground, { service, card }: Request, at: number): boolean {
  const updated = slack.log.calls.some(
    (call) => call.method === 'chat.update' && call.args.ts === card.ts && call.at >= at && call.answer.ok === true,
  );
  const later = ({ ts }: Message) => Number(ts) * 1_000 + 1 >= at;
  const told = slack.as(APPROVER).ephemerals(APPROVALS).some(later);
  return updated || told || books.messages(service).some((message) => message !== card && later(message));
}
