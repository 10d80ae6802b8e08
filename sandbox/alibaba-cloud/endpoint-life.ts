/** How an endpoint of the local cloud lives: made, accepted or rejected, connected, deleted; all by the cloud's clock. */
import type { LocalCloudState, LocalEndpoint } from './state.ts';

interface Statuses {
  endpointStatus: string;
  connectionStatus: string;
}

/** All but those whose deletion is over. */
export function endpointsAt(state: LocalCloudState, now: number): LocalEndpoint[] {
  const { deleteMs } = state.switches;
  return state.endpoints.filter(({ deletedAtMs }) => deletedAtMs === undefined || now - deletedAtMs < deleteMs);
}

/** In the documentation's words. On a fresh endpoint `Disconnected` means: not accepted yet. */
export function statusesAt(state: LocalCloudState, endpoint: LocalEndpoint, now: number): Statuses {
  if (endpoint.connectionStatus !== undefined) {
    return { endpointStatus: 'Active', connectionStatus: endpoint.connectionStatus };
  }
  if (endpoint.deletedAtMs !== undefined) return { endpointStatus: 'Deleting', connectionStatus: 'Deleting' };
  const service = state.services.find((each) => each.serviceId === endpoint.serviceId);
  if (!service) return { endpointStatus: 'Active', connectionStatus: 'ServiceDeleted' };

  const { connectMs, unaccepted } = state.switches;
  const isOver = (startedAt: number) => now - startedAt >= connectMs;
  const endpointStatus = isOver(endpoint.createdAtMs) ? 'Active' : 'Creating';
  const answer = endpoint.answered ?? (service.autoAccept && { accepted: true, atMs: endpoint.createdAtMs });
  if (!answer) return { endpointStatus, connectionStatus: unaccepted };
  const [during, after] = answer.accepted ? ['Connecting', 'Connected'] : ['Disconnecting', 'Disconnected'];
  return { endpointStatus, connectionStatus: (isOver(answer.atMs) ? after : during) ?? '' };
}

/** Words for what is under way that no documentation has. */
const NEWER_WORDS: Readonly<Record<string, string>> = {
  Creating: 'Provisioning',
  Connecting: 'Negotiating',
  Disconnecting: 'Unlinking',
  Deleting: 'Releasing',
};

/** The same in the words that are shown. */
export function shownStatuses(state: LocalCloudState, endpoint: LocalEndpoint, now: number): Statuses {
  const { endpointStatus, connectionStatus } = statusesAt(state, endpoint, now);
  const say = (word: string) => (state.switches.newerStatusWords ? (NEWER_WORDS[word] ?? word) : word);
  return { endpointStatus: say(endpointStatus), connectionStatus: say(connectionStatus) };
}
