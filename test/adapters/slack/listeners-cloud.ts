/** A cloud account of which a test decides what is in it, and how long it takes to say so. */
import type { CloudAccount } from '../../../src/application/ports/cloud.ts';
import type { CloudResult, EndpointService, Instance } from '../../../src/domain/cloud.ts';

export const ORDERS = 'es-cn-2r429tctl000d1aqz';
export const RETIRED = 'es-cn-nif1oiv9x0004zuqf';
export const ALERTS = 'epsrv-hp3xdsq46ael67lob1c2';
export const REINDEX = 'epsrv-hp3vpx8yqxblby3ik7d4';

const service = (id: string, description: string, zones: readonly string[]): EndpointService => ({
  id,
  name: `com.aliyuncs.privatelink.cn-hangzhou.${id}`,
  description,
  status: 'Active',
  zones: zones.map((zone) => `cn-hangzhou-${zone}`),
});

const unused = (): never => {
  throw new Error('no list needs this');
};

export class FakeCloud implements CloudAccount {
  instances: Instance[] = [
    { id: ORDERS, description: 'orders-production', status: 'active' },
    { id: RETIRED, description: 'search-retired', status: 'inactive' },
  ];
  services: EndpointService[] = [
    service(ALERTS, 'watcher webhooks', ['g', 'h', 'i']),
    service(REINDEX, 'remote reindex', ['j']),
  ];
  /** Every call, in order. */
  readonly calls: string[] = [];
  /** Answers wait for it. */
  gate: Promise<void> | undefined;
  down = false;
  dryRunCreateEndpoint = unused;
  createEndpoint = unused;
  listEndpoints = unused;
  acceptConnection = unused;
  describeConnection = unused;

  listInstances(): Promise<CloudResult<readonly Instance[]>> {
    return this.answer('listInstances', () => this.instances);
  }

  describeInstance(id: string): Promise<CloudResult<Instance>> {
    return this.answer(`describeInstance ${id}`, () => this.instances.find((one) => one.id === id));
  }

  listEndpointServices(): Promise<CloudResult<readonly EndpointService[]>> {
    return this.answer('listEndpointServices', () => this.services);
  }

  describeEndpointService(id: string): Promise<CloudResult<EndpointService>> {
    return this.answer(`describeEndpointService ${id}`, () => this.services.find((one) => one.id === id));
  }

  private async answer<T>(call: string, value: () => T | undefined): Promise<CloudResult<T>> {
    this.calls.push(call);
    await this.gate;
    const found = this.down ? undefined : value();
    if (found !== undefined) return { ok: true, value: found };
    return { ok: false, problem: { kind: 'answered', code: this.down ? 'ServiceUnavailable' : 'NotFound' } };
  }
}
