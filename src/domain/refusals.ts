/** Why something was not done, as values: each has exactly one sentence for people, in the messages. */

import type { Asked } from './asked.ts';
import type { CloudProblem, CreatedEndpoint } from './cloud.ts';
import type { FailureReason } from './cloud-errors.ts';
import type { ConnectionPhase } from './connection.ts';
import type { EndpointId, RequestId, UserGroupId, UserId, ZoneId } from './ids.ts';

/**
 * What Slack says of a person. Only a `member` counts; `unknown` means that Slack could not be asked,
 * and fails closed.
 */
export type Standing = 'member' | 'guest' | 'bot' | 'stranger' | 'deactivated' | 'unknown';

/** Why a request may not go on as it was asked. */
export type Refusal =
  | { readonly kind: 'no-rule' }
  /** Whether a rule is for this requester hangs on user groups that could not be read. */
  | { readonly kind: 'rule-unclear'; readonly groups: readonly UserGroupId[] }
  | { readonly kind: 'too-many-open'; readonly limit: number }
  | { readonly kind: 'not-allowed'; readonly standing: Standing }
  | { readonly kind: 'target-taken'; readonly by: RequestId; readonly link?: string }
  | { readonly kind: 'endpoint-exists'; readonly endpoint: EndpointId; readonly domain: string }
  | { readonly kind: 'instance-not-active'; readonly status: string }
  | { readonly kind: 'instance-too-old'; readonly createdAt?: string }
  | { readonly kind: 'service-not-active'; readonly status: string }
  | { readonly kind: 'zone-not-offered'; readonly zones: readonly ZoneId[] }
  | { readonly kind: 'dry-run-created'; readonly endpoint: CreatedEndpoint }
  | { readonly kind: 'cloud'; readonly reason: FailureReason; readonly problem: CloudProblem };

/** Why a create ended without an endpoint. */
export type Failure = Refusal | { readonly kind: 'gave-up'; readonly problem: CloudProblem };

/** Why a click changed nothing. It is told to the one who clicked, and to nobody else. */
export type ClickRefusal =
  | {
      readonly kind: 'already-decided';
      /** The status by then, which says how it was decided. */
      readonly status: string;
      readonly by: readonly UserId[];
      readonly at?: number;
    }
  | {
      readonly kind: 'old-revision';
      readonly current: number;
      /** What the last edit changed, where the last one was an edit. */
      readonly edit?: { readonly before: Asked; readonly asked: Asked };
    }
  | { readonly kind: 'reminded-lately'; readonly at: number; readonly againAt: number }
  | { readonly kind: 'reminded-enough'; readonly times: number }
  | { readonly kind: 'not-for-emergencies'; readonly rule: string }
  | { readonly kind: 'nothing-to-review' }
  | { readonly kind: 'reviewed-before'; readonly by: UserId; readonly at: number }
  /** Nobody reviews what they did or asked for themselves. */
  | { readonly kind: 'own-emergency' }
  | { readonly kind: 'not-an-approver'; readonly rule: string }
  | { readonly kind: 'requester-may-not-approve'; readonly rule: string }
  | { readonly kind: 'approved-before'; readonly at: number }
  | { readonly kind: 'no-place-left'; readonly rule: string }
  | { readonly kind: 'only-requester' }
  | { readonly kind: 'only-requester-or-approver'; readonly rule: string }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'groups-unreadable' }
  | { readonly kind: 'not-possible-now'; readonly status: string }
  | { readonly kind: 'target-taken'; readonly by: RequestId; readonly link?: string }
  | { readonly kind: 'endpoint-not-a-candidate' }
  | { readonly kind: 'nothing-to-accept'; readonly phase: ConnectionPhase }
  | { readonly kind: 'no-such-request' };
