/** `create`, typed or by shortcut: opens the form at once; all that may be asked before is who somebody is, and which language they read. */
import type { webApi } from '@slack/bolt';
import { code } from '../../../../messages/mrkdwn.ts';
import { createEndpointModal } from '../../modals/create-endpoint.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import type { TypedTarget } from '../../payloads/command-text.ts';
import { isOutsider, standingSoon } from '../may-look.ts';
import { openModal } from '../open-modal.ts';
import type { ListenerTools } from '../tools.ts';

/** Where it was asked for; a shortcut comes from no conversation. */
export type Entrance = Pick<TypedCommand, 'user' | 'triggerId' | 'command'> &
  Partial<Pick<TypedCommand, 'channel' | 'responseUrl'>>;

export async function openCreateModal(
  command: Entrance,
  typed: TypedTarget,
  client: webApi.WebClient,
  tools: ListenerTools,
): Promise<void> {
  const { choices, log, accounts } = tools;
  const [standing, { modals, clicks }] = await Promise.all([
    standingSoon(command.user, tools),
    tools.messagesFor(command.user),
  ]);
  if (isOutsider(standing)) {
    log.info({ user: command.user, standing }, 'the form for a new request was not opened');
    await tools.answerPrivately(command, clicks.answer({ kind: 'standing', standing }, 'submit'));
    return;
  }
  const request = tools.newRequestId();
  const account = typed.instance === undefined ? undefined : choices.accountOf(typed.instance);
  const metadata = { request, ...(command.channel === undefined ? {} : { origin: command.channel }) };
  const modal = createEndpointModal({ metadata, typed, account, accounts }, choices.known, modals);
  const about = { request, user: command.user };
  if (await openModal(client, command.triggerId, modal, log, about)) {
    log.info(about, 'the form for a new request is open');
    // By the time somebody reads the first label, the lists are here.
    choices.warm(account, typed.service);
    return;
  }
  const again = [command.command, 'create', typed.instance, typed.service, typed.zone].filter(Boolean).join(' ');
  await tools.answerPrivately(command, modals.createNotOpened(code(again, 300)), about);
}
