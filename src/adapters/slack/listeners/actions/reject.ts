/** `reject`: asks for the reason. */
import { rejectRequestModal } from '../../modals/reject-request.ts';
import type { ListenerTools } from '../tools.ts';
import { openForm, takeClick, thenAcknowledge } from './form-opener.ts';

export const onReject = (tools: ListenerTools) =>
  thenAcknowledge(async (args) => {
    const taken = await takeClick(args, 'reject', tools);
    if (taken === undefined) return;
    const { click, value, metadata } = taken;
    const { modals } = await tools.messagesFor(click.user);
    await openForm(click, rejectRequestModal(metadata, modals), args, tools, value.id);
  });
