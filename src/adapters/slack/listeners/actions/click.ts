/** `approve`, `cancel`, `retry`: stores the click, then acknowledges it. What it comes to is decided after that. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Received } from '../../../../application/ports/requests.ts';
import { receive } from '../../../../application/receive.ts';
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { ButtonValue } from '../../blocks/button-value.ts';
import { type Click, readClick } from '../../payloads/click.ts';
import type { ListenerTools } from '../tools.ts';

type Kind = Extract<PersonCommand['kind'], 'approve' | 'cancel' | 'retry'>;

export const onClick =
  (tools: ListenerTools, kind: Kind) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const { texts, log, answerPrivately } = tools;
    const click = readClick(body);
    if (click.value === undefined) {
      await ack();
      return answerPrivately(click, texts.modals.clicks.unreadableButton, { action: kind });
    }
    const about = { request: click.value.id, user: click.user, action: kind };
    let received: Received;
    try {
      received = await store(click, click.value, kind, tools);
    } catch (error) {
      log.error({ ...about, error }, 'a click was not stored');
      await ack();
      return answerPrivately(click, texts.modals.clicks.notStored, about);
    }
    await ack();
    log.info({ ...about, revision: click.value.revision, received }, 'a click');
    if (received === 'no-such-request') {
      await answerPrivately(click, texts.clicks.answer({ kind: 'no-such-request' }, kind), about);
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
