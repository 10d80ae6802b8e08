/** The steps of a journey as people take them, for the demo and the tests: ask, find the card, click. */
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from './alibaba-cloud/sample-cloud.ts';
import type { LocalSlack } from './slack/local-slack.ts';
import type { Message, View } from './slack/model.ts';
import type { Person } from './slack/people/person.ts';
import type { SubmitOutcome } from './slack/people/submit.ts';

export interface Wish {
  readonly who?: string;
  /** Chosen in the form, and all the rest from its lists; otherwise everything is typed with the command. */
  readonly account?: string;
  readonly where?: string;
  readonly instance?: string;
  readonly service?: string;
  readonly zone?: string;
  readonly reason?: string;
  readonly mode?: 'create' | 'precheck';
  /** The result's channel; by default where the command is typed. */
  readonly channel?: string;
}

/** Types the command with its arguments, fills in the rest and submits. */
export async function ask(slack: LocalSlack, wish: Wish = {}): Promise<SubmitOutcome> {
  const { person, view } = await fillIn(slack, wish);
  return await person.submit(view);
}

/** The same without submitting. */
export async function fillIn(
  slack: LocalSlack,
  wish: Wish = {},
): Promise<{ readonly person: Person; readonly view: View }> {
  const {
    who = 'U0ANN',
    where = 'C0DATA',
    account,
    instance = SAMPLE_INSTANCES.orders,
    service = SAMPLE_SERVICES.alerts,
    zone = 'cn-hangzhou-i',
    reason = 'Watcher alerts to the on-call webhook',
  } = wish;
  const person = slack.as(who);
  const target = account === undefined ? ` ${instance} ${service} ${zone}` : '';
  const typed = await person.command(where, '/vpc-endpoint', `create${target}`);
  if (!typed.ok) throw new Error(`the command failed: ${typed.problem}`);
  const view = await person.waitForView('create_endpoint');
  if (account !== undefined) {
    const picks = { account, instance, service, zone };
    for (const [block, value] of Object.entries(picks)) await person.pick(view, block, value);
  }
  await person.type(view, 'reason', reason);
  if (wish.mode !== undefined) await person.choose(view, 'mode', wish.mode);
  if (wish.channel !== undefined) await person.choose(view, 'channel', wish.channel);
  return { person, view };
}

/** The cards in the approvals channel, oldest first. */
export function cards(slack: LocalSlack, channel = 'C0APPROVALS'): readonly Message[] {
  return messagesIn(slack, channel).filter(({ metadata }) => metadata?.event_type === 'vpc_endpoint_request');
}

export function messagesIn(slack: LocalSlack, channel: string): readonly Message[] {
  return slack.workspace.messages.filter((message) => message.channel === channel && message.ephemeralTo === undefined);
}

export function requestIdOf(message: Message): string {
  return String(message.metadata?.event_payload.request_id);
}

/** The buttons that a message offers, by action id. */
export function buttonsOf(message: Message): readonly string[] {
  return message.blocks
    .filter((block) => block.type === 'actions')
    .flatMap((block) => (block.elements as { action_id: string }[]).map(({ action_id }) => action_id));
}

/** Waits for the card that is `nth` of all, and offers this button. */
export async function waitForCard(slack: LocalSlack, button: string, nth = 0, timeoutMs = 10_000): Promise<Message> {
  return await slack.waitFor(
    () => {
      const card = cards(slack)[nth];
      return card !== undefined && buttonsOf(card).includes(button) ? card : undefined;
    },
    { timeoutMs, what: `card ${nth} with ${button}` },
  );
}

/** All the text that a message shows, blocks included. */
export function textOf(message: Message): string {
  return `${message.text}\n${JSON.stringify(message.blocks)}`;
}

export async function waitForText(
  slack: LocalSlack,
  channel: string,
  text: string | RegExp,
  timeoutMs = 15_000,
): Promise<Message> {
  const matches = (message: Message) =>
    typeof text === 'string' ? textOf(message).includes(text) : text.test(textOf(message));
  return await slack.waitFor(() => messagesIn(slack, channel).find(matches), {
    timeoutMs,
    what: `a message with ${text} in ${channel}`,
  });
}
