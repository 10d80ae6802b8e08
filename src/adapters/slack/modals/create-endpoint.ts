/** The form for a new endpoint. */
import type { ModalView } from '@slack/types';
import type { Asked } from '../../../domain/asked.ts';
import type { AccountName } from '../../../domain/ids.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import type { TypedTarget } from '../payloads/command-text.ts';
import { type CreateMetadata, metadataText } from '../payloads/metadata.ts';
import { type Known, startOption } from './known.ts';
import { plain } from './plain.ts';
import { requestForm } from './request-form.ts';

export interface NewForm {
  readonly metadata: CreateMetadata;
  readonly typed: TypedTarget;
  readonly account: AccountName | undefined;
  readonly accounts: readonly AccountName[];
  /** What an ended request asked for, to be asked again. */
  readonly before?: Asked;
}

export function createEndpointModal(
  { metadata, typed, account, accounts, before }: NewForm,
  known: Known,
  texts: ModalMessages,
): ModalView {
  const { origin } = metadata;
  return {
    type: 'modal',
    callback_id: 'create_endpoint',
    title: plain(texts.create.title),
    submit: plain(texts.create.submit),
    close: plain(texts.close),
    private_metadata: metadataText(metadata),
    blocks: requestForm(
      {
        account,
        instance: startOption('instance', typed.instance, known, texts),
        service: startOption('service', typed.service, known, texts),
        zone: startOption('zone', typed.zone, known, texts),
        reason: before?.reason,
        mode: before?.mode ?? 'create',
        lifetime: before?.lifetime ?? 'permanent',
        // A direct message (D…) is left to the default, which Slack applies only where the filter lets it.
        channel: before?.channel ?? (origin !== undefined && /^[CG]/.test(origin) ? origin : undefined),
        hereByDefault: before === undefined,
      },
      accounts,
      texts.create.intro,
      texts,
    ),
  };
}
