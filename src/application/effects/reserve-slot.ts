/** Takes the request's place in its account's sequence of creates. */
import type { Outcome } from '../../domain/commands.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';

const DEFAULT_SPACING_MS = 100;

export async function reserveSlot(
  request: Request,
  { key, tries }: { readonly key: string; readonly tries: number },
  { slots, settings, clock }: Workspace,
): Promise<Outcome> {
  const { account } = request.asked.operation;
  const { wall } = await clock.read();
  const spacingMs = settings.get(account)?.createSpacingMs ?? DEFAULT_SPACING_MS;
  const reserved = await slots.reserve(account, `${request.id}:${key}`, wall, spacingMs);
  return reserved.kind === 'halted'
    ? { kind: 'account-halted', tries }
    : { kind: 'slot-reserved', tries, slotAt: reserved.at };
}
