/** A small company's account, to play and test with: ordinary instances and services, and the awkward ones. */
import { createState, type LocalCloudState, type Switches } from './state.ts';

/** The AccessKey pair that the local cloud knows unless it is told of others. It opens nothing anywhere else. */
export const SAMPLE_ACCESS_KEY = { id: 'LTAI5tSandboxOnlyKey0001', secret: 'sandboxOnlySecret0000000000001' };

export const SAMPLE_INSTANCES = {
  orders: 'es-cn-2r429tctl000d1aqz',
  /** Has no description. */
  nameless: 'es-cn-7mz2kq8f30009xw4t',
  logs: 'es-cn-omn1vr5e6000a8s2p',
  activating: 'es-cn-x0r3bd2hk0007ncv5',
  inactive: 'es-cn-nif1oiv9x0004zuqf',
  /** Created before October 2020: no private connections. */
  old: 'es-cn-45910pdhw0001rk0m',
} as const;

export const SAMPLE_SERVICES = {
  /** Three zones, accepts by itself. */
  alerts: 'epsrv-hp3xdsq46ael67lob1c2',
  /** Two zones, does not accept by itself. */
  reindex: 'epsrv-hp3vpx8yqxblby3ik7d4',
  ldap: 'epsrv-hp3m5wq0rzt81yfn2e6g',
  /** Not Active. */
  pending: 'epsrv-hp3q9c4sa2jv7xkd0h8w',
} as const;

export function sampleCloud(switches: Partial<Switches> = {}): LocalCloudState {
  const vpcId = 'vpc-bp16k1dvzxtmagcva5ni9';
  const common = { status: 'active', esVersion: '7.10.0_with_X-Pack', isNewDeployment: true, vpcId };
  return createState({
    instances: [
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.orders,
        description: 'orders-production',
        createdAt: '2023-03-14T02:11:09.331Z',
        zones: ['cn-hangzhou-i', 'cn-hangzhou-j'],
      },
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.nameless,
        description: '',
        createdAt: '2024-07-02T08:40:55.120Z',
        zones: ['cn-hangzhou-i'],
      },
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.logs,
        description: 'logs-staging',
        esVersion: '8.5.1_with_X-Pack',
        createdAt: '2024-01-20T11:05:31.004Z',
        zones: ['cn-hangzhou-h'],
      },
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.activating,
        description: 'search-beta',
        status: 'activating',
        createdAt: '2025-05-30T06:00:00.000Z',
        zones: ['cn-hangzhou-i'],
      },
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.inactive,
        description: 'search-retired',
        status: 'inactive',
        createdAt: '2022-09-01T09:30:12.878Z',
        zones: ['cn-hangzhou-g'],
      },
      {
        ...common,
        instanceId: SAMPLE_INSTANCES.old,
        description: 'catalogue-2019',
        esVersion: '6.7_with_X-Pack',
        createdAt: '2019-11-05T03:22:47.615Z',
        isNewDeployment: false,
        zones: ['cn-hangzhou-b'],
      },
    ],
    services: [
      service(SAMPLE_SERVICES.alerts, 'watcher webhooks', ['g', 'h', 'i']),
      { ...service(SAMPLE_SERVICES.reindex, 'remote reindex', ['i', 'j']), autoAccept: false },
      service(SAMPLE_SERVICES.ldap, '', ['h']),
      { ...service(SAMPLE_SERVICES.pending, 'dictionaries', ['i']), status: 'Pending' },
    ],
    switches,
  });
}

function service(serviceId: string, description: string, zones: string[]) {
  return {
    serviceId,
    name: `com.aliyuncs.privatelink.cn-hangzhou.${serviceId}`,
    description,
    status: 'Active',
    autoAccept: true,
    zones: zones.map((zone) => `cn-hangzhou-${zone}`),
  };
}
