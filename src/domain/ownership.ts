/** Which listed endpoints can be the one that a request's sends brought. */
import type { ListedEndpoint } from './cloud.ts';
import { standsFor } from './precheck.ts';
import type { Operation, Sends } from './request.ts';

/**
 * Samples show whole seconds and clocks differ, so this is generous: the baseline does the real work.
 * An endpoint older than this before the first send can't be ours.
 */
const CLOCK_TOLERANCE_MS = 60_000;

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
