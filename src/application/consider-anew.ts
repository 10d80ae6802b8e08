/** After the policy has changed: each request that waits is woken, to be held against it. */
import type { Workspace } from './workspace.ts';

/** More have never waited at once; those beyond come to it when their roster is read again. */
const MOST = 10_000;

export async function considerPolicyAnew({
  requests,
  wakeUps,
}: Pick<Workspace, 'requests' | 'wakeUps'>): Promise<void> {
  const waiting = await requests.list('waiting', { newest: false, limit: MOST });
  for (const id of waiting) await wakeUps.nudge(id);
}
