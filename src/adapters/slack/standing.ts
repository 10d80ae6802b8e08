/** What Slack's flags of an account make of the person behind it. */
import type { Standing } from '../../domain/refusals.ts';

interface SlackUser {
  readonly id?: string;
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

/** Fails closed: whoever is not plainly a full member of this workspace is not one. */
export function standingOf(user: SlackUser, teamId: string): Standing {
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true || user.id === 'USLACKBOT') return 'bot';
  // A delivery's own team has been checked when it came in; an answer that names no team speaks of this one.
  const here =
    user.team_id === undefined || user.team_id === teamId || user.enterprise_user?.teams?.includes(teamId) === true;
  if (user.is_stranger === true || !here) return 'stranger';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}
