/** Which listed endpoints can be the one that a request's sends brought. */

import type { Operation } from './asked.ts';
import type { ListedEndpoint } from './cloud.ts';
import { standsFor } from './precheck.ts';
import type { Sends } from './request.ts';

/**
 * The cloud writes `createTime` by its own clock, in whole seconds, and takes no call whose date is further from that
 * clock than a quarter of an hour: what a send of ours made can't seem older than this. Within it nothing is excluded
 * by age, for the baseline does the real work.
 */
const CLOCK_TOLERANCE_MS = 16 * 60_000;

/**
 * Neither the ClientToken nor a name comes back in a listing, so an endpoint is recognised by elimination:
 * not there before the first send, the same service (and zone, where the list has one), not older than the
 * send. The listing given here must be without endpoints that other requests hold.
 */
export function candidates(
  operation: Operation,
  sends: Sends,
  listing: readonly ListedEndpoint[],
): readonly ListedEndpoint[] {
  const baseline = new Set(sends.baseline);
  return listing.filter((endpoint) => {
    if (baseline.has(endpoint.id) || !standsFor(operation, endpoint)) return false;
    const created = endpoint.createdAt === undefined ? Number.NaN : Date.parse(endpoint.createdAt);
    return Number.isNaN(created) || created >= sends.firstAt - CLOCK_TOLERANCE_MS;
  });
}
