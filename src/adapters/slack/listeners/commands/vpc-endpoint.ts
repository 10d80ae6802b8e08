/** `/vpc-endpoint …`: what was typed decides which of the answers it is. */
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { readCommand } from '../../payloads/command.ts';
import { parseCommandText } from '../../payloads/command-text.ts';
import type { ListenerTools } from '../tools.ts';
import { openCreateModal } from './create.ts';
import { runDoctor } from './doctor.ts';
import { listPending } from './pending.ts';
import { showRequest } from './show.ts';
import { sayWhoCanApprove } from './who-can-approve.ts';

export const onCommand =
  (tools: ListenerTools) =>
  async ({ ack, body, client, context }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const command = readCommand(body);
    const asked = parseCommandText(command.text);
    switch (asked.kind) {
      case 'help': {
        const { help } = await tools.messagesFor(command.user);
        const text = help.help(command.command, asked.unknown, asked.nearest);
        return ack({ response_type: 'ephemeral', text });
      }
      case 'create':
        await ack();
        await tools.giveWay();
        return openCreateModal(command, asked.target, client, tools);
      case 'show':
        await ack();
        return showRequest(command, asked.request, tools);
      case 'pending':
        await ack();
        return listPending(command, tools);
      case 'who-can-approve':
        await ack();
        return sayWhoCanApprove(command, asked.what, tools);
      case 'doctor':
        await ack();
        return runDoctor(command, context.teamId, client, tools);
    }
  };
