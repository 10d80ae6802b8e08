/** When this process itself was late: what comes in meanwhile seems to come in at once. */

const BEAT_MS = 5;
const LATE_MS = 15;
/** What came in during a stall is worked off for so long after it. */
const AFTER_MS = 2_000;

export interface Promptness {
  /** Whether what was noticed then came in just then. @param at milliseconds since the epoch. */
  wasPrompt(at: number): boolean;
  stop(): void;
}

export function watchPromptness(): Promptness {
  const stalls: { readonly from: number; readonly until: number }[] = [];
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > BEAT_MS + LATE_MS) stalls.push({ from: last, until: now });
    last = now;
  }, BEAT_MS);
  return {
    wasPrompt: (at) => stalls.every(({ from, until }) => at < from || at > until + AFTER_MS),
    stop: () => clearInterval(timer),
  };
}
