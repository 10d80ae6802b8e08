/** Wakes the reconciler, best effort: a lost, doubled or late wake-up changes nothing. */
import type { RequestId } from '../../domain/ids.ts';

export interface WakeUps {
  nudge(id: RequestId): Promise<void>;
}
