/** Asks who the requester is, before a request that waits is held against a policy that has changed. */
import type { Outcome } from '../../domain/commands.ts';
import { groupsOfRequesters } from '../../domain/policy/match.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';

/** Slack is not asked all the time while it does not say. */
const AGAIN_MS = 5_000;

export async function considerPolicy(
  request: Request,
  { version }: { readonly version: string },
  { policy, directory, pause }: Workspace,
): Promise<Outcome> {
  const groups = groupsOfRequesters(policy.current().rules);
  const requester = await directory.identify(request.requester, groups);
  if (requester.standing === 'unknown' || requester.unreadable.length > 0) await pause(AGAIN_MS);
  return { kind: 'policy-changed', version, requester };
}
