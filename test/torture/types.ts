/** What the rooms of the torture share: the faults by name, the wrong outcomes by name, and a request as it was lived. */
import type { AuditEntry, RequestRecord } from '../../src/application/record.ts';

/** Everything that goes wrong on purpose. Each must have struck at least once, or the run proves nothing about it. */
export const FAULTS = {
  processes: [
    'SIGKILL, and a restart',
    'SIGSTOP, and SIGCONT',
    'a new replica, and SIGTERM for an old one',
    'a click on a replica that is gone or frozen',
  ],
  people: [
    'double click',
    'click delivered again',
    'event delivered again',
    'click of somebody who may not',
    'click on an old card',
    'two approvers at once',
  ],
  cloud: [
    'reply lost after the effect',
    '5xx before the effect',
    '5xx after the effect',
    'redirect (302)',
    'HTML',
    'empty body',
    'truncated body',
    'reset',
    'hang',
    'throttling',
    'throttling with Retry-After',
    'ClientToken ignored',
    'ClientToken forgotten',
    'IdempotentFailed',
    'listed late, within settle',
    'listed later than settle, token honoured',
    'a foreign endpoint that could be ours',
    'dry run that fails',
  ],
  slack: [
    '429 with Retry-After',
    '500',
    'timeout',
    'post whose reply is lost',
    'update that lands late',
    'invalid_blocks',
    'message_not_found',
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'outage of everything',
  ],
  redis: ['kill -9, and a restart', 'frozen', 'answers lost with their sockets', 'SCRIPT FLUSH', 'writes refused'],
} as const;

export type Place = keyof typeof FAULTS;
export type CloudFault = (typeof FAULTS.cloud)[number];
export type SlackFault = (typeof FAULTS.slack)[number];
export type FaultName = (typeof FAULTS)[Place][number];

/** What no run may bring, in the order of the table. */
export const WRONGS = [
  'double creates',
  'lost approvals',
  'approvals without right',
  'stale cards',
  'double messages',
  'silent clicks',
  'broken chains',
  'unfinished requests',
] as const;
export type Wrong = (typeof WRONGS)[number];

/** What was found, each in a sentence; `undefined` where there is nothing to look at. */
export type Verdict = Record<Wrong, readonly string[] | undefined>;

export const FATES = [
  'approve',
  'two-at-once',
  'reject',
  'cancel',
  'edit',
  'stranger-first',
  'requester-first',
] as const;
export type Fate = (typeof FATES)[number];

export interface Plan {
  readonly index: number;
  readonly fate: Fate;
  readonly requester: string;
  readonly approver: string;
  readonly second: string;
  readonly stranger: string;
  readonly cloud?: CloudFault;
  readonly slack?: SlackFault;
  /** For what may go wrong before as well as after an effect. */
  readonly late: boolean;
  readonly doubleClick: boolean;
  readonly redelivered: boolean;
  readonly oldCard: boolean;
}

/** A request as the harness lived it. */
export interface Life {
  readonly plan: Plan;
  readonly instance: string;
  readonly service: string;
  /** As submitted; more than one where a form was filled in anew. */
  readonly ids: string[];
  /** Endpoints of the same target that somebody else made. */
  readonly foreign: string[];
  /** What the person at the keyboard gave up on. */
  trouble?: string;
  /** The last click that Slack’s client did not even send. */
  refusedByClient?: string;
}

/** What one bot has written down itself, where it has. */
export interface Ledger {
  readonly audits: ReadonlyMap<string, readonly AuditEntry[]>;
  readonly records: ReadonlyMap<string, RequestRecord>;
}

/** How often each person-made fault was really made. */
export class Tally {
  private readonly counts = new Map<FaultName, number>();

  add(name: FaultName, times = 1): void {
    this.counts.set(name, this.of(name) + times);
  }

  of(name: FaultName): number {
    return this.counts.get(name) ?? 0;
  }
}

/** Whoever may approve under the rule. */
export const ENTITLED: readonly string[] = ['U0BEN', 'U0CAT', 'U0HAL', 'U0IDA'];
