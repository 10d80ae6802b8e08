/** Who people are and which user groups they are in, according to Slack. */
import type { Person } from '../../domain/decision.ts';
import type { UserGroupId, UserId } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';

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
}
