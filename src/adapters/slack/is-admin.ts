/** Whether somebody runs this workspace, asked afresh: a right that was taken away is gone at once. */
import type { webApi } from '@slack/bolt';
import { standingOf } from './standing.ts';

/** Undefined when Slack does not say. */
export async function isAdmin(
  client: webApi.WebClient,
  user: string,
  teamId: string | undefined,
): Promise<boolean | undefined> {
  try {
    const { user: info } = await client.users.info({ user });
    if (info === undefined || info.id !== user) return undefined;
    const here = standingOf(info, teamId ?? info.team_id ?? '') === 'member';
    return here && (info.is_admin === true || info.is_owner === true || info.is_primary_owner === true);
  } catch {
    return undefined;
  }
}
