/** What a local cloud's log says about creates. */
import { isCreate } from '../../sandbox/alibaba-cloud/is-create.ts';
import type { LocalCall, LocalCloud } from '../../sandbox/alibaba-cloud/server.ts';

export function createCalls(cloud: LocalCloud): readonly LocalCall[] {
  return cloud.calls.filter(isCreate);
}

export function createsThatTookEffect(cloud: LocalCloud): readonly LocalCall[] {
  return cloud.calls.filter(({ action, made }) => action === 'CreateVpcEndpoint' && made !== undefined);
}
