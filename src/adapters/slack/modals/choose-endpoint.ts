/** The form in which somebody says which endpoint a request has made. */
import type { ModalView, PlainTextOption, RadioButtons, StaticSelect } from '@slack/types';
import type { ListedEndpoint } from '../../../domain/cloud.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import { section } from '../blocks/elements.ts';
import { type ClickMetadata, metadataText } from '../payloads/metadata.ts';
import { option, placeholder, plain } from './plain.ts';

/** The value of "none of these"; no endpoint is called that. */
export const NONE = 'none';

/** Radio buttons show everything at once, but no more than ten; a menu takes a hundred. */
const MOST_RADIO = 10;
const MOST = 100;
const LONGEST_VALUE = 75;

export function chooseEndpointModal(
  metadata: ClickMetadata,
  candidates: readonly ListedEndpoint[],
  { choose, close }: ModalMessages,
): ModalView {
  const shown = candidates.filter(({ id }) => id.length <= LONGEST_VALUE).slice(0, MOST - 1);
  const options = [...shown.map((one) => candidateOption(one, choose)), option(choose.none, NONE)];
  const element: RadioButtons | StaticSelect =
    options.length <= MOST_RADIO
      ? { type: 'radio_buttons', action_id: 'endpoint', options }
      : { type: 'static_select', action_id: 'endpoint', options, placeholder: placeholder(choose.title) };
  return {
    type: 'modal',
    callback_id: 'choose_endpoint',
    title: plain(choose.title),
    submit: plain(choose.submit),
    close: plain(close),
    private_metadata: metadataText(metadata),
    blocks: [
      section(choose.intro),
      {
        type: 'input',
        block_id: 'endpoint',
        label: plain(choose.label),
        element,
      },
    ],
  };
}

function candidateOption(
  { id, domain, createdAt }: ListedEndpoint,
  { created }: ModalMessages['choose'],
): PlainTextOption {
  return option(createdAt === undefined ? id : `${id} · ${created(createdAt)}`, id, domain);
}
