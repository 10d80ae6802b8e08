/** What happened to a request: the facts that its record is folded from, its thread tells and its audit keeps. */

import type { Asked } from './asked.ts';
import type { Claim } from './claim.ts';
import type { CloudProblem, ListedEndpoint } from './cloud.ts';
import type { ChannelId, EndpointId, RequestId, UserId } from './ids.ts';
import type { Approval, Progress } from './policy/progress.ts';
import type { Roster } from './policy/roster.ts';
import type { People, Rule } from './policy/rule.ts';
import type { CheckName, PrecheckReport } from './precheck.ts';
import type { ClickRefusal, Failure, Refusal } from './refusals.ts';
import type { MadeEndpoint, Verdict, Watch } from './request.ts';

/** What the policy says of a revision at once, before the cloud is asked. */
export type Ruling =
  | {
      readonly kind: 'governed';
      readonly rule: Rule;
      readonly expiresAt: number;
      readonly policyVersion?: string;
      /** Which of the requester's places for open requests it takes, where these are limited. */
      readonly place?: number;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** How a request got its endpoint. */
export type Found = 'answered' | 'found' | 'chosen';

export type RequestEvent =
  | {
      readonly type: 'submitted';
      readonly id: RequestId;
      readonly by: UserId;
      readonly asked: Asked;
      readonly origin?: ChannelId;
      readonly ruling: Ruling;
    }
  | {
      readonly type: 'edited';
      readonly by: UserId;
      readonly revision: number;
      readonly asked: Asked;
      readonly before: Asked;
      /** Those whose yes is void now. */
      readonly voided?: readonly UserId[];
      readonly ruling: Ruling;
    }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'precheck-postponed'; readonly report: PrecheckReport; readonly retryAt: number }
  | { readonly type: 'result-channel-closed'; readonly channel: ChannelId }
  | { readonly type: 'precheck-passed'; readonly report: PrecheckReport; readonly roster?: Roster }
  | { readonly type: 'precheck-completed'; readonly report: PrecheckReport }
  | { readonly type: 'approval-given'; readonly approval: Approval; readonly progress: Progress }
  | {
      readonly type: 'approved';
      /** Nobody, where the rule approves by itself. */
      readonly by: readonly UserId[];
      readonly rule: string;
      /** Given alone by the last of them. */
      readonly emergency?: { readonly by: UserId; readonly reason: string };
    }
  | { readonly type: 'roster-read'; readonly roster: Roster }
  | {
      readonly type: 'reminded';
      /** Absent: it was time. */
      readonly by?: UserId;
      /** When it comes by itself again, if it does. */
      readonly nextAt?: number;
    }
  | { readonly type: 'escalated'; readonly to: People }
  /** The policy has changed, and the request keeps the rule that it was asked under. */
  | {
      readonly type: 'rule-kept';
      readonly version: string;
      /** The rule that one who asked now would fall under, where it differs. */
      readonly instead?: string;
    }
  /** The policy has changed, and its rule is stricter now. */
  | { readonly type: 'rule-tightened'; readonly version: string; readonly rule: Rule; readonly was: string }
  | { readonly type: 'frozen'; readonly until: number; readonly reason?: string }
  | { readonly type: 'review-reminded'; readonly nextAt: number }
  | {
      readonly type: 'reviewed';
      readonly by: UserId;
      readonly verdict: Verdict;
      readonly note?: string;
    }
  | { readonly type: 'rejected'; readonly by: UserId; readonly reason: string }
  | { readonly type: 'cancelled'; readonly by: UserId }
  | { readonly type: 'expired' }
  | { readonly type: 'sent-back'; readonly revision: number; readonly why: SentBack; readonly report: PrecheckReport }
  | { readonly type: 'recheck-postponed'; readonly retryAt: number; readonly problem?: CloudProblem }
  | { readonly type: 'rechecked'; readonly report: PrecheckReport; readonly endpoints: readonly EndpointId[] }
  | { readonly type: 'slot-reserved'; readonly slotAt: number }
  | { readonly type: 'account-halted'; readonly retryAt: number }
  | {
      readonly type: 'create-claimed';
      readonly claim: Claim;
      readonly attempt: number;
      readonly generation: number;
      readonly clientToken: string;
      readonly baseline: readonly EndpointId[];
    }
  | { readonly type: 'create-postponed'; readonly problem: CloudProblem; readonly retryAt: number }
  | { readonly type: 'create-unclear'; readonly problem: CloudProblem; readonly afterwards: 'resend' | 'give-up' }
  | { readonly type: 'looked'; readonly found: number; readonly complete: boolean; readonly nextLookAt: number }
  | { readonly type: 'resend-cleared'; readonly retryAt: number }
  | {
      readonly type: 'attention-needed';
      readonly candidates: readonly ListedEndpoint[];
      /** Another request has taken the target since this one failed. */
      readonly targetLost?: true;
    }
  | {
      readonly type: 'succeeded';
      readonly endpoint: MadeEndpoint;
      readonly how: Found;
      readonly by?: UserId;
      readonly watch?: Watch;
    }
  | { readonly type: 'failed'; readonly failure: Failure; readonly watch?: Watch }
  | { readonly type: 'retried'; readonly by: UserId }
  | { readonly type: 'disowned'; readonly by: UserId; readonly candidates: readonly EndpointId[] }
  | { readonly type: 'ghost-seen'; readonly endpoints: readonly ListedEndpoint[] }
  | { readonly type: 'watched'; readonly watch?: Watch }
  | { readonly type: 'connection-looked'; readonly status?: string; readonly nextLookAt: number }
  | {
      readonly type: 'connection-unaccepted';
      readonly status?: string;
      /** The bot accepts it by itself; otherwise the service's owner must. */
      readonly byBot: boolean;
      readonly nextLookAt: number;
    }
  | {
      readonly type: 'acceptance-ordered';
      /** Absent: the config file orders it. */
      readonly by?: UserId;
    }
  | { readonly type: 'acceptance-claimed'; readonly claim: Claim }
  | {
      readonly type: 'acceptance-postponed';
      readonly retryAt: number;
      /** It may have been accepted all the same. */
      readonly lookFirst: boolean;
      /** Absent: another request of the account had its turn. */
      readonly problem?: CloudProblem;
    }
  | { readonly type: 'connection-accepted'; readonly requestId?: string }
  | { readonly type: 'acceptance-refused'; readonly problem: CloudProblem }
  | {
      readonly type: 'connected';
      /** Somebody has been told that it is not up, or has waited for long. */
      readonly awaited: boolean;
    }
  | { readonly type: 'connection-down'; readonly status?: string; readonly nextLookAt: number }
  | { readonly type: 'connection-ended'; readonly status?: string }
  | { readonly type: 'connection-unwatched' }
  | { readonly type: 'domain-known'; readonly domain: string }
  | { readonly type: 'card-not-findable' }
  | {
      /** A person has looked for the card, and it is to be posted again. */
      readonly type: 'card-missed';
      readonly by: UserId;
    }
  | { readonly type: 'attempt-refused'; readonly by: UserId; readonly what: string; readonly refusal: ClickRefusal };

export type SentBack =
  | { readonly kind: 'precheck-differs'; readonly checks: readonly CheckName[] }
  | { readonly kind: 'approval-too-old' };
