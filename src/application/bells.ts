/** Wakes the runs of this very process that wait for news: a click on what is being worked on here needs no queue. */
import type { RequestId } from '../domain/ids.ts';
import type { WakeUps } from './ports/wake-ups.ts';

export class Bells {
  private readonly hung = new Map<RequestId, () => boolean>();

  /**
   * @param ring answers whether the run will look at its inbox once more before it ends.
   * @returns what takes the bell down again.
   */
  hang(id: RequestId, ring: () => boolean): () => void {
    this.hung.set(id, ring);
    return () => {
      if (this.hung.get(id) === ring) this.hung.delete(id);
    };
  }

  /** @returns whether somebody heard it, and will see to whatever was stored before it rang. */
  ring(id: RequestId): boolean {
    return this.hung.get(id)?.() ?? false;
  }
}

/**
 * A nudge that rings first. The run that hears it is a job of the queue's: should its process die, the queue brings it
 * again, as it does for any other.
 */
export function ringing(wakeUps: WakeUps, bells: Bells): WakeUps {
  return {
    async nudge(id) {
      if (!bells.ring(id)) await wakeUps.nudge(id);
    },
  };
}
