/** Whether somebody may see what only members may: asked where something is shown, before anything is decided. */
import { within } from '../../../application/patience.ts';
import type { Standing } from '../../../domain/refusals.ts';
import type { ListenerTools } from './tools.ts';

/** Slack's own time for that is far shorter; and what it said is remembered for a while. */
const PATIENCE_MS = 800;

/** `unknown` when Slack does not say it soon. */
export async function standingSoon(user: string, { directory }: Pick<ListenerTools, 'directory'>): Promise<Standing> {
  const person = await within(PATIENCE_MS, directory.identify(user, []));
  return person?.standing ?? 'unknown';
}

/** Who is not known yet may go on to where it is decided; who surely is no member is told now. */
export function isOutsider(standing: Standing): boolean {
  return standing !== 'member' && standing !== 'unknown';
}
