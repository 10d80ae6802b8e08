/** What the local Alibaba Cloud holds. */
import { CLOUD_SWITCHES, type CloudSwitches } from './switches.ts';

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

/** Times are milliseconds since the epoch, by the server's clock. */
export interface LocalEndpoint {
  instanceId: string;
  serviceId: string;
  zoneId: string;
  endpointId: string;
  name: string;
  domain: string;
  createdAtMs: number;
  /** Whether the service last accepted or rejected the connection, and when; until then its auto-accept decides. */
  answered?: { accepted: boolean; atMs: number };
  deletedAtMs?: number;
  /** Set: shown instead of what time and the service would make of it. */
  connectionStatus?: string;
}

/** What a ClientToken was used for. */
export interface UsedToken {
  parameters: string;
  atMs: number;
  /** The endpoint that it was about. */
  endpointId: string;
}

export interface LocalCloudState {
  region: string;
  instances: LocalInstance[];
  services: LocalService[];
  endpoints: LocalEndpoint[];
  /** By action and ClientToken. */
  tokens: Map<string, UsedToken>;
  switches: Switches;
  /** Those of one service and its endpoints, before everybody's. */
  ofService: Map<string, Partial<CloudSwitches>>;
}

export function switchesFor(state: LocalCloudState, serviceId: unknown): CloudSwitches {
  const own = typeof serviceId === 'string' ? state.ofService.get(serviceId) : undefined;
  return own === undefined ? state.switches : { ...state.switches, ...own };
}

export interface Switches extends CloudSwitches {
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
    ofService: new Map(),
    ...seed,
    switches: { ...defaultSwitches(), denied: new Set(), ...seed.switches },
  };
  return state;
}

function defaultSwitches(): CloudSwitches {
  const first = Object.entries(CLOUD_SWITCHES).map(([name, [value]]) => [name, value]);
  return Object.fromEntries(first) as CloudSwitches;
}
