/** Sends the one CreateVpcEndpoint that a claim allows. */
import type { Claim } from '../../domain/claim.ts';
import type { CloudProblem } from '../../domain/cloud.ts';
import type { Outcome } from '../../domain/commands.ts';
import { LADDER } from '../../domain/decision.ts';
import type { AccountName, RequestId } from '../../domain/ids.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { accountOf } from './precheck.ts';
import { spacingOf } from './spacing.ts';

const WINDOW_OVER: CloudProblem = { kind: 'not-sent', code: 'CallWindowOver' };

/**
 * The caller holds the claim, which is committed. A process that slept since then, or that waited for others for too
 * long, may find that its window is over: it sends nothing. The signature carries the claim's date, so that the cloud too refuses a very late one.
 */
export async function create(
  request: Request,
  { attempt }: { readonly attempt: number },
  workspace: Workspace,
): Promise<Outcome> {
  if (request.status !== 'executing') throw new Error(`create in status ${request.status}`);
  const account = accountOf(request, workspace);
  const { claim, clientToken, asked } = request;
  // Without Redis nothing is sent either, and that is worth saying: it is surely not applied.
  const inTime = await turnComes(request.id, asked.operation.account, claim, workspace).catch(() => false);
  if (!inTime) return { kind: 'create-answered', attempt, result: { ok: false, problem: WINDOW_OVER } };
  const result = await account.createEndpoint(asked.operation, clientToken, claim.since);
  return { kind: 'create-answered', attempt, result };
}

/** Waits for those before it in the account's order. @returns whether a whole call still fits into the claim then. */
async function turnComes(
  id: RequestId,
  account: AccountName,
  claim: Claim,
  { clock, slots, settings, pause }: Workspace,
): Promise<boolean> {
  for (;;) {
    const { wall } = await clock.read();
    const readAt = performance.now();
    const waitMs = await slots.begin(account, id, wall, spacingOf(account, settings));
    if (wall + (performance.now() - readAt) > claim.until - LADDER.callMs) return false;
    if (waitMs === 0) return true;
    await pause(waitMs);
  }
}
