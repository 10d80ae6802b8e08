/** A form that this version does not know. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { fieldErrors } from './store-submission.ts';

export const onUnknownView =
  ({ texts, log }: ListenerTools) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const { firstField, user } = readSubmission(body);
    log.warn({ modal: body.view.callback_id, user }, 'a form that this version does not know');
    await (firstField === '' ? ack() : ack(fieldErrors({ [firstField]: texts.modals.problems.oldForm })));
  };
