/** Time, read in one place for every process: the Redis server's. */
import type { Moment } from '../../domain/request.ts';

export interface Clock {
  /** For what processes keep distances by: none of them may be ahead of another. */
  read(): Promise<Moment>;
  /** A reading that was asked for within the last quarter of a second, carried on by this process's own clock. */
  recent(): Promise<Moment>;
}
