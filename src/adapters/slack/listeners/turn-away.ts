/** What people of another workspace get: an answer, and nothing else. */
import type { AckFn, AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import * as z from 'zod';
import { readSubmission } from '../payloads/submission.ts';
import type { ListenerTools } from './tools.ts';

const schema = z.looseObject({
  type: z.string().optional(),
  command: z.string().optional(),
  response_url: z.string().nullish(),
});

export async function turnAway(
  args: AnyMiddlewareArgs & AllMiddlewareArgs,
  { messages, log, answerPrivately }: Pick<ListenerTools, 'messages' | 'log' | 'answerPrivately'>,
): Promise<void> {
  const { type, command, response_url: responseUrl } = schema.parse(args.body);
  const about = { team: args.context.teamId, user: args.context.userId, delivery: type ?? command };
  const { userId } = args.context;
  log.warn(about, 'from a workspace in which the bot is not installed');
  const text = messages.modals.notInstalled;
  // Bolt acknowledges events by itself, before anybody sees them.
  const ack = 'ack' in args ? (args.ack as AckFn<unknown>) : undefined;
  if (command !== undefined) return ack?.({ response_type: 'ephemeral', text });
  switch (type) {
    case 'block_suggestion':
      return ack?.({ options: [] });
    case 'view_submission':
      return ack?.({ response_action: 'errors', errors: { [readSubmission(args.body).firstField]: text } });
    case 'block_actions':
      await ack?.();
      if (responseUrl && userId) await answerPrivately({ user: userId, responseUrl }, text, about);
      return;
    default:
      await ack?.();
  }
}
