/** The sweep: twice a second, what is due is woken. Together with the commit's `due` it makes nudges a mere hurry. */
import type { Workspace } from './workspace.ts';

/** A request that nobody gets to comes up again after this. */
const DEFER_MS = 30_000;
const BATCH = 200;
/**
 * Longer than from one sweep to the next, and no longer than a run lingers: it is there when its moment comes. Else
 * all creates whose turns fall between two sweeps would go out together, in any order.
 */
const AHEAD_MS = 650;

export async function wake({
  requests,
  wakeUps,
  clock,
}: Pick<Workspace, 'requests' | 'wakeUps' | 'clock'>): Promise<void> {
  const { now } = await clock.read();
  for (;;) {
    const due = await requests.takeDue(now + AHEAD_MS, DEFER_MS, BATCH);
    await Promise.all(due.map((id) => wakeUps.nudge(id)));
    if (due.length < BATCH) return;
  }
}
