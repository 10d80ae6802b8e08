/** The operations of PrivateLink 2020-04-15 (RPC style: everything in the query of a POST) that the bot uses. */
import * as z from 'zod';
import type { CloudResult, Connection, EndpointService, EndpointServiceSummary } from '../../domain/cloud.ts';
import { refuseClientToken } from './client-token.ts';
import { flag, id, present, text } from './fields.ts';
import { allLinkedPages, type Page } from './pages.ts';
import { parseReply } from './reply.ts';
import type { CloudCall, Transport } from './transport.ts';

const VERSION = '2020-04-15';
/** More is said to be allowed; this many is safe. */
const A_PAGE = 50;

const SERVICE_FIELDS = z.object({
  ServiceId: id,
  ServiceName: text,
  ServiceDescription: text,
  ServiceStatus: text,
  AutoAcceptEnabled: flag,
});

function summary(raw: z.infer<typeof SERVICE_FIELDS>): EndpointServiceSummary {
  return present({
    id: raw.ServiceId,
    name: raw.ServiceName ?? '',
    description: raw.ServiceDescription ?? '',
    status: raw.ServiceStatus ?? '',
    autoAccept: raw.AutoAcceptEnabled,
  });
}

const SERVICE_PAGE = z
  .object({ Services: z.array(SERVICE_FIELDS.transform(summary)), NextToken: text })
  .transform((body): Page<EndpointServiceSummary> => present({ items: body.Services, next: body.NextToken }));

const SERVICE = SERVICE_FIELDS.extend({ Zones: z.array(id) }).transform(
  (raw): EndpointService => ({ ...summary(raw), zones: raw.Zones }),
);

const CONNECTION_PAGE = z
  .object({
    Connections: z.array(z.object({ EndpointId: id, ServiceId: text, ConnectionStatus: text })),
    NextToken: text,
  })
  .transform((body) => {
    const items = body.Connections.map((raw) => ({ id: raw.EndpointId, ...raw }));
    return present({ items, next: body.NextToken });
  });

/** EnableVpcEndpointConnection's reply has nothing but a RequestId. */
const ACCEPTED = z.object({}).transform(() => undefined);

/** ListVpcEndpointServices, all pages. */
export function listEndpointServices(
  transport: Transport,
  region: string,
): Promise<CloudResult<readonly EndpointServiceSummary[]>> {
  return allLinkedPages((token) => servicePage(transport, region, A_PAGE, token));
}

/** The first page of ListVpcEndpointServices. */
export async function firstEndpointServices(
  transport: Transport,
  region: string,
  size: number,
): Promise<CloudResult<readonly EndpointServiceSummary[]>> {
  const page = await servicePage(transport, region, size);
  return page.ok ? { ok: true, value: page.value.items } : page;
}

async function servicePage(
  transport: Transport,
  region: string,
  size: number,
  token?: string,
): Promise<CloudResult<Page<EndpointServiceSummary>>> {
  const query = { RegionId: region, MaxResults: String(size), ...(token !== undefined && { NextToken: token }) };
  return parseReply(await transport.call(read('ListVpcEndpointServices', query)), SERVICE_PAGE);
}

/** GetVpcEndpointServiceAttribute: the service with its zones. */
export async function describeEndpointService(
  transport: Transport,
  region: string,
  serviceId: string,
): Promise<CloudResult<EndpointService>> {
  const query = { RegionId: region, ServiceId: serviceId };
  return parseReply(await transport.call(read('GetVpcEndpointServiceAttribute', query)), SERVICE);
}

/**
 * EnableVpcEndpointConnection, sent once.
 * @param clientToken see {@link refuseClientToken}.
 * @param signedAt milliseconds since the epoch.
 */
export async function acceptConnection(
  transport: Transport,
  region: string,
  serviceId: string,
  endpointId: string,
  clientToken: string,
  signedAt: number,
): Promise<CloudResult<undefined>> {
  const refusal = refuseClientToken(clientToken);
  if (refusal) return refusal;
  const query = { RegionId: region, ServiceId: serviceId, EndpointId: endpointId, ClientToken: clientToken };
  const call = rpc('EnableVpcEndpointConnection', query, 'write');
  return parseReply(await transport.call({ ...call, signedAt }), ACCEPTED);
}

/** ListVpcEndpointConnections for one endpoint. Asks for it alone, and picks it out if the cloud shows others too. */
export async function describeConnection(
  transport: Transport,
  region: string,
  serviceId: string,
  endpointId: string,
): Promise<CloudResult<Connection | undefined>> {
  const query = { RegionId: region, ServiceId: serviceId, EndpointId: endpointId, MaxResults: String(A_PAGE) };
  const listed = await allLinkedPages((token) =>
    connectionPage(transport, { ...query, ...(token !== undefined && { NextToken: token }) }),
  );
  if (!listed.ok) {
    const { kind, code } = listed.problem;
    // The same news as an empty list, in other words.
    const none = kind === 'answered' && code === 'EndpointConnectionNotFound';
    return none ? { ok: true, value: undefined } : listed;
  }
  const found = listed.value.find((each) => each.id === endpointId);
  if (!found) return { ok: true, value: undefined };
  return {
    ok: true,
    value: { endpointId, serviceId: found.ServiceId ?? serviceId, status: found.ConnectionStatus ?? '' },
  };
}

/** The first page of a service's ListVpcEndpointConnections. */
export function firstConnections(transport: Transport, region: string, serviceId: string) {
  return connectionPage(transport, { RegionId: region, ServiceId: serviceId, MaxResults: '1' });
}

async function connectionPage(transport: Transport, query: Readonly<Record<string, string>>) {
  return parseReply(await transport.call(read('ListVpcEndpointConnections', query)), CONNECTION_PAGE);
}

function read(action: string, query: Readonly<Record<string, string>>): CloudCall {
  return rpc(action, query, 'read');
}

function rpc(action: string, query: Readonly<Record<string, string>>, effect: CloudCall['effect']): CloudCall {
  return { action, version: VERSION, method: 'POST', path: [], query, effect };
}
