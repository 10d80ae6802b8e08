/** Elasticsearch 2017-06-13 of the local cloud: which path is which operation, and the ones that read. */
import { createVpcEndpoint } from './create-vpc-endpoint.ts';
import { deleteVpcEndpoint } from './delete-vpc-endpoint.ts';
import { endpointsAt, shownStatuses } from './endpoint-life.ts';
import { type Context, type LocalRequest, number, type Reply, refuse } from './reply.ts';
import { type LocalCloudState, type LocalEndpoint, type LocalInstance, switchesFor } from './state.ts';

type Operation = (state: LocalCloudState, request: LocalRequest, context: Context) => Reply;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListInstance: listInstance,
  DescribeInstance: describeInstance,
  ListVpcEndpoints: listVpcEndpoints,
  CreateVpcEndpoint: createVpcEndpoint,
  DeleteVpcEndpoint: deleteVpcEndpoint,
  DescribeRegions: describeRegions,
};

/** The operation that method and path stand for, or undefined. */
export function elasticsearchAction(method: string, path: readonly string[]): string | undefined {
  if (method === 'GET' && path.join('/') === 'openapi/regions') return 'DescribeRegions';
  if (path[0] !== 'openapi' || path[1] !== 'instances') return undefined;
  if (path.slice(2).some((segment) => segment === '')) return undefined;
  if (path.length === 2 && method === 'GET') return 'ListInstance';
  if (path.length === 3 && method === 'GET') return 'DescribeInstance';
  if (path[3] !== 'vpc-endpoints') return undefined;
  if (path.length === 5 && method === 'DELETE') return 'DeleteVpcEndpoint';
  if (path.length !== 4) return undefined;
  if (method === 'GET') return 'ListVpcEndpoints';
  return method === 'POST' ? 'CreateVpcEndpoint' : undefined;
}

export function answerElasticsearch(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  const operation = OPERATIONS[request.action];
  if (!operation) return refuse(context, 404, 'InvalidAction.NotFound', 'Specified api is not found.');
  return operation(state, request, context);
}

function listInstance(state: LocalCloudState, { query }: LocalRequest, context: Context): Reply {
  const page = number(query.page, 1, 999_999);
  const size = number(query.size, 10, 100);
  if (page === undefined || size === undefined) {
    return refuse(context, 400, 'InvalidParameter', 'page or size is out of range.');
  }
  const wanted = state.instances.filter(
    (instance) =>
      instance.description.includes(query.description ?? '') &&
      (query.instanceId === undefined || instance.instanceId === query.instanceId) &&
      (query.status === undefined || instance.status === query.status),
  );
  const shown = wanted.slice((page - 1) * size, page * size).map((each) => showInstance(state, each, 'string'));
  const body = { RequestId: context.requestId, Headers: { 'X-Total-Count': wanted.length }, Result: shown };
  return { status: 200, body };
}

function describeInstance(state: LocalCloudState, { path }: LocalRequest, context: Context): Reply {
  const instance = state.instances.find((each) => each.instanceId === path[2]);
  if (!instance) return refuse(context, 400, 'InstanceNotFound', 'The instance does not exist.');
  return { status: 200, body: { RequestId: context.requestId, Result: showInstance(state, instance, 'boolean') } };
}

function listVpcEndpoints(state: LocalCloudState, { path, query }: LocalRequest, context: Context): Reply {
  const { switches } = state;
  if (!state.instances.some((each) => each.instanceId === path[2])) {
    return refuse(context, 400, 'InstanceNotFound', 'The instance does not exist.');
  }
  const page = switches.listIgnoresPage ? 1 : number(query.page, 1, 999_999);
  const size = number(query.size, 20, 100);
  if (page === undefined || size === undefined) {
    return refuse(context, 400, 'InvalidParameter', 'page or size is out of range.');
  }
  const shown = endpointsAt(state, context.now)
    .filter((each) => each.instanceId === path[2])
    .filter((each) => context.now - each.createdAtMs >= switchesFor(state, each.serviceId).listLagMs)
    .slice((page - 1) * size, page * size)
    .map((each) => showEndpoint(state, each, context.now));
  return { status: 200, body: { RequestId: context.requestId, Result: shown } };
}

function describeRegions(state: LocalCloudState, _request: LocalRequest, context: Context): Reply {
  const { region } = state;
  const shown = {
    regionId: region,
    localName: region,
    regionEndpoint: `elasticsearch.${region}.aliyuncs.com`,
    consoleEndpoint: `https://elasticsearch-${region}.console.aliyun.com`,
    status: 'available',
  };
  return { status: 200, body: { RequestId: context.requestId, Result: [shown] } };
}

function showEndpoint(state: LocalCloudState, endpoint: LocalEndpoint, now: number): Readonly<Record<string, unknown>> {
  const { switches } = state;
  const { endpointStatus, connectionStatus } = shownStatuses(state, endpoint, now);
  const early = now - endpoint.createdAtMs < switches.connectMs;
  const time = new Date(endpoint.createdAtMs).toISOString();
  return {
    endpointId: endpoint.endpointId,
    ...(switches.listShowsName && { endpointName: endpoint.name }),
    ...((switches.listShowsDomainEarly || !early) && { endpointDomain: endpoint.domain }),
    serviceId: endpoint.serviceId,
    serviceName: `com.aliyuncs.privatelink.${state.region}.${endpoint.serviceId}`,
    ...(switches.createTime !== 'missing' && {
      createTime: switches.createTime === 'seconds' ? `${time.slice(0, 19)}Z` : time,
    }),
    endpointBusinessStatus: 'Normal',
    endpointStatus,
    ...(switches.listShowsConnection && { connectionStatus }),
    ...(switches.listShowsZone && { zoneId: endpoint.zoneId }),
  };
}

/** @param documented how the operation writes `isNewDeployment`, as far as the documentation goes. */
function showInstance(
  { switches }: LocalCloudState,
  instance: LocalInstance,
  documented: 'boolean' | 'string',
): Readonly<Record<string, unknown>> {
  const way = switches.newDeployment === 'as-documented' ? documented : switches.newDeployment;
  const { isNewDeployment } = instance;
  return {
    instanceId: instance.instanceId,
    description: instance.description,
    status: instance.status,
    esVersion: instance.esVersion,
    createdAt: instance.createdAt,
    ...(way !== 'missing' && { isNewDeployment: way === 'string' ? String(isNewDeployment) : isNewDeployment }),
    archType: 'public',
    networkConfig: {
      type: 'vpc',
      vpcId: instance.vpcId,
      vsArea: instance.zones[0],
      vswitchId: 'vsw-bp1f7r0ma00pf9h2l9',
    },
    zoneCount: instance.zones.length,
    zoneInfos: instance.zones.map((zoneId) => ({ zoneId, status: 'NORMAL' })),
  };
}
