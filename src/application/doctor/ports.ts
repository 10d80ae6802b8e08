/** What the doctor asks of Slack, Redis and the cloud: it only ever reads. No method rejects. */

import type { CloudProblem } from '../../domain/cloud.ts';
import type { RedisSetting } from '../../domain/doctor/findings.ts';
import type { ChannelId, UserGroupId, UserId } from '../../domain/ids.ts';
import type { Standing } from '../../domain/refusals.ts';

/** Milliseconds by which a clock is ahead of this machine's; negative when it is behind. */
export type AheadMs = number;

/** What was asked for is not known, and why. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly error: string;
}

export interface Identified {
  readonly kind: 'identified';
  readonly teamId: string;
  readonly team: string;
  /** Undefined where Slack does not tell them. */
  readonly scopes: readonly string[] | undefined;
  readonly aheadMs: AheadMs | undefined;
}

export interface SlackExaminer {
  /** auth.test. */
  identify(): Promise<Identified | { readonly kind: 'refused'; readonly error: string } | Unknown>;
  /** apps.connections.open; the address that it gives is not used. */
  socket(): Promise<'not-used' | 'ready' | { readonly kind: 'refused'; readonly error: string } | Unknown>;
  channel(
    id: ChannelId,
  ): Promise<{ readonly kind: 'found'; readonly archived: boolean; readonly joined: boolean } | 'absent' | Unknown>;
  standing(id: UserId, teamId: string): Promise<Standing | 'absent' | Unknown>;
  /** usergroups.list, the disabled ones too. */
  groups(): Promise<ReadonlyMap<UserGroupId, Group> | Unknown>;
}

export interface Group {
  readonly disabled: boolean;
  readonly members: readonly UserId[];
}

export interface RedisReport {
  readonly kind: 'reached';
  readonly version: string;
  readonly replica: boolean;
  readonly replicas: number;
  /** Whether nothing counts that no replica has, even if there is none. */
  readonly replicasNeeded: boolean;
  /** A setting that the server does not tell is absent. */
  readonly settings: Readonly<Partial<Record<RedisSetting, string>>>;
  readonly snapshots: boolean;
  readonly aheadMs: AheadMs;
}

export type RedisExaminer = () => Promise<
  | RedisReport
  | { readonly kind: 'unreachable'; readonly error: string }
  | { readonly kind: 'data-folder-unusable'; readonly dir: string; readonly error: string }
>;

/** What one action brought: `untried` where no call without consequences could tell. */
export interface ActionReport {
  /** As RAM calls it, such as `elasticsearch:ListInstance`. */
  readonly action: string;
  readonly outcome:
    | { readonly kind: 'allowed' | 'untried' }
    | { readonly kind: 'denied'; readonly missing: string }
    | { readonly kind: 'failed'; readonly problem: CloudProblem };
}

export interface AccountReport {
  readonly kind: 'examined';
  readonly actions: readonly ActionReport[];
  readonly instances: number | undefined;
  readonly aheadMs: AheadMs | undefined;
}

export type AccountExaminer = () => Promise<
  AccountReport | { readonly kind: 'no-credentials'; readonly error: string }
>;
