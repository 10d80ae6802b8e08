/** Reads back: lists the instance's endpoints, without those that other requests hold. */
import type { ListedEndpoint } from '../../domain/cloud.ts';
import { endpointName, type Outcome } from '../../domain/commands.ts';
import type { EndpointId } from '../../domain/ids.ts';
import type { Request } from '../../domain/request.ts';
import type { Workspace } from '../workspace.ts';
import { accountOf } from './precheck.ts';

export async function look(
  request: Request,
  { attempt, looks }: { readonly attempt: number; readonly looks: number },
  workspace: Workspace,
): Promise<Outcome> {
  const listed = await accountOf(request, workspace).listEndpoints(request.asked.operation.instanceId);
  if (!listed.ok) return { kind: 'looked', attempt, looks };
  const others = await heldByOthers(request, listed.value, workspace);
  return { kind: 'looked', attempt, looks, listing: listed.value.filter(({ id }) => !others.includes(id)) };
}

export async function heldByOthers(
  request: Request,
  listing: readonly ListedEndpoint[],
  { requests }: Pick<Workspace, 'requests'>,
): Promise<readonly EndpointId[]> {
  const { instanceId } = request.asked.operation;
  const holders = await requests.holders(listing.map(({ id }) => endpointName(instanceId, id)));
  return listing
    .map(({ id }) => id)
    .filter((id) => {
      const holder = holders.get(endpointName(instanceId, id));
      return holder !== undefined && holder !== request.id;
    });
}
