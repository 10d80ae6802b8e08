/** The store and the cloud with their calls counted for the metrics. */
import type { Metrics } from './adapters/telemetry/metrics.ts';
import type { CloudAccount } from './application/ports/cloud.ts';
import type { Requests } from './application/ports/requests.ts';
import type { CloudResult } from './domain/cloud.ts';

export function countedCloud(account: CloudAccount, metrics: Metrics): CloudAccount {
  const counted = async <T>(action: string, call: Promise<CloudResult<T>>): Promise<CloudResult<T>> => {
    const result = await call;
    metrics.cloudCalled(action, result.ok ? 'ok' : result.problem.kind);
    return result;
  };
  return {
    listInstances: () => counted('ListInstance', account.listInstances()),
    describeInstance: (id) => counted('DescribeInstance', account.describeInstance(id)),
    listEndpointServices: () => counted('ListVpcEndpointServices', account.listEndpointServices()),
    describeEndpointService: (id) => counted('GetVpcEndpointServiceAttribute', account.describeEndpointService(id)),
    listEndpoints: (id) => counted('ListVpcEndpoints', account.listEndpoints(id)),
    dryRunCreateEndpoint: (spec) => counted('CreateVpcEndpoint (dry run)', account.dryRunCreateEndpoint(spec)),
    createEndpoint: (spec, token, at) => counted('CreateVpcEndpoint', account.createEndpoint(spec, token, at)),
    acceptConnection: (service, endpoint, token, at) =>
      counted('EnableVpcEndpointConnection', account.acceptConnection(service, endpoint, token, at)),
    describeConnection: (service, endpoint) =>
      counted('ListVpcEndpointConnections', account.describeConnection(service, endpoint)),
  };
}

export function countedRequests(requests: Requests, metrics: Metrics): Requests {
  return {
    ...requests,
    async receive(id, entry) {
      const received = await requests.receive(id, entry);
      if (received === 'received') metrics.inboxReceived(entry.command.kind);
      return received;
    },
    async commit(change) {
      const result = await requests.commit(change);
      if (result.kind === 'committed') {
        for (const { event } of change.audit) metrics.decided(event.type);
      }
      return result;
    },
  };
}
