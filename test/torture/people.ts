/** People with a request: they ask, decide, change their minds, click twice, and click again when told that nothing was stored. */
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Message, View } from '../../sandbox/slack/model.ts';
import type { ClickOptions } from '../../sandbox/slack/people/person.ts';
import { oneModalAtATime } from '../support/story.ts';
import type { Ground } from './ground.ts';
import { isEnded, type Mail } from './mail.ts';
import { within } from './patience.ts';
import { armSlack } from './slack-trouble.ts';
import type { Life } from './types.ts';

/** How long somebody looks for an answer before they try again. */
const ANSWER_MS = 12_000;
const FORM_MS = 5_000;
const FORM_TRIES = 30;
const RETRIES = 3;
const LOOK_AGAIN_MS = 300;
const CALM_MS = 1_000;

export interface World {
  readonly ground: Ground;
  readonly mail: Mail;
  /** How long people believe that something will come of a request. */
  readonly faithMs: number;
}

/** From the command to the end, or until nobody believes in it any more. */
export async function live(life: Life, world: World): Promise<void> {
  if (!(await ask(life, world))) {
    life.trouble = 'the form was never taken';
    return;
  }
  const deadline = Date.now() + world.faithMs;
  const course: Course = { decided: false, edited: false, oldCard: undefined, retried: 0 };
  while (Date.now() < deadline) {
    const next = await within(deadline - Date.now(), () => whatToDo(life, world, course));
    if (next === undefined) break;
    if (next === 'nothing') {
      if (life.plan.oldCard && course.oldCard !== undefined) await clickOld(life, world, course.oldCard);
      return;
    }
    const before = world.mail.card(idOf(life))?.text;
    await next();
    // Also who was answered at once looks again before they click again.
    await within(CALM_MS, () => world.mail.card(idOf(life))?.text !== before);
  }
  life.trouble = `it did not end${life.refusedByClient === undefined ? '' : `; last: ${life.refusedByClient}`}`;
}

interface Course {
  decided: boolean;
  edited: boolean;
  oldCard: Message | undefined;
  retried: number;
}

const idOf = ({ ids }: Life): string => ids.at(-1) ?? '';

/** What somebody would do now, as the card is; undefined while there is nothing to do but wait. */
function whatToDo(life: Life, world: World, course: Course): (() => Promise<unknown>) | 'nothing' | undefined {
  const card = world.mail.card(idOf(life));
  if (card === undefined) return wasRefused(life, world) ? 'nothing' : undefined;
  if (isEnded(card)) return 'nothing';
  const buttons = buttonsOf(card);
  if (buttons.includes('approve')) {
    course.oldCard ??= structuredClone(card);
    return () => decide(life, world, course, card);
  }
  if (buttons.includes('choose_endpoint')) return () => choose(life, world, card);
  if (buttons.includes('retry')) {
    if (course.retried >= RETRIES) return 'nothing';
    return async () => {
      course.retried += 1;
      await click(life, world, life.plan.requester, card, 'retry');
    };
  }
  return undefined;
}

/** Said to the requester before there was a card. */
function wasRefused({ plan, ids }: Life, { mail }: World): boolean {
  const told = mail
    .about(ids.at(-1) ?? '')
    .filter(({ ephemeralTo, channel }) => ephemeralTo ?? channel.startsWith('D'));
  return told.some((message) => /refused/i.test(textOf(message)) && !message.text.includes(plan.approver));
}

// Asking -------------------------------------------------------------------------------------------------------------

async function ask(life: Life, world: World): Promise<boolean> {
  const { requester } = life.plan;
  const { slack, through } = world.ground;
  const person = slack.as(requester);
  return await inAForm(world, requester, async () => {
    const text = `create ${life.instance} ${life.service} cn-hangzhou-i`;
    const typed = await through(() => person.command('C0DATA', '/vpc-endpoint', text));
    if (!typed.ok) return false;
    const view = await formOf(world, requester, 'create_endpoint');
    if (view === undefined) return false;
    await person.type(view, 'reason', `torture ${life.plan.index}`);
    const { request: id } = JSON.parse(view.private_metadata) as { request: string };
    armSlack(life, id, world);
    const taken = await submit(world, requester, view);
    if (taken) life.ids.push(id);
    return taken;
  });
}

/** Tries until the form was taken: one person, one form at a time, and what is left open from before is closed. */
async function inAForm(world: World, who: string, attempt: () => Promise<boolean>): Promise<boolean> {
  const { slack } = world.ground;
  const person = slack.as(who);
  for (let tries = 0; tries < FORM_TRIES; tries += 1) {
    const taken = await oneModalAtATime(slack, who, async () => {
      for (const view of person.views()) await person.close(view, { all: true }).catch(() => {});
      // What Slack's client can't do any more, such as click what is gone, is tried again with what is there.
      return await attempt().catch(() => false);
    });
    if (taken) return true;
    await within(300, () => undefined);
  }
  return false;
}

function formOf({ ground }: World, who: string, callbackId: string): Promise<View | undefined> {
  return within(FORM_MS, () =>
    ground.slack
      .as(who)
      .views()
      .find((view) => view.callback_id === callbackId),
  );
}

/** The entries stay in the form until it is taken. */
async function submit({ ground }: World, who: string, view: View): Promise<boolean> {
  for (let tries = 0; tries < FORM_TRIES; tries += 1) {
    const { outcome } = await ground.through(() => ground.slack.as(who).submit(view));
    if (outcome === 'closed') return true;
    await within(500, () => undefined);
  }
  return false;
}

// Deciding -----------------------------------------------------------------------------------------------------------

async function decide(life: Life, world: World, course: Course, card: Message): Promise<void> {
  const { plan } = life;
  const { tally } = world.ground;
  const approve = (who: string, options: ClickOptions = {}) => click(life, world, who, card, 'approve', options);
  const first = !course.decided;
  course.decided = true;
  const fate = first || plan.fate === 'reject' || plan.fate === 'cancel' ? plan.fate : 'approve';
  switch (fate) {
    case 'two-at-once': {
      const taken = await Promise.all([approve(plan.approver), approve(plan.second)]);
      if (taken.every(Boolean)) tally.add('two approvers at once');
      return;
    }
    case 'reject':
      return reject(life, world, card);
    case 'cancel':
      await click(life, world, plan.requester, card, 'cancel');
      return;
    case 'edit':
      return edit(life, world, card);
    case 'stranger-first':
    case 'requester-first': {
      const who = fate === 'stranger-first' ? plan.stranger : plan.requester;
      if (await approve(who)) tally.add('click of somebody who may not');
      return;
    }
    case 'approve': {
      if (plan.doubleClick && first) {
        const both = await Promise.all([approve(plan.approver), approve(plan.approver)]);
        if (both.every(Boolean)) tally.add('double click');
        return;
      }
      const again = plan.redelivered && first;
      if ((await approve(plan.approver, again ? { deliveries: 2 } : {})) && again) tally.add('click delivered again');
      return;
    }
  }
}

async function reject(life: Life, world: World, card: Message): Promise<void> {
  const { approver } = life.plan;
  await throughForm(life, world, approver, card, 'reject', 'reject_request', async (view) => {
    await world.ground.slack.as(approver).type(view, 'reason', 'not this one');
  });
}

async function edit(life: Life, world: World, card: Message): Promise<void> {
  const { requester, slack } = life.plan;
  await throughForm(life, world, requester, card, 'edit', 'edit_request', async (view) => {
    await world.ground.slack.as(requester).type(view, 'reason', `torture ${life.plan.index}, edited`);
    if (slack !== 'message_not_found' || card.metadata === undefined) return;
    world.ground.slack.workspace.remove(card);
    delete card.metadata;
  });
}

/** Whoever compares with the console knows which one is whose. */
async function choose(life: Life, world: World, card: Message): Promise<void> {
  const { requester } = life.plan;
  const { slack, cloud } = world.ground;
  const own = cloud.state.endpoints.find(
    ({ serviceId, endpointId }) => serviceId === life.service && !life.foreign.includes(endpointId),
  );
  await throughForm(life, world, requester, card, 'choose_endpoint', 'choose_endpoint', async (view) => {
    await slack.as(requester).choose(view, 'endpoint', own?.endpointId ?? 'none');
  });
}

async function throughForm(
  life: Life,
  world: World,
  who: string,
  card: Message,
  action: string,
  callbackId: string,
  fill: (view: View) => Promise<void>,
): Promise<void> {
  const { slack, through } = world.ground;
  const taken = await inAForm(world, who, async () => {
    // Meanwhile it may have been decided, and the button is gone.
    if (!buttonsOf(card).includes(action)) return true;
    const clicked = await through(() => slack.as(who).click(card, action));
    if (!clicked.ok) return false;
    const view = await formOf(world, who, callbackId);
    if (view === undefined) return false;
    await fill(view);
    return await submit(world, who, view);
  });
  if (taken) await within(ANSWER_MS, () => news(life, world, who, card)());
}

/** @returns whether the click was acknowledged. */
async function click(
  life: Life,
  world: World,
  who: string,
  card: Message,
  action: string,
  options: ClickOptions = {},
): Promise<boolean> {
  const { slack, through } = world.ground;
  const hasNews = news(life, world, who, card);
  try {
    const { ok } = await through(() => slack.as(who).click(card, action, options));
    if (!ok) return false;
  } catch (error) {
    // The button went away in this moment. Nobody clicks again without having looked: all others would stand still.
    life.refusedByClient = String(error);
    await within(LOOK_AGAIN_MS, () => undefined);
    return false;
  }
  await within(ANSWER_MS, hasNews);
  return true;
}

/** Whether the card has changed since now, or this person was told something. */
function news(life: Life, { mail }: World, who: string, card: Message): () => boolean {
  const [text, told] = [card.text, mail.whispers(who).length];
  const id = idOf(life);
  return () => mail.card(id) !== card || card.text !== text || mail.whispers(who).length > told;
}

/** Somebody's client that has not heard of the update yet. */
async function clickOld(life: Life, world: World, old: Message): Promise<void> {
  if (await click(life, world, life.plan.second, old, 'approve')) world.ground.tally.add('click on an old card');
}
