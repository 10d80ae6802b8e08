/** Reads who stands behind the names of a request's rule, for its card. */
import type { Outcome } from '../../domain/commands.ts';
import type { Roster } from '../../domain/policy/roster.ts';
import type { Rule } from '../../domain/policy/rule.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';

export async function readRoster(
  request: Request,
  { revision }: { readonly revision: number },
  workspace: Workspace,
): Promise<Outcome> {
  if (!('rule' in request)) throw new Error(`no rule in status ${request.status}`);
  return { kind: 'roster-read', revision, roster: await rosterOf(request.rule, workspace) };
}

export function rosterOf(
  rule: Rule,
  { directory, channels }: Pick<Workspace, 'directory' | 'channels'>,
): Promise<Roster> {
  const { steps, escalation, emergency, notify } = rule;
  const named = [...steps, ...[escalation, emergency, notify].filter((each) => each !== undefined)];
  return directory.roster(named, rule.channel ?? channels.approvals);
}
