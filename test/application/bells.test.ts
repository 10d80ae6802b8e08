/** Bells: who hears them, and when a nudge has to go through the queue all the same. */
import { describe, expect, it } from 'vitest';
import { Bells, ringing } from '../../src/application/bells.ts';
import type { RequestId } from '../../src/domain/ids.ts';

const ID: RequestId = 'req_01K00000000000000000000000';
const OTHER: RequestId = 'req_01K00000000000000000000001';

function hung(hears: boolean) {
  const bells = new Bells();
  const nudged: RequestId[] = [];
  const queue = {
    nudge(id: RequestId) {
      nudged.push(id);
      return Promise.resolve();
    },
  };
  return { bells, nudged, wakeUps: ringing(queue, bells), takeDown: bells.hang(ID, () => hears) };
}

describe('a nudge', () => {
  it('needs no queue while a run of this process hears it', async () => {
    const { wakeUps, nudged } = hung(true);
    await wakeUps.nudge(ID);
    expect(nudged).toEqual([]);
  });

  it('goes through the queue when that run is about to end, for any other request, and once the run is over', async () => {
    const ending = hung(false);
    await ending.wakeUps.nudge(ID);
    expect(ending.nudged).toEqual([ID]);
    const { wakeUps, nudged, takeDown } = hung(true);
    await wakeUps.nudge(OTHER);
    takeDown();
    await wakeUps.nudge(ID);
    expect(nudged).toEqual([OTHER, ID]);
  });

  it('reaches the later of two runs, whichever of them ends first', () => {
    const { bells, takeDown } = hung(false);
    const takeSecondDown = bells.hang(ID, () => true);
    takeDown();
    expect(bells.ring(ID)).toBe(true);
    takeSecondDown();
    expect(bells.ring(ID)).toBe(false);
  });
});
