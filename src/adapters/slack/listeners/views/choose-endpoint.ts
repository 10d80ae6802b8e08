/** `choose_endpoint` submitted: which endpoint is the request's, or that none is. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { NONE } from '../../modals/choose-endpoint.ts';
import { entered } from '../../payloads/form-values.ts';
import { readClickMetadata } from '../../payloads/metadata.ts';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { fieldErrors, refuseForm, storeSubmission, wayBack } from './store-submission.ts';

export const onChooseSubmitted =
  (tools: ListenerTools) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const submission = readSubmission(body);
    const metadata = readClickMetadata(submission.privateMetadata);
    if (metadata === undefined) return refuseForm(body.view.callback_id, submission, ack, tools);
    const { request: id, revision } = metadata;
    const endpoint = entered(submission.values, 'endpoint');
    if (endpoint === undefined) {
      const { modals } = await tools.messagesFor(submission.user);
      return ack(fieldErrors({ endpoint: modals.problems.noChoice }));
    }
    const entry = {
      commandId: `choose:${submission.viewId}`,
      command: {
        kind: 'choose-endpoint',
        by: submission.user,
        revision,
        ...(endpoint === NONE ? {} : { endpoint }),
      },
      at: tools.now(),
      ...wayBack(metadata),
    } as const;
    if (await storeSubmission(id, entry, submission, ack, tools)) await ack({ response_action: 'clear' });
  };
