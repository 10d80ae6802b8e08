/** Who looks at the Home tab, for every process: so that whoever changes something shows it to them. */
import type { UserId } from '../../domain/ids.ts';

/** Every method rejects when Redis is away or slow. Times are of `Moment.wall`. */
export interface Viewers {
  /** They opened Home. */
  opened(user: UserId, at: number): Promise<void>;
  /** Who opened it since then; the others are forgotten. */
  since(at: number): Promise<readonly UserId[]>;
  /** They may not look, or not any more: nothing is kept of them. */
  forget(user: UserId): Promise<void>;
  /**
   * Counts what was changed, for those who read before it and show after it.
   * @returns the count with this one in it.
   */
  changed(): Promise<number>;
  /** How much was changed so far. */
  changes(): Promise<number>;
  /** This process shows Home to them now. @returns whether it was this process the last time, too. */
  shownBy(process: string, user: UserId): Promise<boolean>;
}
