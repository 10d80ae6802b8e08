/** `approve`, `remind`, `cancel`, `retry`, `accept_connection`, `repost_card`: stores the click, then acknowledges it. What it comes to is decided after that. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { type Received, UnreadableRequest } from '../../../../application/ports/requests.ts';
import { receive } from '../../../../application/receive.ts';
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { ButtonValue } from '../../blocks/button-value.ts';
import { type Click, readClick } from '../../payloads/click.ts';
import type { ListenerTools } from '../tools.ts';

type Kind = Extract<
  PersonCommand['kind'],
  'approve' | 'remind' | 'cancel' | 'retry' | 'accept-connection' | 'repost-card'
>;

export const onClick =
  (tools: ListenerTools, kind: Kind) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const { messagesFor, log, answerPrivately } = tools;
    const click = readClick(body);
    if (click.value === undefined) {
      log.warn({ user: click.user, action: kind }, 'a click on a button that names no request');
      await ack();
      const { modals } = await messagesFor(click.user);
      return answerPrivately(click, modals.clicks.unreadableButton, { action: kind });
    }
    const about = { request: click.value.id, user: click.user, action: kind };
    let received: Received;
    try {
      received = await store(click, click.value, kind, tools);
    } catch (error) {
      log.error({ ...about, error }, 'a click was not stored');
      await ack();
      const { modals } = await messagesFor(click.user);
      const isUnreadable = error instanceof UnreadableRequest;
      return answerPrivately(click, isUnreadable ? modals.unreadable : modals.clicks.notStored, about);
    }
    await ack();
    log.info({ ...about, revision: click.value.revision, received }, 'a click');
    if (received === 'no-such-request') {
      const { clicks } = await messagesFor(click.user);
      await answerPrivately(click, clicks.answer({ kind: 'no-such-request' }, kind), about);
    }
  };

function store(click: Click, { id, revision }: ButtonValue, kind: Kind, tools: ListenerTools): Promise<Received> {
  const { user, commandId, channel, responseUrl, card } = click;
  return receive(
    id,
    {
      commandId,
      command: { kind, by: user, revision },
      at: tools.now(),
      ...(channel === undefined ? {} : { channel }),
      ...(responseUrl === undefined ? {} : { responseUrl }),
      ...(card === undefined ? {} : { card }),
    },
    tools,
  );
}
