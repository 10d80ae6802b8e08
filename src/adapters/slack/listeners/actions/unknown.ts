/** A button that this version does not know: one of another version, on a message that is still there. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { answerPrivately } from '../../answer-privately.ts';
import { readClick } from '../../payloads/click.ts';
import type { ListenerTools } from '../tools.ts';

export const onUnknownAction =
  ({ texts, log }: ListenerTools) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const { actionId, user, value, responseUrl, opensAddress } = readClick(body);
    await ack();
    if (opensAddress) return;
    const about = { action: actionId, user, ...(value === undefined ? {} : { request: value.id }) };
    log.warn(about, 'a click on a button that this version does not know');
    if (responseUrl !== undefined) await answerPrivately(responseUrl, texts.modals.clicks.unknownButton, log, about);
  };
