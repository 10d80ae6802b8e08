/** The form in which an approver says no, and why. */
import type { ModalView } from '@slack/types';
import type { ModalMessages } from '../../../messages/modals.ts';
import { type ClickMetadata, metadataText } from '../payloads/metadata.ts';
import { placeholder, plain } from './plain.ts';

const LONGEST_REASON = 1_000;

export function rejectRequestModal(metadata: ClickMetadata, { reject, close }: ModalMessages): ModalView {
  const { label, hint, placeholder: example } = reject.reason;
  return {
    type: 'modal',
    callback_id: 'reject_request',
    title: plain(reject.title),
    submit: plain(reject.submit),
    close: plain(close),
    private_metadata: metadataText(metadata),
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: plain(label),
        ...(hint === undefined ? {} : { hint: plain(hint) }),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          multiline: true,
          max_length: LONGEST_REASON,
          placeholder: placeholder(example),
        },
      },
    ],
  };
}
