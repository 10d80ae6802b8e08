/** The connection of an endpoint that a request made: how far it is, and who accepts it where that is needed. */

import type { Claim } from './claim.ts';
import type { CloudProblem } from './cloud.ts';
import type { RequestId, UserId } from './ids.ts';

export type ConnectionPhase =
  /** The cloud is at work, or does not show the endpoint yet. */
  | 'connecting'
  /** The service does not accept connections by itself, and nobody has accepted this one. */
  | 'unaccepted'
  | 'connected'
  /** Not up, and waiting for nobody, for longer than it should take. It may still come. */
  | 'down'
  /** The endpoint or its service has gone, or is about to. */
  | 'ended'
  /** Not up for so long that the bot has stopped looking. */
  | 'unwatched';

/** An acceptance (EnableVpcEndpointConnection). `by` is who ordered it; absent: the config file did. */
export type Acceptance =
  | {
      readonly state: 'wanted';
      readonly by?: UserId;
      /** Distinguishes successive attempts. */
      readonly tries: number;
      /** `Moment.now` before which it is not sent. */
      readonly notBefore: number;
      /** It is sent once the connection was looked at this often: after an unclear answer, first look. */
      readonly afterLooks: number;
    }
  | {
      readonly state: 'claimed';
      readonly by?: UserId;
      readonly tries: number;
      readonly claim: Claim;
    }
  | { readonly state: 'accepted'; readonly by?: UserId; readonly at: number }
  | { readonly state: 'refused'; readonly by?: UserId; readonly problem: CloudProblem };

export interface ConnectionState {
  readonly phase: ConnectionPhase;
  /** The cloud's own word for it, as seen last; absent while it shows none. */
  readonly status?: string;
  /** `Moment.now` from which it is counted how long it takes: the create, or the acceptance. */
  readonly since: number;
  /** How often it was looked at. */
  readonly looks: number;
  /** `Moment.now`; absent: it is not looked at any more. */
  readonly nextLookAt?: number;
  readonly acceptance?: Acceptance;
  /** Whether the requester has been told that it is not up, and so waits to be told that it is. */
  readonly told: boolean;
  /** How often an acceptance was ordered: each order has a ClientToken of its own. */
  readonly orders: number;
}

/** Words of the cloud for a connection that will not come up any more. */
const ENDED = new Set(['Deleting', 'ServiceDeleted']);
/** On a fresh endpoint both say that nobody has accepted it. */
const WAITING = new Set(['Disconnected', 'Pending']);

/** What the cloud's word for a connection means. */
export function readStatus(status: string | undefined): 'connected' | 'ended' | 'waiting' | 'under-way' {
  if (status === 'Connected') return 'connected';
  if (status !== undefined && ENDED.has(status)) return 'ended';
  return status !== undefined && WAITING.has(status) ? 'waiting' : 'under-way';
}

/** Whether a person may order the acceptance now. */
export function mayBeAccepted({ phase, acceptance }: ConnectionState): boolean {
  return phase === 'unaccepted' && (acceptance === undefined || acceptance.state === 'refused');
}

/** The acceptance's ClientToken: the same for every attempt of one order. */
export function acceptToken(id: RequestId, { orders }: ConnectionState): string {
  return `vpce-${id.slice('req_'.length)}-accept-${orders}`;
}
