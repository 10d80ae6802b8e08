/** Sends the one CreateVpcEndpoint that a claim allows. */
import type { Claim } from '../../domain/claim.ts';
import type { CloudProblem } from '../../domain/cloud.ts';
import type { Outcome } from '../../domain/commands.ts';
import { LADDER } from '../../domain/decision.ts';
import type { AccountName, RequestId } from '../../domain/ids.ts';
import type { Request } from '../../domain/request.ts';
import type { Turn } from '../ports/slots.ts';
import type { Workspace } from '../workspace.ts';
import { accountOf } from './precheck.ts';
import { spacingOf } from './spacing.ts';

const NOW: Turn = { kind: 'begin', afterMs: 0 };
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
  const { slots, log } = workspace;
  const { account: name } = asked.operation;
  const spacingMs = spacingOf(name, workspace.settings);
  // Without Redis nothing is sent either, and that is worth saying: it is surely not applied.
  const wall = await turnComes(request.id, { name, spacingMs }, claim, workspace).catch(() => undefined);
  if (wall === undefined) {
    await slots.leave(name, request.id).catch(() => {});
    return { kind: 'create-answered', attempt, result: { ok: false, problem: WINDOW_OVER } };
  }
  const answer = account.createEndpoint(asked.operation, clientToken, claim.since);
  if (spacingMs > 0) {
    // Should this fail, those behind it pass it a little later.
    slots
      .begun(name, request.id, wall, spacingMs)
      .catch((error: unknown) => log.warn({ request: request.id, error }, 'turn not ended'));
  }
  return { kind: 'create-answered', attempt, result: await answer };
}

/**
 * Waits for those before it in the account's order.
 * @returns the wall time at which it has its turn; undefined when no whole call fits into the claim any more.
 */
async function turnComes(
  id: RequestId,
  { name, spacingMs }: { readonly name: AccountName; readonly spacingMs: number },
  claim: Claim,
  { clock, slots, pause }: Workspace,
): Promise<number | undefined> {
  for (;;) {
    const { wall } = await clock.read();
    const readAt = performance.now();
    // Creates without a spacing are in no order either.
    const { kind, afterMs } = spacingMs > 0 ? await slots.begin(name, id, wall, spacingMs) : NOW;
    const passedMs = () => performance.now() - readAt;
    const leftMs = afterMs - passedMs();
    if (leftMs > 0) await pause(leftMs);
    const now = wall + passedMs();
    if (now > claim.until - LADDER.callMs) return undefined;
    if (kind === 'begin') return now;
  }
}
