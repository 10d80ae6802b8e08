/** `edit_request` submitted: the request as it should be now. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { judgeForm } from '../../../../application/form.ts';
import { formIn } from '../../payloads/form-values.ts';
import { readClickMetadata } from '../../payloads/metadata.ts';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { formErrors, ruleErrors } from './form-errors.ts';
import { fieldErrors, refuseForm, storeSubmission, wayBack } from './store-submission.ts';

export const onEditSubmitted =
  (tools: ListenerTools) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const { accounts, choices, messagesFor } = tools;
    const submission = readSubmission(body);
    const metadata = readClickMetadata(submission.privateMetadata);
    if (metadata === undefined) return refuseForm(body.view.callback_id, submission, ack, tools);
    const { request: id, revision } = metadata;
    const judged = judgeForm(formIn(submission.values), accounts, choices);
    if (!judged.ok) {
      const { modals } = await messagesFor(submission.user);
      return ack(fieldErrors(formErrors(judged.problems, accounts, modals)));
    }
    const unruled = await ruleErrors(judged.asked, submission.user, tools);
    if (unruled !== undefined) return ack(fieldErrors(unruled));
    const entry = {
      commandId: `edit:${id}:${revision}:${submission.viewId}`,
      command: { kind: 'edit', by: submission.user, revision, asked: judged.asked },
      at: tools.now(),
      ...wayBack(metadata),
    } as const;
    if (await storeSubmission(id, entry, submission, ack, tools)) await ack({ response_action: 'clear' });
  };
