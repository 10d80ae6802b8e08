/** `show <request>`: where a request is, and its card. */

import { UnreadableRequest } from '../../../../application/ports/requests.ts';
import { cardPlaceOf, type RequestRecord } from '../../../../application/record.ts';
import type { RequestId } from '../../../../domain/ids.ts';
import type { Messages } from '../../../../messages/messages.ts';
import type { TypedCommand } from '../../payloads/command.ts';
import { requestIdIn } from '../../payloads/command-text.ts';
import type { ListenerTools } from '../tools.ts';

export async function showRequest(
  typedCommand: TypedCommand,
  typed: string | undefined,
  tools: ListenerTools,
): Promise<void> {
  const { command, user } = typedCommand;
  const { answerPrivately } = tools;
  const messages = await tools.messagesFor(user);
  const id = typed === undefined ? undefined : requestIdIn(typed);
  const text = id === undefined ? messages.help.showWhat(command) : await answerFor(id, user, messages, tools);
  await answerPrivately(typedCommand, text, { user, ...(id === undefined ? {} : { request: id }) });
}

async function answerFor(
  id: RequestId,
  user: string,
  { help, clicks, card, modals }: Messages,
  { requests, directory, log }: ListenerTools,
): Promise<string> {
  // Guests and strangers share channels with members, not what members asked for.
  const { standing } = await directory.identify(user, []);
  if (standing !== 'member') return clicks.answer({ kind: 'standing', standing }, 'show');
  try {
    const { record, inbox } = await requests.load(id);
    if (record !== undefined) return help.shown(shown(record, card.headline(record.request)));
    return inbox.length > 0 ? help.shownTooEarly(id) : help.noSuchRequest(id);
  } catch (error) {
    log.error({ request: id, error }, 'a request could not be loaded to be shown');
    return error instanceof UnreadableRequest ? modals.unreadable : help.notLoaded;
  }
}

function shown(record: RequestRecord, headline: string) {
  const { id, requester, asked } = record.request;
  const card = cardPlaceOf(record);
  return { id, headline, requester, operation: asked.operation, ...(card === undefined ? {} : { card }) };
}
