/** Who people are, which user groups they are in, and who stands behind a rule's names, according to Slack. */
import type { Person } from '../../domain/decision.ts';
import type { ChannelId, UserGroupId, UserId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Roster } from '../../domain/policy/roster.ts';
import type { People } from '../../domain/policy/rule.ts';

export interface IdentifiedPerson extends Person {
  /** What they read; absent where Slack does not tell it. */
  readonly locale?: Locale;
}

export interface Directory {
  /**
   * Never rejects: what Slack does not say within 2.5 s is `unknown`, and a group that can't be read is listed as such.
   * @param groups the user groups that matter.
   */
  identify(user: UserId, groups: readonly UserGroupId[]): Promise<IdentifiedPerson>;
  /**
   * The same for showing, never to decide by: one call for all groups, up to a minute old. So it may be asked for
   * everybody who looks at something, all the time.
   */
  glance(user: UserId, groups: readonly UserGroupId[]): Promise<IdentifiedPerson>;
  /**
   * For showing, never to decide by. Never rejects: what Slack does not say within 2.5 s is told as that.
   * @param channel of the card: in a private one, those who are not in it are marked.
   */
  roster(named: readonly People[], channel: ChannelId): Promise<Roster>;
}
