/** What a local cloud's log says about creates. */
import type { LocalCall, LocalCloud } from '../../sandbox/alibaba-cloud/server.ts';

export function createCalls(cloud: LocalCloud): readonly LocalCall[] {
  return cloud.calls.filter(({ action, dryRun }) => action === 'CreateVpcEndpoint' && !dryRun);
}

export function createsThatTookEffect(cloud: LocalCloud): readonly LocalCall[] {
  return cloud.calls.filter(({ action, made }) => action === 'CreateVpcEndpoint' && made !== undefined);
}
