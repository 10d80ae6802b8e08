/** What an examination of the bot's settings and surroundings can find, as data; the messages make sentences of it. */
import type { FailureReason } from '../cloud-errors.ts';
import type { AccountName, ChannelId, UserGroupId, UserId } from '../ids.ts';
import type { Standing } from '../refusals.ts';
import type { Scope } from './scopes.ts';

/** Whose clock. */
export type ClockOwner =
  | { readonly kind: 'this-machine' }
  | { readonly kind: 'slack' }
  | { readonly kind: 'cloud'; readonly account: AccountName };

export type CheckedArea = 'slack' | 'channels' | 'people' | 'redis' | 'cloud';

export type Finding = GeneralFinding | SlackFinding | ApprovalFinding | ServerFinding;

export type GeneralFinding =
  | { readonly id: 'setting-wrong'; readonly where: string; readonly message: string }
  | { readonly id: 'not-looked-at'; readonly area: CheckedArea; readonly error: string };

/** `places` are those of the config file that name the channel. */
export type SlackFinding =
  | { readonly id: 'slack-ready'; readonly team: string; readonly teamId: string }
  | { readonly id: 'slack-unreachable'; readonly error: string }
  | { readonly id: 'bot-token-refused'; readonly error: string }
  | { readonly id: 'workspace-unknown'; readonly teamId: string }
  | { readonly id: 'scopes-granted'; readonly count: number }
  | { readonly id: 'scope-missing'; readonly scope: Scope }
  | { readonly id: 'scopes-unknown' }
  | { readonly id: 'socket-ready' }
  | { readonly id: 'app-token-refused'; readonly error: string }
  | { readonly id: 'socket-unknown'; readonly error: string }
  | { readonly id: 'signing-secret-unproven' }
  | { readonly id: 'channels-ready'; readonly count: number }
  | { readonly id: 'channel-absent'; readonly channel: ChannelId; readonly places: readonly string[] }
  | { readonly id: 'channel-archived'; readonly channel: ChannelId; readonly places: readonly string[] }
  | { readonly id: 'channel-not-joined'; readonly channel: ChannelId; readonly places: readonly string[] }
  | {
      readonly id: 'channel-unknown';
      readonly channel: ChannelId;
      readonly places: readonly string[];
      readonly error: string;
    };

/** `rules` are those of the config file that name the person or the user group. */
export type ApprovalFinding =
  | { readonly id: 'people-ready'; readonly users: number; readonly groups: number }
  | { readonly id: 'approver-absent'; readonly user: UserId; readonly rules: readonly string[] }
  | {
      readonly id: 'approver-unfit';
      readonly user: UserId;
      readonly standing: Exclude<Standing, 'member' | 'unknown'>;
      readonly rules: readonly string[];
    }
  | {
      readonly id: 'approver-unknown';
      readonly user: UserId;
      readonly rules: readonly string[];
      readonly error: string;
    }
  | { readonly id: 'group-absent'; readonly group: UserGroupId; readonly rules: readonly string[] }
  | { readonly id: 'group-disabled'; readonly group: UserGroupId; readonly rules: readonly string[] }
  | { readonly id: 'group-empty'; readonly group: UserGroupId; readonly rules: readonly string[] }
  | { readonly id: 'groups-unknown'; readonly groups: readonly UserGroupId[]; readonly error: string }
  | { readonly id: 'rule-unmet'; readonly rule: string; readonly filled: number; readonly required: number }
  | { readonly id: 'rule-shadowed'; readonly rule: string; readonly by: string }
  | { readonly id: 'account-without-rule'; readonly account: AccountName }
  | { readonly id: 'policy-ready'; readonly rules: number };

export type ServerFinding =
  | { readonly id: 'redis-ready'; readonly version: string }
  | { readonly id: 'redis-unreachable'; readonly error: string }
  | { readonly id: 'redis-old'; readonly version: string; readonly wanted: string }
  | { readonly id: 'redis-replica' }
  | { readonly id: 'redis-evicts'; readonly policy: string }
  | { readonly id: 'redis-forgets'; readonly snapshots: boolean }
  | { readonly id: 'redis-syncs-late'; readonly appendfsync: string }
  | { readonly id: 'redis-no-replica' }
  | { readonly id: 'redis-one-replica' }
  | { readonly id: 'redis-setting-unknown'; readonly setting: RedisSetting }
  | { readonly id: 'data-folder-unusable'; readonly dir: string; readonly error: string }
  | { readonly id: 'clocks-agree'; readonly count: number }
  /** @property ms how far it is ahead of the bot's own time; negative when it is behind. */
  | { readonly id: 'clock-off'; readonly whose: ClockOwner; readonly ms: number }
  | { readonly id: 'account-ready'; readonly account: AccountName; readonly instances: number }
  | { readonly id: 'credentials-absent'; readonly account: AccountName; readonly error: string }
  | { readonly id: 'permission-missing'; readonly account: AccountName; readonly action: string }
  | { readonly id: 'permission-unknown'; readonly account: AccountName; readonly actions: readonly string[] }
  | {
      readonly id: 'cloud-refuses';
      readonly account: AccountName;
      readonly action: string;
      readonly reason: FailureReason;
      readonly code: string;
    };

export type RedisSetting = 'appendonly' | 'appendfsync' | 'maxmemory-policy';

/** What it is about, by the name that the reader finds in the config file or the environment. */
export function subjectOf(finding: Finding): string {
  switch (finding.id) {
    case 'setting-wrong':
      return finding.where;
    case 'not-looked-at':
      return finding.area;
    case 'slack-ready':
    case 'workspace-unknown':
      return finding.teamId;
    case 'slack-unreachable':
      return 'SLACK_API_URL';
    case 'bot-token-refused':
    case 'scopes-granted':
    case 'scopes-unknown':
      return 'SLACK_BOT_TOKEN';
    case 'scope-missing':
      return finding.scope;
    case 'socket-ready':
    case 'app-token-refused':
    case 'socket-unknown':
      return 'SLACK_APP_TOKEN';
    case 'signing-secret-unproven':
      return 'SLACK_SIGNING_SECRET';
    case 'channels-ready':
      return 'channels';
    case 'channel-absent':
    case 'channel-archived':
    case 'channel-not-joined':
    case 'channel-unknown':
      return `${finding.places.join(', ')} (${finding.channel})`;
    case 'people-ready':
    case 'policy-ready':
      return 'rules';
    case 'approver-absent':
    case 'approver-unfit':
    case 'approver-unknown':
      return finding.user;
    case 'group-absent':
    case 'group-disabled':
    case 'group-empty':
      return finding.group;
    case 'groups-unknown':
      return finding.groups.join(', ');
    case 'rule-unmet':
    case 'rule-shadowed':
      return finding.rule;
    case 'redis-ready':
    case 'redis-unreachable':
    case 'redis-old':
    case 'redis-replica':
    case 'redis-no-replica':
    case 'redis-one-replica':
      return 'REDIS_URL';
    case 'redis-evicts':
      return 'maxmemory-policy';
    case 'redis-forgets':
      return 'appendonly';
    case 'redis-syncs-late':
      return 'appendfsync';
    case 'redis-setting-unknown':
      return finding.setting;
    case 'data-folder-unusable':
      return 'DATA_DIR';
    case 'clocks-agree':
      return 'clock';
    case 'clock-off':
      return finding.whose.kind === 'cloud' ? finding.whose.account : finding.whose.kind;
    case 'account-without-rule':
    case 'account-ready':
    case 'credentials-absent':
    case 'permission-missing':
    case 'permission-unknown':
    case 'cloud-refuses':
      return finding.account;
  }
}
