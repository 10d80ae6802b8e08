/** A request whose record can't be read: nothing is done to it, it is tried again ever more rarely, and the log says so. */
import type { RequestId } from '../domain/ids.ts';
import { UnreadableRequest } from './ports/requests.ts';
import type { Workspace } from './workspace.ts';

const FIRST_PAUSE_MS = 30_000;
/** Somebody who has mended a record need not wait longer for it to go on; a click on it brings it on at once. */
const LONGEST_PAUSE_MS = 30 * 60_000;

/** Wraps what runs a request. The wrapped one answers with whether the request could be read; else it throws as before. */
export function leavingUnreadable(
  run: (id: RequestId) => Promise<void>,
  { requests, clock, log }: Pick<Workspace, 'requests' | 'clock' | 'log'>,
): (id: RequestId) => Promise<'done' | 'unreadable'> {
  const failures = new Map<RequestId, number>();
  return async (id) => {
    try {
      await run(id);
      failures.delete(id);
      return 'done';
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      const before = failures.get(id) ?? 0;
      failures.set(id, before + 1);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(before, 10), LONGEST_PAUSE_MS);
      await requests.putOff(id, (await clock.read()).now + pauseMs);
      log.error(
        { request: id, problem: error.message, pauseMs },
        'a request can’t be read, and is left as it is until somebody mends it',
      );
      return 'unreadable';
    }
  };
}
