/** The approval policy as data: what a rule matches, whose yes it takes, and what happens while nobody says it. */
import type { AccountName, ChannelId, UserGroupId, UserId } from '../ids.ts';
import type { Lifetime } from '../lifetime.ts';
import type { Freeze } from './freeze.ts';

/** What is to be done to an endpoint. */
export type Action = 'create' | 'delete';

/** These users, and the members of these user groups. */
export interface People {
  readonly users: readonly UserId[];
  readonly groups: readonly UserGroupId[];
}

/** Each list is an "any of"; an absent one matches everything. */
export interface RuleMatch {
  readonly account?: readonly AccountName[];
  readonly action?: readonly Action[];
  /** Globs, such as `es-cn-*`. */
  readonly instance?: readonly string[];
  readonly requester?: People;
  readonly lifetime?: readonly Lifetime[];
}

/** `required` different people out of these. */
export interface Step extends People {
  readonly required: number;
}

/** When those who may still act are reminded: after `afterMs`, then after twice as long each time, `capMs` at most. */
export interface Reminders {
  readonly afterMs: number;
  readonly capMs: number;
}

/** Who may act too, and is told so, once nobody has decided for `afterMs`. */
export interface Escalation extends People {
  readonly afterMs: number;
}

/** Who may approve alone, with a reason; the rule's approvers then owe a review within `reviewWithinMs`. */
export interface Emergency extends People {
  readonly reviewWithinMs: number;
}

export interface Rule {
  readonly name: string;
  readonly match: RuleMatch;
  /** All are to be met, in any order; one person fills one place of one step. None: approved without anybody's yes. */
  readonly steps: readonly Step[];
  /** Whether the requester's own yes counts. */
  readonly selfApproval: boolean;
  /** From the moment of asking, in milliseconds. */
  readonly expiresAfterMs: number;
  readonly reminders?: Reminders;
  readonly escalation?: Escalation;
  readonly emergency?: Emergency;
  /** While one of them is open nothing is created, but for an emergency. */
  readonly freezes?: readonly Freeze[];
  /** Whom the card mentions, and so alerts; absent: nobody. */
  readonly notify?: People;
  /** How long a complete approval may wait for its create, in milliseconds. */
  readonly approvalValidForMs: number;
  /** Where the card goes; by default the approvals channel. */
  readonly channel?: ChannelId;
}

/** The whole of it, as the config file has it. */
export interface Policy {
  /** The first that matches decides. */
  readonly rules: readonly Rule[];
  /** How many requests of one person may be open at once; absent: any number. */
  readonly openRequestsPerPerson?: number;
}
