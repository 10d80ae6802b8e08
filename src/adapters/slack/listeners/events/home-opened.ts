/** `app_home_opened`: shows somebody their Home tab. */
import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { readHomeOpened } from '../../payloads/home-opened.ts';
import type { ListenerTools } from '../tools.ts';

export const onHomeOpened =
  ({ homes, log }: ListenerTools) =>
  async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    const opened = readHomeOpened(event);
    if (opened === undefined) {
      log.warn({}, 'somebody opened Home, and Slack does not say who');
      return;
    }
    // The conversation with the bot is opened by the same event.
    if (opened.tab === 'home') await homes.opened(opened.user);
  };
