/** What the domain knows of Alibaba Cloud: resources as facts, and answers before they are judged. */
import type { EndpointId, InstanceId, ServiceId, ZoneId } from './ids.ts';

/** An Elasticsearch instance, as ListInstance and DescribeInstance show it. */
export interface Instance {
  readonly id: InstanceId;
  /** The name a person gave it; empty when there is none. */
  readonly description: string;
  /** `active`, `activating`, `inactive`, `invalid`, or a status newer than this code. */
  readonly status: string;
  readonly esVersion?: string;
  readonly vpcId?: string;
  /** ISO 8601. Instances created before October 2020 do not support private connections. */
  readonly createdAt?: string;
  /** `isNewDeployment`: false means the old architecture, without private connections. */
  readonly newDeployment?: boolean;
}

/** A PrivateLink endpoint service, as ListVpcEndpointServices shows it (no zones there). */
export interface EndpointServiceSummary {
  readonly id: ServiceId;
  readonly name: string;
  readonly description: string;
  /** `Creating`, `Pending`, `Active`, `Deleting`, or a status newer than this code. */
  readonly status: string;
  readonly autoAccept?: boolean;
}

/** The same from GetVpcEndpointServiceAttribute, which knows the zones. */
export interface EndpointService extends EndpointServiceSummary {
  readonly zones: readonly ZoneId[];
}

/** An endpoint of an instance, as ListVpcEndpoints shows it. */
export interface ListedEndpoint {
  readonly id: EndpointId;
  readonly serviceId: ServiceId;
  /** Empty while the cloud has none to show. */
  readonly domain: string;
  readonly name?: string;
  /** Some replies carry it, some do not. */
  readonly zoneId?: ZoneId;
  /** ISO 8601 with whole seconds, by the cloud's clock. */
  readonly createdAt?: string;
  readonly status?: string;
  readonly connectionStatus?: string;
}

/** `Result` of CreateVpcEndpoint. Its `serviceId` may differ from the one sent: the official sample's does. */
export interface CreatedEndpoint {
  readonly id: EndpointId;
  readonly domain: string;
  readonly name?: string;
  readonly serviceId?: ServiceId;
}

/**
 * An endpoint as the endpoint service sees it (ListVpcEndpointConnections). `Disconnected` on a fresh one means that
 * the service has not accepted it yet.
 */
export interface Connection {
  readonly endpointId: EndpointId;
  readonly serviceId: ServiceId;
  /**
   * `Pending`, `Connecting`, `Connected`, `Disconnecting`, `Disconnected`, `Deleting`, `ServiceDeleted`, a status
   * newer than this code, or empty when the reply has none.
   */
  readonly status: string;
}

/** The parameters of CreateVpcEndpoint that say what is to be made. */
export interface EndpointSpec {
  readonly instanceId: InstanceId;
  readonly serviceId: ServiceId;
  readonly zoneId: ZoneId;
}

/**
 * Why a call brought no result.
 * - `answered`: the API refused it with a `Code`; the code says what that means.
 * - `not-sent`: no byte of the request can have been processed (connection refused, name not resolved,
 *   refused before sending, no credentials).
 * - `unclear`: it may or may not have taken effect (timeout, reset, 3xx, 5xx without a code, unreadable body).
 */
export interface CloudProblem {
  readonly kind: 'answered' | 'not-sent' | 'unclear';
  /**
   * The API's `Code`, or for the other kinds a short word of ours.
   * `not-sent`: `ConnectionRefused`, `HostNotFound`, `ConnectTimeout`, `ConnectionFailed` (TLS, no route), `Timeout`
   * (waiting for a socket), `NoCredentials`, `CallWindowOver`, `BadArgument` (an id or a token that can't be sent).
   * `unclear`: `Timeout`, `ConnectionReset`, `UnreadableBody`, `Redirect`, `HttpStatus`, and for lists `IncompleteList`.
   */
  readonly code: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  /** The API's own message, one line, at most 300 characters, without secrets. */
  readonly message?: string;
  /** `Recommend`: the API's own troubleshooting link. */
  readonly recommend?: string;
  /** `AccessDeniedDetail.AuthAction`: the RAM action that is missing. */
  readonly missingAction?: string;
  /** From Retry-After or x-acs-retry-after, in milliseconds. */
  readonly retryAfterMs?: number;
}

export type CloudResult<T> =
  | { readonly ok: true; readonly value: T; readonly requestId?: string }
  | { readonly ok: false; readonly problem: CloudProblem };
