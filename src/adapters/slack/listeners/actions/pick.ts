/** A pick of account, instance or service in an open form: kept, because Slack does not tell it when it asks for options. */
import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readPick } from '../../payloads/pick.ts';
import { isOutsider, standingSoon } from '../may-look.ts';
import type { ListenerTools } from '../tools.ts';

export const onPick =
  (tools: ListenerTools) =>
  async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const { picks, choices, log } = tools;
    const pick = readPick(body);
    if (pick === undefined) {
      log.warn({ user: body.user.id }, 'a pick that is not from a form');
      return ack();
    }
    const { viewId, picked, user } = pick;
    try {
      await picks.keep(viewId, picked);
    } catch (error) {
      // The form goes on without: its lists are longer, and the submit brings everything.
      log.warn({ view: viewId, error }, 'a pick was not kept');
    }
    await ack();
    // The zones are needed next.
    if (!isOutsider(await standingSoon(user, tools))) choices.warm(picked.account, picked.service);
  };
