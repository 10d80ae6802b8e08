/** `new_request`, on the Home tab: the form for a new request. */
import { readClick } from '../../payloads/click.ts';
import { openCreateModal } from '../commands/create.ts';
import { CREATE_COMMAND } from '../shortcuts/create.ts';
import type { ListenerTools } from '../tools.ts';
import { thenAcknowledge } from './form-opener.ts';

export const onNewRequest = (tools: ListenerTools) =>
  thenAcknowledge(async ({ body, client }) => {
    const { user, triggerId } = readClick(body);
    await openCreateModal({ user, triggerId, command: CREATE_COMMAND }, {}, client, tools);
  });
