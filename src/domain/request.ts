/** A request for an endpoint: a union by status, each with only what exists then. */
import type { Asked } from './asked.ts';
import type { Claim } from './claim.ts';
import type { CloudProblem, ListedEndpoint } from './cloud.ts';
import type { ConnectionState } from './connection.ts';
import type { ChannelId, EndpointId, RequestId, ServiceId, UserId } from './ids.ts';
import type { OpenFreeze } from './policy/freeze.ts';
import type { Approval } from './policy/progress.ts';
import type { Roster } from './policy/roster.ts';
import type { Rule } from './policy/rule.ts';
import type { PrecheckReport } from './precheck.ts';
import type { Failure, Refusal } from './refusals.ts';

/** One instant, read twice: `now` decides about waiting and expiry, `wall` is compared with the outside world. */
export interface Moment {
  /** Milliseconds since the epoch; a sandbox may move it ahead. */
  readonly now: number;
  /** Milliseconds since the epoch, never moved. */
  readonly wall: number;
}

interface Common {
  readonly id: RequestId;
  /** Counts from 1; an edit or a sending back makes a new one, which voids the approvals. */
  readonly revision: number;
  readonly requester: UserId;
  readonly asked: Asked;
  /** Where the command was typed. */
  readonly origin?: ChannelId;
  /** `Moment.now` of the asking. */
  readonly askedAt: number;
  /** What the revision before asked for, where an edit made this one. */
  readonly before?: Asked;
  /** Which of the requester's places for open requests it has, from 1; absent where there is no limit. */
  readonly place?: number;
}

/**
 * The rule is the one that matched when this revision was asked, or a stricter one that came after it, as widened by its
 * escalation.
 */
interface Governed extends Common {
  readonly rule: Rule;
  /** Under which version of the policy the rule was looked at last. */
  readonly policyVersion?: string;
  /** `Moment.now` at which the rule's escalation added people to it. */
  readonly escalatedAt?: number;
  /** Who stands behind the rule's names, as it was read last; it names them on the card. */
  readonly roster?: Roster;
}

/** What is known of the sends of one request, all attempts and generations together. */
export interface Sends {
  /** The instance's endpoints before the first send. */
  readonly baseline: readonly EndpointId[];
  /** Wall time of the first send. */
  readonly firstAt: number;
  /** How many sends were claimed. */
  readonly attempts: number;
  /** Attempts in a row that were definitely not applied; sets the backoff. */
  readonly setbacks: number;
  /** Whether any send may have taken effect without our seeing it. */
  readonly uncertain: boolean;
}

/** What the rule's approvers say of an emergency afterwards. */
export type Verdict = 'in-order' | 'not-in-order';

/** A yes that one person gave alone, and the review that is owed for it. Times are of `Moment.now`. */
export interface EmergencyApproval {
  readonly by: UserId;
  readonly reason: string;
  readonly at: number;
  readonly review:
    | { readonly state: 'due'; readonly until: number; readonly reminded: number; readonly nextAt: number }
    | {
        readonly state: 'done';
        readonly by: UserId;
        readonly at: number;
        readonly verdict: Verdict;
        readonly note?: string;
      };
}

interface ApprovedOnce extends Governed {
  readonly precheck: PrecheckReport;
  readonly approvals: readonly Approval[];
  /** Present where one person approved alone. */
  readonly emergency?: EmergencyApproval;
  /** `Moment.now` when the last approval came. */
  readonly approvedAt: number;
  /** Counts from 1; a person's retry after a definite failure starts a new one, with a new ClientToken. */
  readonly generation: number;
}

export interface Checking extends Governed {
  readonly status: 'checking';
  readonly tries: number;
  /** `Moment.now` before which it is not tried again. */
  readonly notBefore: number;
  readonly expiresAt: number;
}

export interface Refused extends Common {
  readonly status: 'refused';
  readonly refusal: Refusal;
  readonly at: number;
}

export interface Checked extends Governed {
  readonly status: 'checked';
  readonly precheck: PrecheckReport;
  readonly at: number;
}

/** The reminders of a revision. Times are of `Moment.now`. */
export interface Reminded {
  /** Those that came by themselves. */
  readonly times: number;
  readonly byHand: number;
  readonly lastAt?: number;
  /** Absent: none comes by itself any more. */
  readonly nextAt?: number;
}

export interface Pending extends Governed {
  readonly status: 'pending';
  readonly precheck: PrecheckReport;
  readonly approvals: readonly Approval[];
  readonly since: number;
  readonly expiresAt: number;
  /** `Moment.now` from which the roster is read again. */
  readonly rosterDueAt: number;
  readonly reminders: Reminded;
  /** Of an earlier revision that was sent back after a send. */
  readonly sends?: Sends;
}

export interface Rejected extends Governed {
  readonly status: 'rejected';
  readonly precheck: PrecheckReport;
  readonly approvals: readonly Approval[];
  readonly by: UserId;
  readonly reason: string;
  readonly at: number;
}

export interface Cancelled extends Governed {
  readonly status: 'cancelled';
  readonly precheck: PrecheckReport | undefined;
  readonly by: UserId;
  readonly at: number;
}

export interface Expired extends Governed {
  readonly status: 'expired';
  readonly precheck: PrecheckReport | undefined;
  readonly at: number;
}

/** The second precheck, just before the send. */
export interface Readiness {
  readonly at: number;
  readonly endpoints: readonly EndpointId[];
}

export interface Approved extends ApprovedOnce {
  readonly status: 'approved';
  /** `Moment.now` before which nothing is sent. */
  readonly notBefore: number;
  /** Distinguishes the slots and second prechecks of successive attempts. */
  readonly tries: number;
  /** The account's next free place in time (wall), once reserved. */
  readonly slotAt?: number;
  readonly ready?: Readiness;
  /** A person's retry: the next send starts a new generation. */
  readonly renewToken: boolean;
  readonly sends?: Sends;
  /** Why the last send or check was put off. */
  readonly setback?: CloudProblem;
  /** The account's creates are stopped until an operator resumes them. */
  readonly halted: boolean;
  /** A freeze window of the rule keeps its create back until this `Moment.now`. */
  readonly frozen?: OpenFreeze;
}

export interface Executing extends ApprovedOnce {
  readonly status: 'executing';
  readonly claim: Claim;
  /** Its place among the account's creates (wall). */
  readonly slotAt?: number;
  readonly clientToken: string;
  readonly sends: Sends;
}

/** A send of unknown outcome: it is read back before anything else is done. */
export interface Unknown extends ApprovedOnce {
  readonly status: 'unknown';
  readonly clientToken: string;
  readonly sends: Sends;
  readonly problem: CloudProblem;
  /** What to do once two complete listings showed nothing. */
  readonly afterwards: 'resend' | 'give-up';
  readonly looks: number;
  /** Wall time before which it is not looked at again. */
  readonly nextLookAt: number;
  /** Wall time of the first complete listing that showed nothing. */
  readonly emptySince?: number;
  /** Wall time of the first listing that showed more than one. */
  readonly severalSince?: number;
}

export interface NeedsAttention extends ApprovedOnce {
  readonly status: 'needs-attention';
  readonly candidates: readonly ListedEndpoint[];
  /** Another request has taken the target since this one failed. */
  readonly targetLost?: true;
  readonly sends: Sends;
  readonly at: number;
}

/** Looking out for an endpoint that a send of unknown outcome might still bring. */
export interface Watch {
  /** Wall time. */
  readonly nextAt: number;
  readonly left: number;
}

export interface Failed extends ApprovedOnce {
  readonly status: 'failed';
  readonly failure: Failure;
  readonly at: number;
  readonly sends?: Sends;
  readonly watch?: Watch;
}

/** The endpoint that a request brought. */
export interface MadeEndpoint {
  readonly id: EndpointId;
  readonly domain: string;
  readonly name?: string;
  /** As the cloud answered: it may differ from the one sent. */
  readonly serviceId?: ServiceId;
  /** The RequestId of the CreateVpcEndpoint that answered with it, where one did. */
  readonly requestId?: string;
}

export interface Succeeded extends ApprovedOnce {
  readonly status: 'succeeded';
  readonly endpoint: MadeEndpoint;
  /** By the create's own reply, read back, or chosen by a person. */
  readonly how: 'answered' | 'found' | 'chosen';
  readonly at: number;
  readonly sends: Sends;
  readonly watch?: Watch;
  readonly connection: ConnectionState;
  /** Endpoints that turned up afterwards and could be this request's too; nothing is deleted automatically. */
  readonly ghosts: readonly ListedEndpoint[];
}

export type Request =
  | Checking
  | Refused
  | Checked
  | Pending
  | Rejected
  | Cancelled
  | Expired
  | Approved
  | Executing
  | Unknown
  | NeedsAttention
  | Failed
  | Succeeded;

export type Status = Request['status'];

/** Statuses that no command leaves. */
export const FINAL: ReadonlySet<Status> = new Set<Status>(['checked', 'rejected', 'cancelled', 'expired', 'succeeded']);
