/** `create_endpoint` submitted: checks what can be checked at once, and stores the request. */
import { isDeepStrictEqual } from 'node:util';
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { judgeForm } from '../../../../application/form.ts';
import type { Asked } from '../../../../domain/asked.ts';
import type { RequestId } from '../../../../domain/ids.ts';
import { formIn } from '../../payloads/form-values.ts';
import { readCreateMetadata } from '../../payloads/metadata.ts';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { formErrors, ruleErrors } from './form-errors.ts';
import { fieldErrors, refuseForm, storeSubmission } from './store-submission.ts';

export const onCreateSubmitted =
  (tools: ListenerTools) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const { accounts, choices, messagesFor } = tools;
    const submission = readSubmission(body);
    const metadata = readCreateMetadata(submission.privateMetadata);
    if (metadata === undefined) return refuseForm(body.view.callback_id, submission, ack, tools);
    const { request: id, origin } = metadata;
    const judged = judgeForm(formIn(submission.values, origin), accounts, choices);
    if (!judged.ok) {
      const { modals } = await messagesFor(submission.user);
      return ack(fieldErrors(formErrors(judged.problems, accounts, modals)));
    }

    const { asked } = judged;
    const unruled = await ruleErrors(asked, submission.user, tools);
    if (unruled !== undefined) return ack(fieldErrors(unruled));
    const where = origin === undefined ? {} : { origin };
    const entry = {
      // The id was given when the form opened: however often it is submitted, it asks once.
      commandId: `submit:${id}`,
      command: { kind: 'submit', id, by: submission.user, asked, ...where },
      at: tools.now(),
      ...(origin === undefined ? {} : { channel: origin }),
    } as const;
    const received = await storeSubmission(id, entry, submission, ack, tools);
    if (received === undefined) return;
    if (received === 'seen-before' && (await differsFromStored(id, asked, tools))) {
      const { modals } = await messagesFor(submission.user);
      return ack(fieldErrors({ [submission.firstField]: modals.problems.sentBefore }));
    }
    await ack({ response_action: 'clear' });
  };

/** A first submit whose answer got lost, then other entries: those were not stored, and that must be said. */
async function differsFromStored(id: RequestId, asked: Asked, { requests, log }: ListenerTools): Promise<boolean> {
  try {
    const { record, inbox } = await requests.load(id);
    const first = inbox.map(({ command }) => command).find((command) => command.kind === 'submit');
    const stored = record?.request.asked ?? (first?.kind === 'submit' ? first.asked : undefined);
    return (
      stored !== undefined && !isDeepStrictEqual(JSON.parse(JSON.stringify(stored)), JSON.parse(JSON.stringify(asked)))
    );
  } catch (error) {
    log.warn({ request: id, error }, 'a form that was submitted again could not be compared');
    return false;
  }
}
