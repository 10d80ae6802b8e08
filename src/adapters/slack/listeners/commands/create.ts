/** `create`: opens the form at once, before anything else is asked of anybody. */
import type { webApi } from '@slack/bolt';
import { code } from '../../../../messages/mrkdwn.ts';
import { createEndpointModal } from '../../modals/create-endpoint.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import type { TypedTarget } from '../../payloads/command-text.ts';
import { openModal } from '../open-modal.ts';
import type { ListenerTools } from '../tools.ts';

export async function openCreateModal(
  command: TypedCommand,
  typed: TypedTarget,
  client: webApi.WebClient,
  tools: ListenerTools,
): Promise<void> {
  const { choices, texts, log, accounts } = tools;
  const request = tools.newRequestId();
  const account = typed.instance === undefined ? undefined : choices.accountOf(typed.instance);
  const metadata = { request, origin: command.channel };
  const modal = createEndpointModal({ metadata, typed, account, accounts }, choices.known, texts.modals);
  const about = { request, user: command.user };
  if (await openModal(client, command.triggerId, modal, log, about)) {
    log.info(about, 'the form for a new request is open');
    // By the time somebody reads the first label, the lists are here.
    choices.warm(account, typed.service);
    return;
  }
  const again = [command.command, 'create', typed.instance, typed.service, typed.zone].filter(Boolean).join(' ');
  await tools.answerPrivately(command, texts.modals.createNotOpened(code(again, 300)), about);
}
