/** The store of requests, with a word whenever a commit changes something that stands on the Home tab. */
import type { RequestId } from '../domain/ids.ts';
import type { Requests } from './ports/requests.ts';
import { Recent } from './recent.ts';
import { cardPlaceOf, type RequestRecord } from './record.ts';

/** Of what was changed lately; of the others it is said that they changed, and nothing comes of it. */
const MOST = 5_000;

/** @param onCommitted called after the commit, and not waited for. */
export function announcingHome(requests: Requests, onCommitted: (record: RequestRecord) => void): Requests {
  const known = new Recent<RequestId, string>(MOST);
  return {
    ...requests,
    async commit(change) {
      const result = await requests.commit(change);
      const { record } = change;
      if (result.kind !== 'committed' || record === undefined) return result;
      const facts = onHome(record);
      if (known.get(change.id) === facts) return result;
      known.set(change.id, facts);
      onCommitted(record);
      return result;
    },
  };
}

/** Whatever Home shows of a request, or sorts it by. */
function onHome(record: RequestRecord): string {
  const { request } = record;
  const { status, revision, requester, asked, askedAt } = request;
  return JSON.stringify([
    [status, revision, requester, asked.operation, asked.lifetime, askedAt],
    cardPlaceOf(record),
    'rule' in request ? request.rule : undefined,
    'approvals' in request ? request.approvals : undefined,
    'expiresAt' in request ? request.expiresAt : undefined,
    'at' in request ? request.at : undefined,
    'approvedAt' in request ? request.approvedAt : undefined,
    request.status === 'succeeded' ? [request.endpoint, request.connection.phase, request.connection.status] : [],
    request.status === 'succeeded' ? request.connection.acceptance?.state : undefined,
  ]);
}
