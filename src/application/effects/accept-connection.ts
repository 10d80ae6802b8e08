/** Sends the EnableVpcEndpointConnection that a claim allows, when it is the request's turn among its account's. */
import { judgeProblem } from '../../domain/cloud-errors.ts';
import type { Outcome } from '../../domain/commands.ts';
import { acceptToken } from '../../domain/connection.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { lastMomentOf, WINDOW_OVER } from './call-window.ts';
import { accountOf } from './precheck.ts';
import { startStopwatch } from './stopwatch.ts';

/** The cloud does not take two at a time from one account, and goes on with one after it has answered. After this it is
 * anybody's turn, however far the connection is. */
const TURN_MS = 30_000;

/** The caller holds the claim, which is committed. */
export async function acceptConnection(
  request: Request,
  { tries }: { readonly tries: number },
  workspace: Workspace,
): Promise<Outcome> {
  if (request.status !== 'succeeded' || request.connection.acceptance?.state !== 'claimed') {
    throw new Error(`accept-connection in status ${request.status}, without a claim`);
  }
  const { endpoint, asked, connection } = request;
  const { claim } = request.connection.acceptance;
  const { account: name, serviceId } = asked.operation;
  const account = accountOf(request, workspace);
  const sinceAskedMs = startStopwatch();
  // Without Redis nothing is sent, and that is worth saying: it is surely not applied.
  const ready = await Promise.all([workspace.slots.takeTurn(name, request.id, TURN_MS), workspace.clock.read()]).catch(
    () => undefined,
  );
  if (ready === undefined || ready[1].wall + sinceAskedMs() > lastMomentOf(claim)) {
    return { kind: 'acceptance-answered', tries, answer: { ok: false, problem: WINDOW_OVER } };
  }
  if (!ready[0]) return { kind: 'acceptance-answered', tries, answer: 'not-our-turn' };

  const token = acceptToken(request.id, connection);
  const answer = await account.acceptConnection(serviceId, endpoint.id, token, claim.since);
  // An unclear one may be under way.
  if (!answer.ok && judgeProblem(answer.problem).applied === 'no')
    await workspace.slots.endTurn(name, request.id).catch(() => undefined);
  return { kind: 'acceptance-answered', tries, answer };
}
