/** How long something takes, also where the machine sleeps meanwhile. */
import { performance } from 'node:perf_hooks';

/**
 * The one clock stands still while a machine sleeps, and the other is set by people: the longer of both is believed, as
 * whoever thinks that it is later than it is only does less.
 * @returns milliseconds since then.
 */
export function startStopwatch(): () => number {
  const [date, steady] = [Date.now(), performance.now()];
  return () => Math.max(Date.now() - date, performance.now() - steady);
}
