/** A slash command as Slack sends it. */
import * as z from 'zod';
import { slackId } from './slack-id.ts';

export const commandPayload = z.looseObject({
  command: z.string().regex(/^\/./),
  text: z.string().default(''),
  user_id: slackId,
  team_id: slackId,
  channel_id: slackId,
  response_url: z.string(),
  trigger_id: z.string(),
});

export interface TypedCommand {
  /** Such as `/vpc-endpoint`. */
  readonly command: string;
  readonly text: string;
  readonly user: string;
  readonly channel: string;
  readonly responseUrl: string;
  readonly triggerId: string;
}

export function readCommand(body: unknown): TypedCommand {
  const { command, text, ...ids } = commandPayload.parse(body);
  return {
    command,
    text,
    user: ids.user_id,
    channel: ids.channel_id,
    responseUrl: ids.response_url,
    triggerId: ids.trigger_id,
  };
}
