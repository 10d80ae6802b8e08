/** What can be asked of a request: by people, through its inbox, and by the world, as outcomes of effects. */

import type { Asked } from './asked.ts';
import type { CloudResult, CreatedEndpoint, ListedEndpoint } from './cloud.ts';
import type { Person } from './decision.ts';
import type { ChannelId, EndpointId, InstanceId, RequestId, UserId } from './ids.ts';
import type { Roster } from './policy/roster.ts';
import type { PrecheckReport } from './precheck.ts';
import type { Verdict } from './request.ts';

/** What people do. Each is stored before Slack gets its ack. */
export type PersonCommand =
  | {
      readonly kind: 'submit';
      /** The request that it makes; the id was given when the modal opened. */
      readonly id: RequestId;
      readonly by: UserId;
      readonly asked: Asked;
      readonly origin?: ChannelId;
    }
  | { readonly kind: 'edit'; readonly by: UserId; readonly revision: number; readonly asked: Asked }
  | { readonly kind: 'approve'; readonly by: UserId; readonly revision: number; readonly note?: string }
  /** One person's yes that needs no other, where the rule allows it. */
  | { readonly kind: 'approve-alone'; readonly by: UserId; readonly revision: number; readonly reason: string }
  /** The requester reminds those who may act. */
  | { readonly kind: 'remind'; readonly by: UserId; readonly revision: number }
  | {
      /** What an approver says of an emergency afterwards. */
      readonly kind: 'review';
      readonly by: UserId;
      readonly revision: number;
      readonly verdict: Verdict;
      readonly note?: string;
    }
  | { readonly kind: 'reject'; readonly by: UserId; readonly revision: number; readonly reason: string }
  | { readonly kind: 'cancel'; readonly by: UserId; readonly revision: number }
  | { readonly kind: 'retry'; readonly by: UserId; readonly revision: number }
  | { readonly kind: 'accept-connection'; readonly by: UserId; readonly revision: number }
  /** There is no card where it should be: post it again. */
  | { readonly kind: 'repost-card'; readonly by: UserId; readonly revision: number }
  | {
      readonly kind: 'choose-endpoint';
      readonly by: UserId;
      readonly revision: number;
      /** Absent: none of the candidates belongs to this request. */
      readonly endpoint?: EndpointId;
    };

/** What people do on a card, and see there when it is done. */
export type OnCard = Exclude<PersonCommand['kind'], 'submit' | 'repost-card'>;

/** What an effect brought back. Each names what it belongs to, and is dropped when that is over. */
export type Outcome =
  | {
      readonly kind: 'prechecked';
      readonly revision: number;
      readonly tries: number;
      readonly report: PrecheckReport;
      /** Absent when Slack was not asked: nobody is to approve it. */
      readonly roster?: Roster;
      /** Whether the bot can post in the result's channel; absent when that is not known, or there is none. */
      readonly canPost?: boolean;
    }
  | {
      readonly kind: 'rechecked';
      readonly tries: number;
      readonly report: PrecheckReport;
      /** The listing of the second precheck; absent when it could not be read. */
      readonly listing?: readonly ListedEndpoint[];
      /** Those of them that other requests hold. */
      readonly others: readonly EndpointId[];
    }
  | { readonly kind: 'slot-reserved'; readonly tries: number; readonly slotAt: number }
  | { readonly kind: 'account-halted'; readonly tries: number }
  | {
      readonly kind: 'create-answered';
      readonly attempt: number;
      readonly result: CloudResult<CreatedEndpoint>;
    }
  | {
      readonly kind: 'looked';
      readonly attempt: number;
      /** Which look of the read-back it was, from 0: that is how its listing is known not to be older than it was due. */
      readonly looks: number;
      /** Complete, and without endpoints that belong to other requests; absent when it could not be read. */
      readonly listing?: readonly ListedEndpoint[];
    }
  | { readonly kind: 'roster-read'; readonly revision: number; readonly roster: Roster }
  /** The policy is another than the request was looked at under. */
  | PolicyChanged
  /** The card may have been posted, and the bot may not look for it. */
  | { readonly kind: 'card-not-findable' }
  | {
      readonly kind: 'connection-seen';
      /** Which look it was, from 0. */
      readonly looks: number;
      /** Absent when it could not be read. */
      readonly seen?: SeenConnection;
    }
  | {
      readonly kind: 'acceptance-answered';
      readonly tries: number;
      /** Or another request of the account has its turn, and nothing was sent. */
      readonly answer: CloudResult<undefined> | 'not-our-turn';
    };

export interface PolicyChanged {
  readonly kind: 'policy-changed';
  readonly version: string;
  /** With those of their user groups that decide about the rule. */
  readonly requester: Person;
}

/** What the cloud shows of an endpoint's connection; nothing at all while it does not list the endpoint. */
export interface SeenConnection {
  readonly status?: string;
  readonly domain?: string;
  /** Whether the service accepts connections by itself; absent when that is not known, or does not matter. */
  readonly autoAccept?: boolean;
}

export type Command = PersonCommand | Outcome | { readonly kind: 'tick' };

/** The parameters that name a target: at most one open request may hold it. */
export function targetName(asked: Asked): string {
  const { account, instanceId, serviceId, zoneId } = asked.operation;
  return `target:${account}:${instanceId}:${serviceId}:${zoneId}`;
}

/** One of the places for open requests that a person has: each is held by one request. */
export function openRequestName(requester: UserId, place: number): string {
  return `open:${requester}:${place}`;
}

/** The name under which a request holds an endpoint as its own. */
export function endpointName(instanceId: InstanceId, endpointId: EndpointId): string {
  return `endpoint:${instanceId}:${endpointId}`;
}
