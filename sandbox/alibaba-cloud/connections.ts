/** PrivateLink's operations on connections: the service's list of them, and its yes or no to each. */
import { keepToken, tokenUse } from './client-tokens.ts';
import { endpointsAt, shownStatuses, statusesAt } from './endpoint-life.ts';
import { readToken, writeToken } from './page-token.ts';
import { type Context, int64, type LocalRequest, number, type Reply, refuse } from './reply.ts';
import type { LocalCloudState, LocalEndpoint } from './state.ts';

/** The account whose endpoints these are: the one that runs the Elasticsearch service. */
const OWNER = '2534607317069123456';

export function listConnections(state: LocalCloudState, { query }: LocalRequest, context: Context): Reply {
  const { switches } = state;
  const most = number(query.MaxResults, 50, 1_000);
  const from = query.NextToken === undefined ? 0 : readToken('connections', query.NextToken);
  if (most === undefined || from === undefined) {
    return refuse(context, 400, 'InvalidParameter', 'MaxResults or NextToken is not valid.');
  }
  const wanted = known(state, context.now).filter(
    (each) =>
      (query.ServiceId === undefined || each.serviceId === query.ServiceId) &&
      (query.EndpointId === undefined || each.endpointId === query.EndpointId) &&
      (query.ConnectionStatus === undefined ||
        shownStatuses(state, each, context.now).connectionStatus === query.ConnectionStatus),
  );
  if (wanted.length === 0 && query.EndpointId && switches.unknownConnection === 'EndpointConnectionNotFound') {
    return connectionNotFound(context);
  }
  const end = from + most;
  const body = {
    RequestId: context.requestId,
    MaxResults: most,
    TotalCount: wanted.length,
    ...(end < wanted.length && { NextToken: writeToken('connections', end) }),
    Connections: wanted.slice(from, end).map((each) => show(state, each, context.now)),
  };
  return { status: 200, body };
}

export function enableConnection(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  return answerConnection(state, request, context, true);
}

export function disableConnection(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  return answerConnection(state, request, context, false);
}

function answerConnection(state: LocalCloudState, request: LocalRequest, context: Context, accepted: boolean): Reply {
  const { ServiceId, EndpointId, DryRun } = request.query;
  if (!ServiceId) return refuse(context, 400, 'MissingParameter', 'ServiceId is mandatory for this action.');
  if (!EndpointId) return refuse(context, 400, 'MissingParameter', 'EndpointId is mandatory for this action.');
  const done: Reply = { status: 200, body: { RequestId: context.requestId } };
  const parameters = JSON.stringify({ ServiceId, EndpointId });
  const use = tokenUse(state, request, parameters, 'IdempotenceSignatureMismatch', context);
  if (use.kind === 'refused') return use.reply;
  if (use.kind === 'repeat') return done;

  const service = state.services.find((each) => each.serviceId === ServiceId);
  if (!service) return refuse(context, 400, 'EndpointServiceNotFound', 'The endpoint service does not exist.');
  if (service.status !== 'Active') {
    return refuse(context, 400, 'EndpointServiceOperationDenied', `The endpoint service is ${service.status}.`);
  }
  const endpoint = known(state, context.now).find(
    (each) => each.endpointId === EndpointId && each.serviceId === ServiceId,
  );
  if (!endpoint) return connectionNotFound(context);

  const { connectionStatus } = statusesAt(state, endpoint, context.now);
  const alreadySo = (accepted ? ACCEPTED : REJECTED).has(connectionStatus) || connectionStatus === 'Deleting';
  if (alreadySo) {
    const { acceptAgain } = state.switches;
    const message = `The endpoint connection is ${connectionStatus}.`;
    return acceptAgain === 'ok' ? done : refuse(context, 400, acceptAgain, message);
  }
  const busy = isAnswering(state, context.now);
  if (busy && state.switches.concurrentAccept === 'refused') {
    return refuse(context, 400, 'ConcurrentCallNotSupported', 'The operation conflicts with other operations.');
  }
  if (DryRun === 'true') return refuse(context, 400, 'DryRunOperation', 'The specified operation is a dry run.');
  if (!busy) endpoint.answered = { accepted, atMs: context.now };
  keepToken(state, request, parameters, EndpointId, context);
  return done;
}

const ACCEPTED: ReadonlySet<string> = new Set(['Connecting', 'Connected']);
const REJECTED: ReadonlySet<string> = new Set(['Disconnecting', 'Disconnected']);

/** Whether the account is in the midst of accepting or rejecting a connection; auto-accept is the service's own affair. */
function isAnswering(state: LocalCloudState, now: number): boolean {
  const { connectMs } = state.switches;
  return endpointsAt(state, now).some(({ answered }) => answered !== undefined && now - answered.atMs < connectMs);
}

/** The service hears of an endpoint a while after the instance does. */
function known(state: LocalCloudState, now: number): LocalEndpoint[] {
  return endpointsAt(state, now).filter(({ createdAtMs }) => now - createdAtMs >= state.switches.connectionLagMs);
}

function show(state: LocalCloudState, endpoint: LocalEndpoint, now: number): Readonly<Record<string, unknown>> {
  const { switches } = state;
  const { connectionStatus } = shownStatuses(state, endpoint, now);
  return {
    EndpointId: endpoint.endpointId,
    ServiceId: endpoint.serviceId,
    ...(switches.connectionsShowStatus && { ConnectionStatus: connectionStatus }),
    EndpointOwnerId: switches.accountIdAs === 'number' ? int64(OWNER) : OWNER,
    EndpointVpcId: 'vpc-bp1elasticsearchsrv0001',
    ResourceOwner: false,
    ModifiedTime: `${new Date(endpoint.answered?.atMs ?? endpoint.createdAtMs).toISOString().slice(0, 19)}Z`,
    Bandwidth: 1024,
    Zones: [{ ZoneId: endpoint.zoneId, ZoneStatus: connectionStatus }],
  };
}

function connectionNotFound(context: Context): Reply {
  return refuse(context, 400, 'EndpointConnectionNotFound', 'The specified endpoint connection does not exist.');
}
