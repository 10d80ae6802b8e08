/** Takes in what a person did: one durable write, then a nudge. Slack's ack follows the write. */
import type { RequestId } from '../domain/ids.ts';
import type { InboxEntry } from './inbox.ts';
import type { Received } from './ports/requests.ts';
import type { Workspace } from './workspace.ts';

/** @throws when Redis does not take it: then nothing has been promised to anybody. */
export async function receive(
  id: RequestId,
  entry: InboxEntry,
  { requests, wakeUps, log }: Pick<Workspace, 'requests' | 'wakeUps' | 'log'>,
): Promise<Received> {
  const received = await requests.receive(id, entry);
  // Not awaited, and after the ack: the due index, written with the inbox, brings the run about should this be lost.
  if (received === 'received') {
    setImmediate(() => {
      wakeUps
        .nudge(id)
        .catch((error: unknown) => log.warn({ request: id, error }, 'nudge lost; the sweep will bring it'));
    });
  }
  return received;
}
