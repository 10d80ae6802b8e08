/** A button that this version does not know: one of another version, on a message that is still there. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readClick } from '../../payloads/click.ts';
import type { ListenerTools } from '../tools.ts';

export const onUnknownAction =
  ({ messagesFor, log, answerPrivately }: ListenerTools) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const click = readClick(body);
    const { actionId, user, value, opensAddress } = click;
    await ack();
    if (opensAddress) return;
    const about = { action: actionId, user, ...(value === undefined ? {} : { request: value.id }) };
    log.warn(about, 'a click on a button that this version does not know');
    const { modals } = await messagesFor(user);
    await answerPrivately(click, modals.clicks.unknownButton, about);
  };
