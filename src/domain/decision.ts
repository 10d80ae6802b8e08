/** What decide needs besides state and command, and what it answers. */
import type { RequestEvent } from './events.ts';
import type { RequestId, UserGroupId } from './ids.ts';
import type { Rule } from './policy/rule.ts';
import type { ClickRefusal, Standing } from './refusals.ts';
import type { Moment } from './request.ts';

/** The one who acts, as Slack knew them a moment ago. */
export interface Person {
  readonly standing: Standing;
  /** Those of the rule's user groups that they are in. */
  readonly groups: readonly UserGroupId[];
  /** Those of the rule's user groups that could not be read. */
  readonly unreadable: readonly UserGroupId[];
}

/** Another request that holds a name. */
export interface Holder {
  readonly request: RequestId;
  /** Permalink of its card. */
  readonly link?: string;
}

export interface Context {
  readonly moment: Moment;
  /** The run that decides: it will hold the claims that follow. */
  readonly holder: string;
  readonly rules: readonly Rule[];
  /** How many requests of one person may be open at once; absent: any number. */
  readonly openRequestsPerPerson?: number;
  /** Of the policy that `rules` are of; the same for the same. */
  readonly policyVersion?: string;
  /** How late the account's list may show a new endpoint, in milliseconds. */
  readonly settleMs: number;
  /** Whether the bot accepts an endpoint's connection by itself where the service does not. */
  readonly acceptConnections: boolean;
  /** In [0, 1). */
  readonly jitter: number;
  /** Absent for commands that no person gives. */
  readonly person?: Person;
  /** Names that a commit found taken by another request. */
  readonly taken: ReadonlyMap<string, Holder>;
}

export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly RequestEvent[] }
  | { readonly kind: 'refused'; readonly refusal: ClickRefusal };

export function accepted(...events: readonly RequestEvent[]): Decision {
  return { kind: 'accepted', events };
}

export function refused(refusal: ClickRefusal): Decision {
  return { kind: 'refused', refusal };
}

/**
 * The time ladder: Redis 2 s < an ack 3 s < a cloud call 10 s < drain 15 s < the claim's window. Nobody but its
 * holder sends before the window and the margin are over, and the holder sends only while a whole call fits in it.
 */
export const LADDER = {
  callMs: 10_000,
  claimMs: 30_000,
  marginMs: 2_000,
} as const;

/** A second precheck older than this is done again before the send. */
export const READINESS_VALID_MS = 60_000;
/** So long before its place among the account's creates: a check that is slow holds up those behind it, too. */
export const RECHECK_AHEAD_MS = 10_000;
