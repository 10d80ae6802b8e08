/** `edit`: opens the form with what was asked for. */
import { editRequestModal } from '../../modals/edit-request.ts';
import type { ListenerTools } from '../tools.ts';
import { loadForForm, openForm, takeClick, thenAcknowledge } from './form-opener.ts';

export const onEdit = (tools: ListenerTools) =>
  thenAcknowledge(async (args) => {
    const { accounts, choices } = tools;
    const taken = await takeClick(args, 'edit', tools);
    if (taken === undefined) return;
    const { click, value, metadata } = taken;
    // An edit that changes nothing: what is asked does not matter for whether one may edit.
    const unchanged = { account: '', instanceId: '', serviceId: '', zoneId: '', kind: 'create' } as const;
    const asked = { operation: unchanged, reason: '', mode: 'create', lifetime: 'permanent' } as const;
    const command = { kind: 'edit', by: click.user, revision: value.revision, asked } as const;
    const [request, { modals }] = await Promise.all([
      loadForForm(click, value, command, tools),
      tools.messagesFor(click.user),
    ]);
    if (request === undefined) return;
    const modal = editRequestModal({ metadata, asked: request.asked, accounts }, choices.known, modals);
    await openForm(click, modal, args, tools, value.id);
    choices.warm(request.asked.operation.account, request.asked.operation.serviceId);
  });
