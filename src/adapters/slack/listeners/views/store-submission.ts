/** What all submitted forms have in common: one write, then the ack; if the write fails, the form stays and says so. */
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { InboxEntry } from '../../../../application/inbox.ts';
import { type Received, UnreadableRequest } from '../../../../application/ports/requests.ts';
import { receive } from '../../../../application/receive.ts';
import type { RequestId } from '../../../../domain/ids.ts';
import type { ClickMetadata } from '../../payloads/metadata.ts';
import type { Submission } from '../../payloads/submission.ts';
import type { ListenerTools } from '../tools.ts';

export type ViewAck = AckFn<ViewResponseAction>;

/** Undefined, after an answer, when it was not stored. */
export async function storeSubmission(
  id: RequestId,
  entry: InboxEntry,
  { firstField, user }: Submission,
  ack: ViewAck,
  tools: ListenerTools,
): Promise<Exclude<Received, 'no-such-request'> | undefined> {
  const { log } = tools;
  // Known by the time it is needed: after the store there may be little left of the 3 s.
  const speaking = tools.messagesFor(user);
  const about = { request: id, user, command: entry.command.kind };
  try {
    const received = await receive(id, entry, tools);
    log.info({ ...about, received }, 'a form');
    if (received !== 'no-such-request') return received;
    const { modals } = await speaking;
    await ack(fieldErrors({ [firstField]: modals.problems.noSuchRequest }));
  } catch (error) {
    log.error({ ...about, error }, 'a form was not stored');
    const { modals } = await speaking;
    const isUnreadable = error instanceof UnreadableRequest;
    await ack(fieldErrors({ [firstField]: isUnreadable ? modals.unreadable : modals.problems.notStored }));
  }
  return undefined;
}

/** A form that this version did not write, or not like that: nothing in it can be trusted to mean what it says. */
export async function refuseForm(
  modal: string,
  { firstField, user }: Submission,
  ack: ViewAck,
  { messagesFor, log }: ListenerTools,
): Promise<void> {
  log.warn({ modal, user }, 'a form that this version does not know');
  const { modals } = await messagesFor(user);
  await (firstField === '' ? ack() : ack(fieldErrors({ [firstField]: modals.problems.oldForm })));
}

export function fieldErrors(errors: Record<string, string>): ViewResponseAction {
  return { response_action: 'errors', errors };
}

/** How to answer the one who filled in a form that a button opened. */
export function wayBack({
  channel,
  responseUrl,
  card,
}: ClickMetadata): Pick<InboxEntry, 'channel' | 'responseUrl' | 'card'> {
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    ...(card === undefined ? {} : { card }),
  };
}
