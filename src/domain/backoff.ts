/** How long to wait before something is tried again. */

/**
 * Doubles from `baseMs` up to `capMs`, and takes between half and all of that.
 * @param tries how often it failed so far, from 0.
 * @param jitter in [0, 1).
 */
export function backoffMs(tries: number, jitter: number, baseMs = 1_000, capMs = 15 * 60_000): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(tries, 30));
  return Math.round(full * (0.5 + jitter / 2));
}
