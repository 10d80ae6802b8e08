/** A place among an account's creates that its request will not use is given up: those behind it need not wait for it. */
import type { Request } from '../domain/request.ts';
import type { Workspace } from './workspace.ts';

/** The request as it was stored, and as it is now. */
export function giveUpPlace(
  before: Request | undefined,
  after: Request | undefined,
  { slots, log }: Pick<Workspace, 'slots' | 'log'>,
): void {
  if (before?.status !== 'approved' || after === undefined) return;
  // Whoever has claimed the create asks for its turn, and each try has a place of its own.
  const isSameTry = after.status === 'approved' && after.revision === before.revision && after.tries === before.tries;
  if (after.status === 'executing' || isSameTry) return;
  // Also where the place was not known yet. One that is taken only now is passed all the same, a little later.
  slots
    .leave(before.asked.operation.account, before.id)
    .catch((error: unknown) => log.warn({ request: before.id, error }, 'place not given up'));
}
