/** Takes the request's place in its account's sequence of creates. */
import type { Outcome } from '../../domain/commands.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { spacingOf } from './spacing.ts';

export async function reserveSlot(
  request: Request,
  { key, tries }: { readonly key: string; readonly tries: number },
  { slots, settings, clock }: Workspace,
): Promise<Outcome> {
  const { account } = request.asked.operation;
  const { wall } = await clock.read();
  const reserved = await slots.reserve(account, { request: request.id, key }, wall, spacingOf(account, settings));
  return reserved.kind === 'halted'
    ? { kind: 'account-halted', tries }
    : { kind: 'slot-reserved', tries, slotAt: reserved.at };
}
