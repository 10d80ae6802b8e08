/** How far a host's clock is ahead of this machine's, by the Date header of one of its answers. */
import type { AheadMs } from './ports.ts';

/** The header has whole seconds: on average half a second more has passed. */
const HALF_A_SECOND = 500;

/**
 * Undefined when the answer does not tell.
 * @param sentAt by this machine's clock, as is `receivedAt`; the host wrote the header somewhere in between.
 */
export function clockAheadMs(date: string | undefined, sentAt: number, receivedAt: number): AheadMs | undefined {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(theirs) ? undefined : theirs + HALF_A_SECOND - (sentAt + receivedAt) / 2;
}
