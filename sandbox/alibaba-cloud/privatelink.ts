/** PrivateLink 2020-04-15 of the local cloud: which action is which operation, and the ones on services. */
import { disableConnection, enableConnection, listConnections } from './connections.ts';
import { readToken, writeToken } from './page-token.ts';
import { type Context, type LocalRequest, number, type Reply, refuse } from './reply.ts';
import type { LocalCloudState, LocalService } from './state.ts';

type Operation = (state: LocalCloudState, request: LocalRequest, context: Context) => Reply;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListVpcEndpointServices: listServices,
  GetVpcEndpointServiceAttribute: getService,
  ListVpcEndpointConnections: listConnections,
  EnableVpcEndpointConnection: enableConnection,
  DisableVpcEndpointConnection: disableConnection,
};

export function answerPrivatelink(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  const operation = OPERATIONS[request.action];
  if (!operation) return refuse(context, 404, 'InvalidAction.NotFound', 'Specified api is not found.');
  const { RegionId } = request.query;
  if (RegionId === undefined) return refuse(context, 400, 'MissingParameter', 'RegionId is mandatory for this action.');
  if (RegionId !== state.region) return refuse(context, 404, 'InvalidRegionId.NotFound', 'There is no such region.');
  return operation(state, request, context);
}

function listServices(state: LocalCloudState, { query }: LocalRequest, context: Context): Reply {
  const most = number(query.MaxResults, 50, 1_000);
  const from = query.NextToken === undefined ? 0 : readToken('services', query.NextToken);
  if (most === undefined || from === undefined) {
    return refuse(context, 400, 'InvalidParameter', 'MaxResults or NextToken is not valid.');
  }
  const wanted = state.services.filter(
    (each) =>
      (query.ServiceId === undefined || each.serviceId === query.ServiceId) &&
      (query.ServiceStatus === undefined || each.status === query.ServiceStatus),
  );
  const end = from + most;
  const body = {
    RequestId: context.requestId,
    MaxResults: most,
    TotalCount: wanted.length,
    ...(end < wanted.length && { NextToken: writeToken('services', end) }),
    Services: wanted.slice(from, end).map((each) => show(state, each)),
  };
  return { status: 200, body };
}

function getService(state: LocalCloudState, { query }: LocalRequest, context: Context): Reply {
  if (!query.ServiceId) return refuse(context, 400, 'MissingParameter', 'ServiceId is mandatory for this action.');
  const service = state.services.find((each) => each.serviceId === query.ServiceId);
  if (!service)
    return refuse(context, 400, 'EndpointServiceNotFound', 'The specified endpoint service does not exist.');
  return { status: 200, body: { RequestId: context.requestId, ...show(state, service), Zones: service.zones } };
}

function show(state: LocalCloudState, service: LocalService): Readonly<Record<string, unknown>> {
  return {
    ServiceId: service.serviceId,
    ServiceName: service.name,
    ServiceDescription: service.description,
    ServiceStatus: service.status,
    ServiceBusinessStatus: 'Normal',
    ServiceResourceType: 'slb',
    AutoAcceptEnabled: service.autoAccept,
    RegionId: state.region,
    CreateTime: '2023-02-01T08:00:00Z',
  };
}
