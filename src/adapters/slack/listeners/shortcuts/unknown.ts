/** A shortcut that this version does not have, of an older or newer manifest: acknowledged, answered and logged. */
import type { SlackShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { readShortcut } from '../../payloads/shortcut.ts';
import type { ListenerTools } from '../tools.ts';

export const onUnknownShortcut =
  ({ log, answerPrivately, messagesFor }: ListenerTools) =>
  async ({ ack, body }: SlackShortcutMiddlewareArgs<SlackShortcut>): Promise<void> => {
    await ack();
    const { user, callbackId } = readShortcut(body);
    log.warn({ user, callback: callbackId }, 'a shortcut that is not known here');
    const { modals } = await messagesFor(user);
    await answerPrivately({ user }, modals.clicks.unknownButton);
  };
