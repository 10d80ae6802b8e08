/** What somebody does on the page, done by that person's hands in the local Slack. */
import * as z from 'zod';
import type { LocalCloud } from '../alibaba-cloud/server.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import { asText, type Json, type Message, type Option, type View } from '../slack/model.ts';
import { interactiveElements } from '../slack/validate/blocks.ts';
import { slotOf } from '../slack/view-state.ts';
import type { Breakage } from './breakage.ts';
import { prepareForm } from './prepare.ts';
import { Refused } from './refused.ts';
import { type Act, type Done, SWITCHES } from './wire.ts';

const COMMAND = '/vpc-endpoint';
const MOST_TEXT = 10_000;

const text = z.string().max(MOST_TEXT);
const option = z.custom<Option>((value) => typeof value === 'object' && value !== null && 'value' in value);
const inView = { as: text, view: text, block: text };
const schema: z.ZodType<Act> = z.discriminatedUnion('act', [
  z.object({ act: z.literal('type'), as: text, channel: text, text, thread: z.exactOptional(text) }),
  z.object({
    act: z.literal('click'),
    as: text,
    on: z.union([z.object({ channel: text, ts: text }), z.object({ view: text })]),
    block: z.record(z.string(), z.unknown()),
    action: text,
  }),
  z.object({ act: z.literal('search'), ...inView, text }),
  z.object({ act: z.literal('fill'), ...inView, value: z.union([text, option, z.null()]) }),
  z.object({ act: z.literal('submit'), as: text, view: text }),
  z.object({ act: z.literal('close'), as: text, view: text, all: z.boolean() }),
  z.object({ act: z.literal('open-home'), as: text }),
  z.object({ act: z.literal('shortcut'), as: text, callback: text }),
  z.object({ act: z.literal('switch'), name: z.enum(SWITCHES), on: z.boolean() }),
  z.object({ act: z.literal('prepare'), as: text }),
  z.object({ act: z.literal('kill') }),
  z.object({
    act: z.literal('advance'),
    ms: z
      .number()
      .min(0)
      .max(366 * 86_400_000),
  }),
]);

export interface Stagehands {
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  readonly breakage: Breakage;
  kill(): Promise<void>;
  advance(ms: number): Promise<void>;
}

export async function perform(asked: unknown, hands: Stagehands): Promise<Done> {
  const parsed = schema.safeParse(asked);
  if (!parsed.success) return { ok: false, why: z.prettifyError(parsed.error) };
  try {
    const options = await act(parsed.data, hands);
    return { ok: true, ...(options === undefined ? {} : { options }) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

async function act(asked: Act, hands: Stagehands): Promise<readonly Option[] | undefined> {
  const { slack, breakage } = hands;
  switch (asked.act) {
    case 'type':
      await type(asked, slack);
      return undefined;
    case 'click':
      await click(asked, hands);
      return undefined;
    case 'search':
      return slack.as(asked.as).search({ id: asked.view }, asked.block, asked.text);
    case 'fill':
      await fill(asked, slack);
      return undefined;
    case 'submit':
      await slack.as(asked.as).submit({ id: asked.view });
      return undefined;
    case 'close':
      await slack.as(asked.as).close({ id: asked.view }, { all: asked.all });
      return undefined;
    case 'open-home':
      await slack.as(asked.as).openHome({ lostAcks: breakage.event().deliveries - 1 });
      return undefined;
    case 'shortcut':
      await slack.as(asked.as).shortcut(asked.callback);
      return undefined;
    case 'switch':
      breakage.set(asked.name, asked.on);
      return undefined;
    case 'prepare':
      await prepareForm(slack, hands.cloud, asked.as);
      return undefined;
    case 'kill':
      await hands.kill();
      return undefined;
    case 'advance':
      await hands.advance(asked.ms);
      return undefined;
  }
}

async function type(
  { as, channel, text: typed, thread }: Extract<Act, { act: 'type' }>,
  slack: LocalSlack,
): Promise<void> {
  const person = slack.as(as);
  const [command = ''] = typed.trim().split(/\s+/);
  if (thread !== undefined && command.startsWith('/')) throw new Refused('no-command-in-thread');
  if (command === COMMAND) await person.command(channel, command, typed.trim().slice(command.length).trim());
  else if (command.startsWith('/')) throw new Refused('no-such-command');
  else person.say(channel, typed, thread);
}

async function click({ as, on, block, action }: Extract<Act, { act: 'click' }>, hands: Stagehands): Promise<void> {
  const { slack, breakage } = hands;
  const target: Message | View | undefined =
    'view' in on ? slack.workspace.views.get(on.view) : slack.workspace.findMessage(on.channel, on.ts);
  if (target === undefined) throw new Refused('gone');
  // A client that has not heard of the update yet clicks what it shows.
  const seen = { ...target, blocks: [block] };
  const { presses, deliveries } = breakage.click('ts' in target);
  await Promise.all(Array.from({ length: presses }, () => slack.as(as).click(seen, action, { deliveries })));
}

async function fill({ as, view, block, value }: Extract<Act, { act: 'fill' }>, slack: LocalSlack): Promise<void> {
  const person = slack.as(as);
  const element = elementOf(slack.workspace.views.get(view), block);
  if (slotOf(asText(element.type))?.state === 'value')
    await person.type({ id: view }, block, typeof value === 'string' ? value : '');
  else await person.choose({ id: view }, block, value);
}

function elementOf(view: View | undefined, blockId: string): Json {
  const block = view?.blocks.find(({ block_id }) => block_id === blockId);
  const [element] = block === undefined ? [] : interactiveElements(block);
  if (element === undefined) throw new Error(`no input ${blockId}`);
  return element;
}
