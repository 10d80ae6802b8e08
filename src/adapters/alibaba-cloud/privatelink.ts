/** The operations of PrivateLink 2020-04-15 (RPC style: everything in the query of a POST) that the bot uses. */
import { z } from 'zod';
import type { CloudResult, EndpointService, EndpointServiceSummary } from '../../domain/cloud.ts';
import { flag, id, present, text } from './fields.ts';
import { allLinkedPages, type Page } from './pages.ts';
import { parseReply } from './reply.ts';
import type { CloudCall, Transport } from './transport.ts';

const VERSION = '2020-04-15';
/** More is said to be allowed; this many is safe. */
const SERVICES_A_PAGE = 50;

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

/** ListVpcEndpointServices, all pages. */
export function listEndpointServices(
  transport: Transport,
  region: string,
): Promise<CloudResult<readonly EndpointServiceSummary[]>> {
  return allLinkedPages(async (token) => {
    const query = {
      RegionId: region,
      MaxResults: String(SERVICES_A_PAGE),
      ...(token !== undefined && { NextToken: token }),
    };
    return parseReply(await transport.call(read('ListVpcEndpointServices', query)), SERVICE_PAGE);
  });
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

function read(action: string, query: Readonly<Record<string, string>>): CloudCall {
  return { action, version: VERSION, method: 'POST', path: [], query, effect: 'read' };
}
