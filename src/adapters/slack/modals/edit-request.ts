/** The form in which a requester changes what they asked for. */
import type { ModalView } from '@slack/types';
import type { Asked } from '../../../domain/asked.ts';
import type { AccountName } from '../../../domain/ids.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import { type ClickMetadata, metadataText } from '../payloads/metadata.ts';
import { type Known, startOption } from './known.ts';
import { plain } from './plain.ts';
import { requestForm } from './request-form.ts';

export interface EditForm {
  readonly metadata: ClickMetadata;
  readonly asked: Asked;
  readonly accounts: readonly AccountName[];
}

export function editRequestModal(
  { metadata, asked, accounts }: EditForm,
  known: Known,
  texts: ModalMessages,
): ModalView {
  const { account, instanceId, serviceId, zoneId } = asked.operation;
  const { reason, mode, lifetime, channel } = asked;
  return {
    type: 'modal',
    callback_id: 'edit_request',
    title: plain(texts.edit.title),
    submit: plain(texts.edit.submit),
    close: plain(texts.close),
    private_metadata: metadataText(metadata),
    blocks: requestForm(
      {
        account,
        instance: startOption('instance', instanceId, known, texts),
        service: startOption('service', serviceId, known, texts),
        zone: startOption('zone', zoneId, known, texts),
        reason,
        mode,
        lifetime,
        channel,
        // The conversation here is the approvals channel: nobody's result belongs there by default.
        hereByDefault: false,
      },
      accounts,
      texts.edit.intro,
      texts,
    ),
  };
}
