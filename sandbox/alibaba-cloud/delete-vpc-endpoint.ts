/** DeleteVpcEndpoint of the local cloud: the endpoint shows as `Deleting` for a while, and is gone. */
import { keepToken, tokenUse } from './client-tokens.ts';
import { endpointsAt } from './endpoint-life.ts';
import { type Context, type LocalRequest, type Reply, refuse } from './reply.ts';
import type { LocalCloudState } from './state.ts';

/** Which codes the real API uses for an endpoint that is not there, or that is being deleted, is not documented. */
export function deleteVpcEndpoint(state: LocalCloudState, request: LocalRequest, context: Context): Reply {
  const [, , instanceId = '', , endpointId = ''] = request.path;
  const done: Reply = { status: 200, body: { RequestId: context.requestId, Result: true } };
  const parameters = JSON.stringify({ instanceId, endpointId });
  const use = tokenUse(state, request, parameters, 'IdempotentParameterMismatch', context);
  if (use.kind === 'refused') return use.reply;
  if (use.kind === 'repeat') return done;

  if (!state.instances.some((each) => each.instanceId === instanceId)) {
    return refuse(context, 400, 'InstanceNotFound', 'The instance does not exist.');
  }
  const endpoint = endpointsAt(state, context.now).find(
    (each) => each.endpointId === endpointId && each.instanceId === instanceId,
  );
  if (!endpoint) return refuse(context, 400, 'EndpointNotFound', 'The endpoint does not exist.');
  if (endpoint.deletedAtMs !== undefined) {
    return refuse(context, 400, 'EndpointOperationDenied', 'The endpoint is being deleted.');
  }
  endpoint.deletedAtMs = context.now;
  keepToken(state, request, parameters, endpointId, context);
  return done;
}
