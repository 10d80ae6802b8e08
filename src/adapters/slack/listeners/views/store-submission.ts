/** What all submitted forms have in common: one write, then the ack; if the write fails, the form stays and says so. */
import type { AckFn, ViewResponseAction } from '@slack/bolt';
import type { InboxEntry } from '../../../../application/inbox.ts';
import type { Received } from '../../../../application/ports/requests.ts';
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
  const { texts, log } = tools;
  const about = { request: id, user, command: entry.command.kind };
  try {
    const received = await receive(id, entry, tools);
    log.info({ ...about, received }, 'a form');
    if (received !== 'no-such-request') return received;
    await ack(fieldErrors({ [firstField]: texts.modals.problems.noSuchRequest }));
  } catch (error) {
    log.error({ ...about, error }, 'a form was not stored');
    await ack(fieldErrors({ [firstField]: texts.modals.problems.notStored }));
  }
  return undefined;
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
