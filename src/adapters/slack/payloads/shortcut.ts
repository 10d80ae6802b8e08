/** A global shortcut as Slack sends it: from no conversation, so there is no response URL either. */
import * as z from 'zod';
import { slackId } from './slack-id.ts';

export const shortcutPayload = z.looseObject({
  user: z.looseObject({ id: slackId }),
  callback_id: z.string().max(255),
  trigger_id: z.string(),
});

export interface Shortcut {
  readonly user: string;
  readonly callbackId: string;
  readonly triggerId: string;
}

export function readShortcut(body: unknown): Shortcut {
  const { user, callback_id, trigger_id } = shortcutPayload.parse(body);
  return { user: user.id, callbackId: callback_id, triggerId: trigger_id };
}
