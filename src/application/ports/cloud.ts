/** What the application asks of one Alibaba Cloud account. */
import type {
  CloudResult,
  Connection,
  CreatedEndpoint,
  EndpointService,
  EndpointServiceSummary,
  EndpointSpec,
  Instance,
  ListedEndpoint,
} from '../../domain/cloud.ts';
import type { AccountName, EndpointId, InstanceId, ServiceId } from '../../domain/ids.ts';

/**
 * One account's Elasticsearch and PrivateLink. No method throws for what the network or the API does:
 * that is a {@link CloudResult}. A list is complete (all pages) or a problem, never a part.
 * Each call is over, one way or the other, within 10 s (a list: within 10 s a page).
 */
export interface CloudAccount {
  /** ListInstance, all pages. */
  listInstances(): Promise<CloudResult<readonly Instance[]>>;
  /** DescribeInstance. */
  describeInstance(id: InstanceId): Promise<CloudResult<Instance>>;
  /** ListVpcEndpointServices, all pages. */
  listEndpointServices(): Promise<CloudResult<readonly EndpointServiceSummary[]>>;
  /** GetVpcEndpointServiceAttribute. */
  describeEndpointService(id: ServiceId): Promise<CloudResult<EndpointService>>;
  /** ListVpcEndpoints of an instance, all pages. */
  listEndpoints(id: InstanceId): Promise<CloudResult<readonly ListedEndpoint[]>>;
  /**
   * CreateVpcEndpoint with `dryRun=true` and no ClientToken. `value` is the endpoint that the cloud made
   * although it was asked only to check; `undefined` is the usual, passed, check (a 2xx without an endpoint
   * id, or the code `DryRunOperation`).
   */
  dryRunCreateEndpoint(spec: EndpointSpec): Promise<CloudResult<CreatedEndpoint | undefined>>;
  /**
   * CreateVpcEndpoint, sent at most once by this call.
   * @param clientToken at most 64 printable ASCII characters.
   * @param signedAt the signature's date (x-acs-date), in milliseconds since the epoch.
   */
  createEndpoint(spec: EndpointSpec, clientToken: string, signedAt: number): Promise<CloudResult<CreatedEndpoint>>;
  /**
   * EnableVpcEndpointConnection: the service accepts the endpoint's connection. Sent at most once by this call.
   * A success says that the cloud has begun to connect, not that it is done. An account's accepts must not overlap.
   * @param clientToken at most 64 printable ASCII characters.
   * @param signedAt the signature's date (x-acs-date), in milliseconds since the epoch.
   */
  acceptConnection(
    service: ServiceId,
    endpoint: EndpointId,
    clientToken: string,
    signedAt: number,
  ): Promise<CloudResult<undefined>>;
  /** ListVpcEndpointConnections for one endpoint; `undefined`: the service shows no such connection (yet). */
  describeConnection(service: ServiceId, endpoint: EndpointId): Promise<CloudResult<Connection | undefined>>;
}

/** The configured accounts. */
export type CloudAccounts = ReadonlyMap<AccountName, CloudAccount>;
