/** Sends the one CreateVpcEndpoint that a claim allows. */
import type { CloudProblem } from '../../domain/cloud.ts';
import type { Outcome } from '../../domain/commands.ts';
import { LADDER } from '../../domain/decision.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { accountOf } from './precheck.ts';

const WINDOW_OVER: CloudProblem = { kind: 'not-sent', code: 'CallWindowOver' };

/**
 * The caller holds the claim, which is committed. A process that slept since then may find that its window is
 * over: it sends nothing. The signature carries the claim's date, so that the cloud too refuses a very late one.
 */
export async function create(
  request: Request,
  { attempt }: { readonly attempt: number },
  workspace: Workspace,
): Promise<Outcome> {
  if (request.status !== 'executing') throw new Error(`create in status ${request.status}`);
  const account = accountOf(request, workspace);
  const { claim, clientToken, asked } = request;
  // Without the time nothing is sent either, and that is worth saying: it is surely not applied.
  const wall = await workspace.clock.read().then(
    (moment) => moment.wall,
    () => Number.POSITIVE_INFINITY,
  );
  if (wall > claim.until - LADDER.callMs) {
    return { kind: 'create-answered', attempt, result: { ok: false, problem: WINDOW_OVER } };
  }
  const result = await account.createEndpoint(asked.operation, clientToken, claim.since);
  return { kind: 'create-answered', attempt, result };
}
