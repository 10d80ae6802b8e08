/** Looks how far a made endpoint's connection is. */
import type { ListedEndpoint } from '../../domain/cloud.ts';
import type { Outcome, SeenConnection } from '../../domain/commands.ts';
import { readStatus } from '../../domain/connection.ts';
import type { Request, Succeeded } from '../../domain/request.ts';
import type { CloudAccount } from '../ports/cloud.ts';
import type { Workspace } from '../workspace.ts';
import { accountOf } from './precheck.ts';

export async function watchConnection(
  request: Request,
  { looks }: { readonly looks: number },
  workspace: Workspace,
): Promise<Outcome> {
  if (request.status !== 'succeeded') throw new Error(`watch-connection in status ${request.status}`);
  const account = accountOf(request, workspace);
  const listed = await account.listEndpoints(request.asked.operation.instanceId);
  if (!listed.ok) return { kind: 'connection-seen', looks };
  const endpoint = listed.value.find(({ id }) => id === request.endpoint.id);
  const seen = endpoint === undefined ? {} : await see(endpoint, account);
  await giveTurnBack(request, seen, workspace);
  return { kind: 'connection-seen', looks, seen };
}

async function see(endpoint: ListedEndpoint, account: CloudAccount): Promise<SeenConnection> {
  const status = endpoint.connectionStatus ?? (await statusAtService(endpoint, account));
  // Who has to accept is a question only while it waits, or may be waiting unseen.
  const service =
    status === undefined || readStatus(status) === 'waiting'
      ? await account.describeEndpointService(endpoint.serviceId)
      : undefined;
  const autoAccept = service?.ok ? service.value.autoAccept : undefined;
  return {
    domain: endpoint.domain,
    ...(status === undefined ? {} : { status }),
    ...(autoAccept === undefined ? {} : { autoAccept }),
  };
}

/** Some lists do not show it; the service's own does. */
async function statusAtService({ serviceId, id }: ListedEndpoint, account: CloudAccount): Promise<string | undefined> {
  const connection = await account.describeConnection(serviceId, id);
  const status = connection.ok ? connection.value?.status : undefined;
  return status === '' ? undefined : status;
}

/** An acceptance goes on after its answer: only when the connection is up, or never will be, may the account's next one go. */
async function giveTurnBack({ id, asked }: Succeeded, { status }: SeenConnection, { slots }: Workspace): Promise<void> {
  const reading = readStatus(status);
  if (reading === 'connected' || reading === 'ended') await slots.endTurn(asked.operation.account, id);
}
