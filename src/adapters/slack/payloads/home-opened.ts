/** Somebody opened the app: its Home tab, or the conversation with it. */
import * as z from 'zod';
import { slackId } from './slack-id.ts';

const opened = z.looseObject({ user: slackId, tab: z.string().optional().catch(undefined) });

/** Undefined for what Slack never sends. */
export function readHomeOpened(
  event: unknown,
): { readonly user: string; readonly tab?: string | undefined } | undefined {
  return opened.safeParse(event).data;
}
