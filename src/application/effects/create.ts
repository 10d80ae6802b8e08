/** Sends the one CreateVpcEndpoint that a claim allows. */
import type { Outcome } from '../../domain/commands.ts';
import type { Executing, Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { lastMomentOf, WINDOW_OVER } from './call-window.ts';
import { accountOf } from './precheck.ts';
import { spacingOf } from './spacing.ts';
import { startStopwatch } from './stopwatch.ts';

/** Whoever comes so much later than its turn has lost it, and asks again. */
const LATE_MS = 1_000;
const PAUSE_AFTER_ERROR_MS = 250;

/**
 * The caller holds the claim, which is committed. A process that slept since then, or that waited for others for too
 * long, may find that its window is over: it sends nothing. The signature carries the claim's date, so that the cloud too refuses a very late one.
 * @param stop once aborted, whoever has no turn yet sends nothing any more.
 */
export async function create(
  request: Request,
  { attempt }: { readonly attempt: number },
  workspace: Workspace,
  stop: AbortSignal,
): Promise<Outcome> {
  if (request.status !== 'executing') throw new Error(`create in status ${request.status}`);
  const account = accountOf(request, workspace);
  const { claim, clientToken, asked, id } = request;
  const { slots, log, settings } = workspace;
  const { account: name } = asked.operation;
  const wall = await turnComes(request, workspace, stop);
  if (wall === undefined) {
    await slots.leave(name, id).catch(() => {});
    return { kind: 'create-answered', attempt, result: { ok: false, problem: WINDOW_OVER } };
  }
  const answer = account.createEndpoint(asked.operation, clientToken, claim.since);
  // Should this fail, those behind it pass it a little later.
  slots
    .begun(name, id, wall, spacingOf(name, settings))
    .catch((error: unknown) => log.warn({ request: id, error }, 'turn not ended'));
  return { kind: 'create-answered', attempt, result: await answer };
}

/**
 * Waits for those before it in the account's order.
 * @returns the wall time at which it has its turn; undefined when no whole call fits into the claim any more, when creates
 * are stopped, or when this process is.
 */
async function turnComes(
  { id, asked, claim, slotAt = claim.since }: Executing,
  { clock, slots, settings, pause, log }: Workspace,
  stop: AbortSignal,
): Promise<number | undefined> {
  const { account } = asked.operation;
  const spacingMs = spacingOf(account, settings);
  const lastMoment = lastMomentOf(claim);
  const sinceBegunMs = startStopwatch();
  while (!stop.aborted) {
    try {
      // From before the question: an answer that is read late, as by a process that was frozen, is not of now.
      const sinceAskedMs = startStopwatch();
      const { wall } = await clock.read();
      const { kind, afterMs } = await slots.begin(account, { request: id, place: slotAt }, wall, spacingMs);
      if (kind === 'halted' || wall + sinceAskedMs() > lastMoment) return undefined;
      const leftMs = afterMs - sinceAskedMs();
      if (leftMs > 0) await pause(leftMs);
      const passedMs = sinceAskedMs();
      if (wall + passedMs > lastMoment) return undefined;
      if (kind === 'begin' && passedMs < afterMs + LATE_MS) return wall + passedMs;
    } catch (error) {
      // Without Redis nothing is sent. The claim was taken before this began, so its window is over by then at the latest.
      log.warn({ request: id, error }, 'its turn is not known');
      if (claim.since + sinceBegunMs() + PAUSE_AFTER_ERROR_MS > lastMoment) return undefined;
      await pause(PAUSE_AFTER_ERROR_MS);
    }
  }
  return undefined;
}
