/** `choose_endpoint`: shows the endpoints of which one may be the request's. */
import { chooseEndpointModal } from '../../modals/choose-endpoint.ts';
import type { ListenerTools } from '../tools.ts';
import { loadForForm, openForm, takeClick, thenAcknowledge } from './form-opener.ts';

export const onChooseEndpoint = (tools: ListenerTools) =>
  thenAcknowledge(async (args) => {
    const taken = await takeClick(args, 'choose-endpoint', tools);
    if (taken === undefined) return;
    const { click, value, metadata } = taken;
    const command = { kind: 'choose-endpoint', by: click.user, revision: value.revision } as const;
    const [request, { modals }] = await Promise.all([
      loadForForm(click, value, command, tools),
      tools.messagesFor(click.user),
    ]);
    if (request?.status !== 'needs-attention') return;
    const modal = chooseEndpointModal(metadata, request.candidates, modals);
    await openForm(click, modal, args, tools, value.id);
  });
