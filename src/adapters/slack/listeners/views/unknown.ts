/** A form that this version does not know. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { refuseForm } from './store-submission.ts';

export const onUnknownView =
  (tools: ListenerTools) =>
  ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> =>
    refuseForm(body.view.callback_id, readSubmission(body), ack, tools);
