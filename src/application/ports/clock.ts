/** Time, read in one place for every process: the Redis server's. */
import type { Moment } from '../../domain/request.ts';

export interface Clock {
  read(): Promise<Moment>;
}
