/** What the local Alibaba Cloud holds, and the switches for what its documentation leaves open. */

export interface LocalInstance {
  instanceId: string;
  description: string;
  /** `active`, `activating`, `inactive` or `invalid`. */
  status: string;
  esVersion: string;
  /** ISO 8601. */
  createdAt: string;
  /** False for the old architecture, without private connections. */
  isNewDeployment: boolean;
  vpcId: string;
  zones: string[];
}

export interface LocalService {
  serviceId: string;
  name: string;
  description: string;
  /** `Creating`, `Pending`, `Active` or `Deleting`. */
  status: string;
  autoAccept: boolean;
  zones: string[];
}

export interface LocalEndpoint {
  instanceId: string;
  serviceId: string;
  zoneId: string;
  endpointId: string;
  name: string;
  domain: string;
  /** Milliseconds since the epoch, by the server's clock. */
  createdAtMs: number;
  /** Set: shown instead of what time and the service's auto-accept would make of it. */
  connectionStatus?: string;
}

export interface LocalCloudState {
  region: string;
  instances: LocalInstance[];
  services: LocalService[];
  endpoints: LocalEndpoint[];
  /** By ClientToken. */
  tokens: Map<string, { parameters: string; endpointId: string }>;
  switches: Switches;
}

export interface Switches {
  /** False: every create makes an endpoint, whatever its ClientToken. */
  honourClientToken: boolean;
  /** A passed dry run: 2xx with an empty Result, the error code `DryRunOperation`, or (!) a real create. */
  dryRunAnswer: 'empty-result' | 'code' | 'creates';
  /** Whether ListVpcEndpoints shows the zone. */
  listShowsZone: boolean;
  /** Milliseconds after which ListVpcEndpoints shows a new endpoint. */
  listLagMs: number;
  /** True: ListVpcEndpoints answers every page with the first one. */
  listIgnoresPage: boolean;
  /** Milliseconds from the create to `Connected`, or to `Disconnected` where the service does not auto-accept. */
  connectMs: number;
  /** Set: CreateVpcEndpoint answers with this service id, as the documentation's sample does. */
  replyServiceId: string | undefined;
  /** Actions that RAM forbids, such as `CreateVpcEndpoint`. */
  denied: Set<string>;
}

export function createState(seed: Partial<Omit<LocalCloudState, 'switches'>> & { switches?: Partial<Switches> } = {}) {
  const state: LocalCloudState = {
    region: 'cn-hangzhou',
    instances: [],
    services: [],
    endpoints: [],
    tokens: new Map(),
    ...seed,
    switches: {
      honourClientToken: true,
      dryRunAnswer: 'empty-result',
      listShowsZone: true,
      listLagMs: 0,
      listIgnoresPage: false,
      connectMs: 0,
      replyServiceId: undefined,
      denied: new Set(),
      ...seed.switches,
    },
  };
  return state;
}

interface ConnectionState {
  endpointStatus: string;
  connectionStatus: string;
}

/** How an endpoint looks at a moment. On a fresh endpoint `Disconnected` means: not accepted yet. */
export function connectionOf(state: LocalCloudState, endpoint: LocalEndpoint, now: number): ConnectionState {
  if (endpoint.connectionStatus !== undefined) {
    return { endpointStatus: 'Active', connectionStatus: endpoint.connectionStatus };
  }
  const service = state.services.find((each) => each.serviceId === endpoint.serviceId);
  if (!service) return { endpointStatus: 'Active', connectionStatus: 'ServiceDeleted' };
  const settled = now - endpoint.createdAtMs >= state.switches.connectMs;
  if (!service.autoAccept) {
    return { endpointStatus: settled ? 'Active' : 'Creating', connectionStatus: 'Disconnected' };
  }
  return settled
    ? { endpointStatus: 'Active', connectionStatus: 'Connected' }
    : { endpointStatus: 'Creating', connectionStatus: 'Connecting' };
}
