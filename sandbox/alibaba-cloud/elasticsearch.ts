/** Elasticsearch 2017-06-13 of the local cloud: which path is which operation, and the ones that read. */
import { createVpcEndpoint } from './create-vpc-endpoint.ts';
import { type Context, type LocalRequest, number, type Reply, refuse } from './reply.ts';
import { connectionOf, type LocalCloudState, type LocalInstance } from './state.ts';

type Operation = (state: LocalCloudState, request: LocalRequest, context: Context) => Reply;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListInstance: listInstance,
  DescribeInstance: describeInstance,
  ListVpcEndpoints: listVpcEndpoints,
  CreateVpcEndpoint: createVpcEndpoint,
};

/** The operation that method and path stand for, or undefined. */
export function elasticsearchAction(method: string, path: readonly string[]): string | undefined {
  if (path[0] !== 'openapi' || path[1] !== 'instances') return undefined;
  if (path.slice(2).some((segment) => segment === '')) return undefined;
  if (path.length === 2 && method === 'GET') return 'ListInstance';
  if (path.length === 3 && method === 'GET') return 'DescribeInstance';
  if (path.length !== 4 || path[3] !== 'vpc-endpoints') return undefined;
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
  // Here, and only here, isNewDeployment is a string.
  const shown = wanted.slice((page - 1) * size, page * size).map((instance) => ({
    ...show(instance),
    isNewDeployment: String(instance.isNewDeployment),
  }));
  const body = { RequestId: context.requestId, Headers: { 'X-Total-Count': wanted.length }, Result: shown };
  return { status: 200, body };
}

function describeInstance(state: LocalCloudState, { path }: LocalRequest, context: Context): Reply {
  const instance = state.instances.find((each) => each.instanceId === path[2]);
  if (!instance) return refuse(context, 400, 'InstanceNotFound', 'The instance does not exist.');
  return { status: 200, body: { RequestId: context.requestId, Result: show(instance) } };
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
  const shown = state.endpoints
    .filter((each) => each.instanceId === path[2] && context.now - each.createdAtMs >= switches.listLagMs)
    .slice((page - 1) * size, page * size)
    .map((each) => ({
      endpointId: each.endpointId,
      endpointName: each.name,
      endpointDomain: each.domain,
      serviceId: each.serviceId,
      serviceName: `com.aliyuncs.privatelink.${state.region}.${each.serviceId}`,
      createTime: `${new Date(each.createdAtMs).toISOString().slice(0, 19)}Z`,
      endpointBusinessStatus: 'Normal',
      ...connectionOf(state, each, context.now),
      ...(switches.listShowsZone && { zoneId: each.zoneId }),
    }));
  return { status: 200, body: { RequestId: context.requestId, Result: shown } };
}

function show(instance: LocalInstance): Readonly<Record<string, unknown>> {
  return {
    instanceId: instance.instanceId,
    description: instance.description,
    status: instance.status,
    esVersion: instance.esVersion,
    createdAt: instance.createdAt,
    isNewDeployment: instance.isNewDeployment,
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
