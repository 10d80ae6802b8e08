/** What nobody outside Alibaba Cloud knows for certain about it: each a switch, so that either way can be played. */

/** Plain data: a test, or a page, can turn each of them. */
export interface CloudSwitches {
  /** False: every create makes an endpoint, and every accept or delete is done again, whatever its ClientToken. */
  honourClientToken: boolean;
  /** Set: milliseconds after which a ClientToken is forgotten, and makes another endpoint. */
  tokenLifetimeMs: number | undefined;
  /** True: a repeated create is answered `IdempotentFailed` for ever, although what its token made is there. */
  tokenStuck: boolean;
  /**
   * A passed dry run of a create: 2xx with an empty `Result`, with none, with null or with the parameters repeated, the
   * error code `DryRunOperation`, or (!) a real create.
   */
  dryRunAnswer: 'empty-result' | 'no-result' | 'null-result' | 'echo' | 'code' | 'creates';
  /** Whether a second endpoint for the same instance, service and zone is made; the code that refuses it is a guess. */
  duplicates: 'allowed' | 'refused';
  /** Set: CreateVpcEndpoint answers with this service id, as the documentation's sample does. */
  replyServiceId: string | undefined;
  /** Whether ListVpcEndpoints shows the zone. */
  listShowsZone: boolean;
  /** Whether ListVpcEndpoints shows the endpoint's name. */
  listShowsName: boolean;
  /** Whether ListVpcEndpoints shows the connection's status. */
  listShowsConnection: boolean;
  /** Whether ListVpcEndpoints shows the domain of an endpoint that is still `Creating`. */
  listShowsDomainEarly: boolean;
  /** Milliseconds after which ListVpcEndpoints shows a new endpoint. */
  listLagMs: number;
  /** True: ListVpcEndpoints answers every page with the first one. */
  listIgnoresPage: boolean;
  /** How `createTime` is written: in whole seconds, in milliseconds, or not at all. */
  createTime: 'seconds' | 'milliseconds' | 'missing';
  /** `isNewDeployment`: a boolean in DescribeInstance and a string in ListInstance, or the same in both, or missing. */
  newDeployment: 'as-documented' | 'boolean' | 'string' | 'missing';
  /** Milliseconds from the create or the accept to `Connected`, and from the rejection to `Disconnected`. */
  connectMs: number;
  /** Milliseconds that a deleted endpoint shows as `Deleting`. */
  deleteMs: number;
  /** The connection status of a fresh endpoint whose service does not accept by itself. */
  unaccepted: 'Disconnected' | 'Pending';
  /** True: what is under way has status words that no documentation has. */
  newerStatusWords: boolean;
  /** Milliseconds after which the service knows of the connection of a new endpoint. */
  connectionLagMs: number;
  /** What ListVpcEndpointConnections says of an endpoint that it does not know. */
  unknownConnection: 'empty-list' | 'EndpointConnectionNotFound';
  /** Whether ListVpcEndpointConnections shows the status. */
  connectionsShowStatus: boolean;
  /** What accepting an accepted connection brings: one of two codes, or success. */
  acceptAgain: 'EndpointConnectionOperationDenied' | 'IncorrectStatus.VpcEndpointConnection' | 'ok';
  /** A second accept while one is under way: `ConcurrentCallNotSupported`, or (!) success without an effect. */
  concurrentAccept: 'refused' | 'lost';
  /** Ids of Alibaba Cloud accounts, which exceed 2^53. */
  accountIdAs: 'number' | 'string';
  /** Set: the HTTP status of every refusal, whatever its code. */
  refusalStatus: number | undefined;
  /** How `Throttling` codes say how long to wait: not at all, or 5 s in one of three ways. */
  retryAfter: 'none' | 'seconds' | 'milliseconds' | 'x-acs';
  /** The code of what RAM forbids. */
  deniedCode: 'NoPermission' | 'Forbidden.RAM' | 'Forbidden';
  /** Whether the answer to what RAM forbids names the action that is missing. */
  deniedNamesAction: boolean;
  /** Whether answers carry the `Date` header. */
  dateHeader: boolean;
}

/** The values worth playing; the first is how the local cloud starts. Milliseconds and ids may be any others, too. */
export const CLOUD_SWITCHES: {
  readonly [K in keyof CloudSwitches]: readonly [CloudSwitches[K], ...CloudSwitches[K][]];
} = {
  honourClientToken: [true, false],
  tokenLifetimeMs: [undefined, 600_000],
  tokenStuck: [false, true],
  dryRunAnswer: ['empty-result', 'no-result', 'null-result', 'echo', 'code', 'creates'],
  duplicates: ['allowed', 'refused'],
  replyServiceId: [undefined, 'epsrv-hp3vpx8yqxblby3ireply'],
  listShowsZone: [true, false],
  listShowsName: [true, false],
  listShowsConnection: [true, false],
  listShowsDomainEarly: [true, false],
  listLagMs: [0, 30_000],
  listIgnoresPage: [false, true],
  createTime: ['seconds', 'milliseconds', 'missing'],
  newDeployment: ['as-documented', 'boolean', 'string', 'missing'],
  connectMs: [0, 60_000],
  deleteMs: [0, 60_000],
  unaccepted: ['Disconnected', 'Pending'],
  newerStatusWords: [false, true],
  connectionLagMs: [0, 10_000],
  unknownConnection: ['empty-list', 'EndpointConnectionNotFound'],
  connectionsShowStatus: [true, false],
  acceptAgain: ['EndpointConnectionOperationDenied', 'IncorrectStatus.VpcEndpointConnection', 'ok'],
  concurrentAccept: ['refused', 'lost'],
  accountIdAs: ['number', 'string'],
  refusalStatus: [undefined, 200, 400, 403, 404, 409, 429],
  retryAfter: ['none', 'seconds', 'milliseconds', 'x-acs'],
  deniedCode: ['NoPermission', 'Forbidden.RAM', 'Forbidden'],
  deniedNamesAction: [true, false],
  dateHeader: [true, false],
};
