/** A pick of account, instance or service in an open form: kept, because Slack does not tell it when it asks for options. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readPick } from '../../payloads/pick.ts';
import type { ListenerTools } from '../tools.ts';

export const onPick =
  ({ picks, choices, log }: ListenerTools) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const { viewId, picked } = readPick(body);
    // The zones are needed next.
    choices.warm(picked.account, picked.service);
    try {
      await picks.keep(viewId, picked);
    } catch (error) {
      // The form goes on without: its lists are longer, and the submit brings everything.
      log.warn({ view: viewId, error }, 'a pick was not kept');
    }
    await ack();
  };
