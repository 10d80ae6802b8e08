/** What the rival on the Chat SDK shows: its form and its card, made of the SDK's own elements. */
import {
  Actions,
  Button,
  Card,
  type CardElement,
  CardText,
  ExternalSelect,
  Modal,
  type ModalElement,
  SelectOption,
  TextInput,
} from 'chat';
import type { Request } from '../naive/request.ts';

export const SELECTS = { instance: 'Elasticsearch instance', service: 'Endpoint service', zone: 'Zone' } as const;

/** There is no element for a conversation: the result goes to the channel in which the command was typed. */
export function requestModal(typed: Readonly<Record<keyof typeof SELECTS, string>>, metadata: object): ModalElement {
  const selects = Object.entries(SELECTS).map(([id, label]) => {
    const value = typed[id as keyof typeof SELECTS];
    const initial = value === '' ? {} : { initialOption: SelectOption({ label: value, value }) };
    return ExternalSelect({ id, label, minQueryLength: 1, ...initial });
  });
  return Modal({
    callbackId: 'create_endpoint',
    title: 'Create a VPC endpoint',
    submitLabel: 'Ask for it',
    privateMetadata: JSON.stringify(metadata),
    children: [...selects, TextInput({ id: 'reason', label: 'Reason' })],
  });
}

export function requestCard(request: Request, status: string, withButtons: boolean): CardElement {
  const { requester, instance, service, zone, reason } = request;
  const value = JSON.stringify(request);
  return Card({
    title: 'Create a VPC endpoint',
    children: [
      CardText(status),
      CardText(`<@${requester}> asks for an endpoint of \`${instance}\` to \`${service}\` in \`${zone}\`: ${reason}`),
      ...(withButtons
        ? [
            Actions([
              Button({ id: 'approve', label: 'Approve', style: 'primary', value }),
              Button({ id: 'reject', label: 'Reject', style: 'danger', value }),
            ]),
          ]
        : []),
    ],
  });
}
