/** How an explanation for people is put together. */

/**
 * The parts of an explanation for people. Like every sentence here: mrkdwn, foreign text escaped and cut,
 * and never relative to the moment of reading.
 */
export interface Explanation {
  readonly what: string;
  readonly why?: string;
  /** What the reader can do now. */
  readonly next: string;
}
