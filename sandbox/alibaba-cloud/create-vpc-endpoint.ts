/** CreateVpcEndpoint of the local cloud: the checks, the ClientToken, the dry run. */
import { randomBytes } from 'node:crypto';
import { keepToken, tokenUse } from './client-tokens.ts';
import { endpointsAt } from './endpoint-life.ts';
import { type Context, type LocalRequest, type Reply, refuse } from './reply.ts';
import type { LocalCloudState, LocalEndpoint, UsedToken } from './state.ts';

interface Wanted {
  readonly instanceId: string;
  readonly serviceId: string;
  readonly zoneId: string;
}

/**
 * A dry run checks what the documentation says that it checks: the key and the authorisation (both done by now) and
 * the required parameters. It looks at neither instance nor service.
 */
export function createVpcEndpoint(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  const { query, body } = request;
  const { serviceId, zoneId } = body ?? {};
  if (typeof serviceId !== 'string' || serviceId === '') return missing(context, 'serviceId');
  if (typeof zoneId !== 'string' || zoneId === '') return missing(context, 'zoneId');
  const wanted = { instanceId: request.path[2] ?? '', serviceId, zoneId };

  if (query.dryRun === 'true') {
    const passed = dryRunPassed(state, wanted, context);
    if (passed) return passed;
  }

  const parameters = JSON.stringify(wanted);
  const use = tokenUse(state, request, parameters, 'IdempotentParameterMismatch', context);
  if (use.kind === 'refused') return use.reply;
  if (use.kind === 'repeat') return repeated(state, use.used, context);

  const refusal = check(state, wanted, context);
  if (refusal) return refusal;
  const endpoint = make(state, wanted, context.now);
  keepToken(state, request, parameters, endpoint.endpointId, context);
  return { ...created(state, context, endpoint), made: endpoint.endpointId };
}

/** Undefined: it goes on as if it were none. */
function dryRunPassed(state: LocalCloudState, wanted: Wanted, context: Context): Reply | undefined {
  const passed = (result: object): Reply => ({ status: 200, body: { RequestId: context.requestId, ...result } });
  switch (state.switches.dryRunAnswer) {
    case 'empty-result':
      return passed({ Result: {} });
    case 'no-result':
      return passed({});
    case 'null-result':
      return passed({ Result: null });
    case 'echo':
      return passed({ Result: { serviceId: wanted.serviceId, zoneId: wanted.zoneId } });
    case 'code':
      return refuse(context, 400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
    case 'creates':
      return undefined;
  }
}

function repeated(state: LocalCloudState, used: UsedToken, context: Context): Reply {
  if (state.switches.tokenStuck) {
    return refuse(context, 400, 'IdempotentFailed', 'The ClientToken was used before.');
  }
  const endpoint = endpointsAt(state, context.now).find((each) => each.endpointId === used.endpointId);
  return endpoint
    ? created(state, context, endpoint)
    : refuse(context, 400, 'IdempotentFailed', 'What the ClientToken made is no longer there.');
}

/** Which codes the real API uses for an old instance, a foreign zone, an inactive service or a twin: not documented. */
function check(state: LocalCloudState, wanted: Wanted, context: Context): Reply | undefined {
  const instance = state.instances.find((each) => each.instanceId === wanted.instanceId);
  if (!instance) return refuse(context, 400, 'InstanceNotFound', 'The instance does not exist.');
  if (instance.status === 'activating') {
    return refuse(context, 400, 'InstanceActivating', 'The instance is activating. Try again later.');
  }
  if (instance.status !== 'active') {
    return refuse(context, 400, 'InstanceStatusNotSupportCurrentAction', `The instance is ${instance.status}.`);
  }
  if (!instance.isNewDeployment) {
    return refuse(context, 400, 'InvalidParameter', 'The instance does not support private connections.');
  }
  const service = state.services.find((each) => each.serviceId === wanted.serviceId);
  if (!service) return refuse(context, 400, 'EndpointServiceNotFound', 'The endpoint service does not exist.');
  if (service.status !== 'Active') {
    return refuse(context, 400, 'EndpointServiceOperationDenied', `The endpoint service is ${service.status}.`);
  }
  if (!service.zones.includes(wanted.zoneId)) {
    return refuse(context, 400, 'InvalidParameter.ZoneId', 'The endpoint service is not available in the zone.');
  }
  if (state.switches.duplicates === 'refused' && endpointsAt(state, context.now).some(isFor(wanted))) {
    return refuse(context, 400, 'EndpointAlreadyExists', 'There is such an endpoint already.');
  }
  return undefined;
}

function isFor(wanted: Wanted): (endpoint: LocalEndpoint) => boolean {
  return ({ instanceId, serviceId, zoneId }) =>
    instanceId === wanted.instanceId && serviceId === wanted.serviceId && zoneId === wanted.zoneId;
}

/** Unless a switch says otherwise, a twin is made without a word: that nobody asks for one is the bot's task. */
function make(state: LocalCloudState, wanted: Wanted, now: number): LocalEndpoint {
  const endpointId = `ep-hp3${randomBytes(9).toString('hex').slice(0, 17)}`;
  const endpoint = {
    ...wanted,
    endpointId,
    name: `${wanted.instanceId}-${state.endpoints.length + 1}`,
    domain: `${endpointId}.${wanted.serviceId}.${state.region}.privatelink.aliyuncs.com`,
    createdAtMs: now,
  };
  state.endpoints.push(endpoint);
  return endpoint;
}

function created(state: LocalCloudState, context: Context, endpoint: LocalEndpoint): Reply {
  const result = {
    serviceId: state.switches.replyServiceId ?? endpoint.serviceId,
    endpointDomain: endpoint.domain,
    endpointId: endpoint.endpointId,
    endpointName: endpoint.name,
  };
  return { status: 200, body: { RequestId: context.requestId, Result: result } };
}

function missing(context: Context, parameter: string): Reply {
  return refuse(context, 400, 'MissingParameter', `The parameter ${parameter} is missing.`);
}
