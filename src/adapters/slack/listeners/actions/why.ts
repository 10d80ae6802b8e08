/** `why`: whose approval a request needs, and why; on a message as an answer, on Home as a form to read. */
import { explainRequest } from '../../../../application/explain.ts';
import { within } from '../../../../application/patience.ts';
import { UnreadableRequest } from '../../../../application/ports/requests.ts';
import type { RequestId } from '../../../../domain/ids.ts';
import type { Messages } from '../../../../messages/messages.ts';
import { text } from '../../blocks/elements.ts';
import { explanationLines } from '../../blocks/explanation.ts';
import { explanationModal } from '../../modals/explanation.ts';
import { readClick } from '../../payloads/click.ts';
import { openModal } from '../open-modal.ts';
import type { ListenerTools } from '../tools.ts';
import { type FormArgs, thenAcknowledge } from './form-opener.ts';

/** A trigger is good for 3 s. */
const FORM_MS = 2_000;

export const onWhy = (tools: ListenerTools) =>
  thenAcknowledge(async ({ body, client }: FormArgs) => {
    const { messagesFor, log, answerPrivately } = tools;
    const click = readClick(body);
    const { value, user, channel, triggerId } = click;
    const messages = await messagesFor(user);
    if (value === undefined) {
      log.warn({ user, action: click.actionId }, 'a click on a button that names no request');
      return answerPrivately(click, messages.modals.clicks.unreadableButton, { action: click.actionId });
    }
    const about = { request: value.id, user, action: click.actionId };
    const explaining = linesFor(value.id, user, messages, tools);
    if (channel === undefined) {
      const soon = await within(FORM_MS, explaining);
      const modal = soon === undefined ? undefined : explanationModal(soon, messages.explain);
      if (modal !== undefined && (await openModal(client, triggerId, modal, log, about))) return;
    }
    await answerPrivately(click, text(await explaining), about);
  });

async function linesFor(
  id: RequestId,
  user: string,
  messages: Messages,
  tools: ListenerTools,
): Promise<readonly string[]> {
  try {
    return explanationLines(await explainRequest(id, user, tools), messages);
  } catch (error) {
    tools.log.error({ user, request: id, error }, 'who can approve could not be told');
    return [error instanceof UnreadableRequest ? messages.modals.unreadable : messages.help.notLoaded];
  }
}
