/** The forms of those who decide: a no with its reason, a yes with a note, a yes alone in an emergency, and its review. */
import type { InputBlock, ModalView } from '@slack/types';
import type { Verdict } from '../../../domain/request.ts';
import type { Field, ModalMessages } from '../../../messages/modals.ts';
import { section } from '../blocks/elements.ts';
import { type ClickMetadata, metadataText } from '../payloads/metadata.ts';
import { option, placeholder, plain } from './plain.ts';

/** In characters, for whatever is said with a decision. */
const LONGEST_TEXT = 1_000;
export const VERDICTS: readonly Verdict[] = ['in-order', 'not-in-order'];

export type DecisionForm = (metadata: ClickMetadata, texts: ModalMessages) => ModalView;

export const rejectRequestModal: DecisionForm = (metadata, texts) =>
  form('reject_request', metadata, texts, texts.reject, [textField('reason', texts.reject.reason)]);

export const approveRequestModal: DecisionForm = (metadata, texts) =>
  form('approve_request', metadata, texts, texts.approve, [textField('note', texts.approve.note)]);

export const approveAloneModal: DecisionForm = (metadata, texts) => {
  const { intro, reason } = texts.approveAlone;
  const warning = section(intro);
  return form('approve_alone', metadata, texts, texts.approveAlone, [warning, textField('reason', reason)]);
};

export const reviewRequestModal: DecisionForm = (metadata, texts) => {
  const { label, values, note } = texts.review;
  const verdict: InputBlock = {
    type: 'input',
    block_id: 'verdict',
    label: plain(label),
    element: {
      type: 'radio_buttons',
      action_id: 'verdict',
      options: VERDICTS.map((each) => option(values[each], each)),
    },
  };
  return form('review_request', metadata, texts, texts.review, [
    verdict,
    { ...textField('note', note), optional: true },
  ]);
};

function form(
  callbackId: string,
  metadata: ClickMetadata,
  { close }: ModalMessages,
  { title, submit }: { readonly title: string; readonly submit: string },
  blocks: ModalView['blocks'],
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title),
    submit: plain(submit),
    close: plain(close),
    private_metadata: metadataText(metadata),
    blocks,
  };
}

function textField(id: string, { label, hint, placeholder: example }: Field): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    ...(hint === undefined ? {} : { hint: plain(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: LONGEST_TEXT,
      placeholder: placeholder(example),
    },
  };
}
