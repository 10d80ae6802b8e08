/** The approval policy as data: what a rule matches and whose yes it takes. */
import type { AccountName, ChannelId, UserGroupId, UserId } from './ids.ts';

/** What is to be done to an endpoint. */
export type Action = 'create' | 'delete';

/** Each list is an "any of"; an absent one matches everything. */
export interface RuleMatch {
  readonly account?: readonly AccountName[];
  readonly action?: readonly Action[];
  /** Globs, such as `es-cn-*`. */
  readonly instance?: readonly string[];
}

/** `required` different people out of these users and the members of these user groups. */
export interface Step {
  readonly users: readonly UserId[];
  readonly groups: readonly UserGroupId[];
  readonly required: number;
}

export interface Rule {
  readonly name: string;
  readonly match: RuleMatch;
  /** All are to be met, in any order; one person fills one place of one step. */
  readonly steps: readonly Step[];
  /** Whether the requester's own yes counts. */
  readonly selfApproval: boolean;
  /** From the moment of asking, in milliseconds. */
  readonly expiresAfterMs: number;
  readonly remindAfterMs?: number;
  /** How long a complete approval may wait for its create, in milliseconds. */
  readonly approvalValidForMs: number;
  /** Where the card goes; by default the approvals channel. */
  readonly channel?: ChannelId;
}
