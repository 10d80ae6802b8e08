/** What a stand-in knows of its vendor: one entry for each method and behaviour, done or not, and how surely it is known. */

/**
 * - `run`: seen, by running it against the real thing or against the vendor's own library
 * - `read`: read in the vendor's documentation or in an installed package
 * - `recall`: remembered, unverified
 * - `infer`: concluded from something else
 * - `unknown`: open
 */
export type Certainty = 'run' | 'read' | 'recall' | 'infer' | 'unknown';

export type CoverageEntry = {
  /** Unique in its matrix: a method's own name, or a few words with hyphens. */
  readonly id: string;
  /** A sentence in plain words. */
  readonly what: string;
  readonly done: boolean;
  /** The test that shows it: a file and the title of one of its tests, as `test/a.test.ts "says so"`. Empty when not done. */
  readonly testedBy: string;
  readonly certainty: Certainty;
  /** What else is worth knowing; of what is not done, why. */
  readonly note?: string;
  /** The name of the switch that plays it the other way. */
  readonly switch?: string;
};
