/** A decision's form submitted: `reject_request`, `approve_request`, `approve_alone`, `review_request`. */
import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { PersonCommand } from '../../../../domain/commands.ts';
import type { ModalMessages } from '../../../../messages/modals.ts';
import { VERDICTS } from '../../modals/decision-forms.ts';
import { entered, type FormValues } from '../../payloads/form-values.ts';
import { readClickMetadata } from '../../payloads/metadata.ts';
import { readSubmission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';
import { fieldErrors, refuseForm, storeSubmission, wayBack } from './store-submission.ts';

type Read =
  | { readonly command: PersonCommand }
  | { readonly field: string; readonly problem: keyof ModalMessages['problems'] & `no${string}` };

/** What a form says, from whom, to which revision; or which field is missing. */
type Reader = (values: FormValues, by: string, revision: number) => Read;

export const readReject: Reader = (values, by, revision) => {
  const reason = textIn(values, 'reason');
  return reason === undefined
    ? { field: 'reason', problem: 'noReasonToReject' }
    : { command: { kind: 'reject', by, revision, reason } };
};

export const readApprove: Reader = (values, by, revision) => {
  const note = textIn(values, 'note');
  return { command: { kind: 'approve', by, revision, ...(note === undefined ? {} : { note }) } };
};

export const readApproveAlone: Reader = (values, by, revision) => {
  const reason = textIn(values, 'reason');
  return reason === undefined
    ? { field: 'reason', problem: 'noReasonToActAlone' }
    : { command: { kind: 'approve-alone', by, revision, reason } };
};

export const readReview: Reader = (values, by, revision) => {
  const verdict = VERDICTS.find((each) => each === entered(values, 'verdict'));
  const note = textIn(values, 'note');
  return verdict === undefined
    ? { field: 'verdict', problem: 'noVerdict' }
    : { command: { kind: 'review', by, revision, verdict, ...(note === undefined ? {} : { note }) } };
};

export const onDecisionSubmitted =
  (tools: ListenerTools, read: Reader) =>
  async ({ ack, body }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const submission = readSubmission(body);
    const metadata = readClickMetadata(submission.privateMetadata);
    if (metadata === undefined) return refuseForm(body.view.callback_id, submission, ack, tools);
    const { request: id, revision } = metadata;
    const said = read(submission.values, submission.user, revision);
    if ('field' in said) {
      const { modals } = await tools.messagesFor(submission.user);
      return ack(fieldErrors({ [said.field]: String(modals.problems[said.problem]) }));
    }
    const { command } = said;
    const entry = { commandId: `${command.kind}:${submission.viewId}`, command, at: tools.now(), ...wayBack(metadata) };
    if (await storeSubmission(id, entry, submission, ack, tools)) await ack({ response_action: 'clear' });
  };

function textIn(values: FormValues, id: string): string | undefined {
  const text = entered(values, id)?.trim() ?? '';
  return text === '' ? undefined : text;
}
