/** How fast somebody outside may be spoken to, once they have asked for it: places in a sequence, for every process. */

export interface Lane {
  readonly name: string;
  /** Between two calls at the slowest, in milliseconds. */
  readonly spacingMs: number;
}

/** Whether somebody waits for it. */
export type Urgency = 'urgent' | 'can-wait';

/** Both methods reject when Redis is away or slow: pace is a courtesy, and nothing depends on it. */
export interface Pace {
  /**
   * Asks to make one call.
   * @param key of the call: who comes again has its place kept.
   * @param urgency who is `urgent` gets the next place; who can wait goes when nobody urgent is waiting.
   * @returns 0: now; else come again after so many milliseconds.
   */
  ask(lane: Lane, key: string, urgency: Urgency): Promise<number>;
  /** Nobody calls in this lane for so long, since they said so themselves; then, for a while, one after the other. */
  hold(lane: Lane, forMs: number): Promise<void>;
}
