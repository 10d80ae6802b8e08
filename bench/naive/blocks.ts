/** What the naive rival shows: its forms and its card. */
import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import type { Request } from './request.ts';

const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });

export function requestModal(
  metadata: { readonly request: string; readonly origin: string },
  typed: Readonly<Record<'instance' | 'service' | 'zone', string>>,
): ModalView {
  const select = (id: 'instance' | 'service' | 'zone', label: string): KnownBlock => ({
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'external_select',
      action_id: id,
      min_query_length: 1,
      ...(typed[id] === '' ? {} : { initial_option: { text: plain(typed[id]), value: typed[id] } }),
    },
  });
  return {
    type: 'modal',
    callback_id: 'create_endpoint',
    title: plain('Create a VPC endpoint'),
    submit: plain('Ask for it'),
    private_metadata: JSON.stringify(metadata),
    blocks: [
      select('instance', 'Elasticsearch instance'),
      select('service', 'Endpoint service'),
      select('zone', 'Zone'),
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: 'reason' },
      },
      {
        type: 'input',
        block_id: 'channel',
        label: plain('Post the result in'),
        element: { type: 'conversations_select', action_id: 'channel', initial_conversation: metadata.origin },
      },
    ],
  };
}

export function rejectModal(metadata: unknown): ModalView {
  return {
    type: 'modal',
    callback_id: 'reject_request',
    title: plain('Reject the request'),
    submit: plain('Reject'),
    private_metadata: JSON.stringify(metadata),
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Why?'),
        element: { type: 'plain_text_input', action_id: 'reason' },
      },
    ],
  };
}

export function cardBlocks(request: Request, status: string, withButtons: boolean): KnownBlock[] {
  const { id, requester, instance, service, zone, reason } = request;
  const value = JSON.stringify(request);
  const text = `${status}\n<@${requester}> asks for an endpoint of \`${instance}\` to \`${service}\` in \`${zone}\`: ${reason}`;
  return [
    { type: 'section', text: { type: 'mrkdwn', text } },
    ...(withButtons
      ? [
          {
            type: 'actions' as const,
            block_id: id,
            elements: [
              {
                type: 'button' as const,
                action_id: 'approve',
                text: plain('Approve'),
                style: 'primary' as const,
                value,
              },
              { type: 'button' as const, action_id: 'reject', text: plain('Reject'), style: 'danger' as const, value },
              { type: 'button' as const, action_id: 'cancel', text: plain('Cancel'), value },
            ],
          },
        ]
      : []),
  ];
}
