/** `reject_request` submitted: a no, with its reason. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { entered } from '../../payloads/form-values.ts';
import { readClickMetadata } from '../../payloads/metadata.ts';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { fieldErrors, refuseForm, storeSubmission, wayBack } from './store-submission.ts';

export const onRejectSubmitted =
  (tools: ListenerTools) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const submission = readSubmission(body);
    const metadata = readClickMetadata(submission.privateMetadata);
    if (metadata === undefined) return refuseForm(body.view.callback_id, submission, ack, tools);
    const { request: id, revision } = metadata;
    const reason = entered(submission.values, 'reason')?.trim() ?? '';
    if (reason === '') {
      const { modals } = await tools.messagesFor(submission.user);
      return ack(fieldErrors({ reason: modals.problems.noReasonToReject }));
    }
    const entry = {
      commandId: `reject:${submission.viewId}`,
      command: { kind: 'reject', by: submission.user, revision, reason },
      at: tools.now(),
      ...wayBack(metadata),
    } as const;
    if (await storeSubmission(id, entry, submission, ack, tools)) await ack({ response_action: 'clear' });
  };
