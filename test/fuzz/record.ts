/** Valid payloads to start from: what the local Slack really sent while people used the bot. */
import { fillIn, waitForCard } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { BOT_USER } from '../../sandbox/slack/sample-workspace.ts';
import type { Stage } from '../../sandbox/stage.ts';
import type { Json } from './mutate.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

export interface Recorded {
  readonly type: EnvelopeType;
  /** The type of an interaction, else that of its envelope. */
  readonly kind: string;
  readonly payload: Json;
}

const BUTTONS = ['approve', 'reject', 'edit', 'cancel', 'retry', 'choose_endpoint', 'frobnicate'];

/**
 * Has a request waiting, asked by Cat; then Dan, who may decide nothing of it, uses everything there is. What he
 * submits is wrong in two places, so that no single change makes a good request of it.
 */
export async function record(stage: Stage, unknownRequest: string): Promise<readonly Recorded[]> {
  const { slack } = stage;
  const asked = await fillIn(slack, { who: 'U0CAT' });
  await asked.person.submit(asked.view);
  const card = await waitForCard(slack, 'approve');
  const told = () =>
    slack.workspace.messages.some(({ thread_ts, text }) => thread_ts === card.ts && text.includes('waits'));
  await slack.waitFor(told, { timeoutMs: 10_000, what: 'the card’s thread' });
  const dan = slack.as('U0DAN');
  const from = slack.sockets.envelopes.length;

  for (const text of ['', 'help', 'show req_1', `show ${unknownRequest}`, 'frobnicate']) {
    await dan.command('C0DATA', '/vpc-endpoint', text);
  }
  const { view } = await fillIn(slack, { who: 'U0DAN', instance: 'es-cn-2r429tctl000d****', zone: 'cn nowhere' });
  for (const list of ['instance', 'service', 'zone']) await dan.search(view, list, '');
  await dan.search(view, 'instance', 'orders');
  await dan.pick(view, 'service', 'epsrv-hp3xdsq46ael67lob1c2');
  for (const callback of ['create_endpoint', 'edit_request', 'reject_request', 'choose_endpoint', 'frobnicate']) {
    view.callback_id = callback;
    if (callback !== 'create_endpoint') {
      view.private_metadata = JSON.stringify({ request: unknownRequest, revision: 1, channel: 'C0DATA' });
    }
    await dan.submit(view);
    view.open = true;
  }
  await dan.close(view);
  for (const action of BUTTONS) {
    for (const value of [`${unknownRequest}:1`, valueOn(card)]) {
      await dan.click(button(stage, action, value), action);
      for (const open of dan.views()) await dan.close(open);
    }
  }
  for (const callback of ['create_endpoint', 'frobnicate']) {
    await dan.shortcut(callback);
    for (const open of dan.views()) await dan.close(open);
  }
  await slack.deliverEvent({ type: 'app_home_opened', user: 'U0DAN', channel: 'D0', tab: 'home' });
  await slack.deliverEvent({
    type: 'reaction_added',
    user: 'U0DAN',
    item: { type: 'message', channel: 'C0DATA', ts: '1.1' },
  });
  // Forms under other names than their own get answers that do not fit them.
  slack.log.protocolErrors.splice(0);
  return slack.sockets.envelopes.slice(from).map(({ type, payload }) => {
    const plain = JSON.parse(JSON.stringify(payload)) as { type?: string };
    return {
      type: type as EnvelopeType,
      kind: type === 'interactive' ? String(plain.type) : type,
      payload: plain as Json,
    };
  });
}

function valueOn(card: Message): string {
  const elements = card.blocks.flatMap(({ elements }) =>
    Array.isArray(elements) ? (elements as { value?: string }[]) : [],
  );
  return String(elements.find(({ value }) => value?.startsWith('req_'))?.value);
}

function button({ slack }: Stage, action: string, value: string): Message {
  const element = { type: 'button', action_id: action, text: { type: 'plain_text', text: action }, value };
  const blocks = [{ type: 'actions', block_id: 'b', elements: [element] }];
  return slack.workspace.post({ channel: 'C0DATA', user: BOT_USER, text: 'a button', blocks });
}
