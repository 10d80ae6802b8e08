/** Asks who the requester is, before a request that waits is held against a policy that has changed. */
import type { Outcome } from '../../domain/commands.ts';
import { ruleFor } from '../../domain/decide-ruling.ts';
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
  const { rules } = policy.current();
  // All that waits is held against a new policy at once: one reading for all, instead of one for each.
  const requester = await directory.glance(request.requester, groupsOfRequesters(rules));
  const isUnclear = ruleFor(request.asked, request.requester, requester, rules).kind === 'unclear';
  if (requester.standing === 'unknown' || isUnclear) await pause(AGAIN_MS);
  return { kind: 'policy-changed', version, requester };
}
