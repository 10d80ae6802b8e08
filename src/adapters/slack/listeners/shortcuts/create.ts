/** The global shortcut `create_endpoint`: the same form, for those who would rather not type a command on a phone. */
import type { AllMiddlewareArgs, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { readShortcut } from '../../payloads/shortcut.ts';
import { openCreateModal } from '../commands/create.ts';
import type { ListenerTools } from '../tools.ts';

/** What to type if the form does not open; operators may have called theirs otherwise. */
export const CREATE_COMMAND = '/vpc-endpoint';

export const onCreateShortcut =
  (tools: ListenerTools) =>
  async ({ ack, body, client }: SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    await tools.giveWay();
    const { user, triggerId } = readShortcut(body);
    await openCreateModal({ user, triggerId, command: CREATE_COMMAND }, {}, client, tools);
  };
