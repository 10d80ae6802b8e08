/** In which lists a request can be found: written with its record, so that they are right whatever dies when. */
import { isOpen } from '../domain/holdings.ts';
import type { UserId } from '../domain/ids.ts';
import type { Request } from '../domain/request.ts';

/** `asked`, `open` and `owned` are of one requester. */
export type IndexName = 'waiting' | 'decided' | `asked:${UserId}` | `open:${UserId}` | `owned:${UserId}`;

export interface Indexed {
  readonly name: IndexName;
  /** `Moment.now` time by which it is sorted. */
  readonly score: number;
  /** Only so many of the newest stay; absent: all. */
  readonly keep?: number;
}

export interface Indexing {
  readonly add: readonly Indexed[];
  readonly remove: readonly IndexName[];
}

/** Of what is only looked back at. */
const KEPT = 200;

/**
 * All of it, not what changed: whatever another version of the bot left out is mended by the next run, and the same again
 * does nothing.
 */
export function indexing(request: Request): Indexing {
  const { requester } = request;
  const add = listed(request);
  const all: readonly IndexName[] = ['waiting', 'decided', `open:${requester}`, `owned:${requester}`];
  return { add, remove: all.filter((name) => !add.some((each) => each.name === name)) };
}

function listed(request: Request): readonly Indexed[] {
  const { requester, askedAt } = request;
  const decided = decidedAt(request);
  return [
    { name: `asked:${requester}`, score: askedAt, keep: KEPT },
    ...(request.status === 'pending' ? [{ name: 'waiting', score: askedAt } as const] : []),
    ...(isOpen(request.status) ? [{ name: `open:${requester}`, score: askedAt } as const] : []),
    ...(request.status === 'succeeded' ? [{ name: `owned:${requester}`, score: request.at } as const] : []),
    ...(decided === undefined ? [] : [{ name: 'decided', score: decided, keep: KEPT } as const]),
  ];
}

/** When people, or the time that they let go by, decided it; what the checks refused was never theirs to decide. */
function decidedAt(request: Request): number | undefined {
  switch (request.status) {
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return request.at;
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
    case 'failed':
    case 'succeeded':
      return request.approvedAt;
    case 'checking':
    case 'refused':
    case 'checked':
    case 'pending':
      return undefined;
  }
}
