/** One Alibaba Cloud account as the application sees it: Elasticsearch and PrivateLink of one region. */
import { randomUUID } from 'node:crypto';
import type { CloudAccount } from '../../application/ports/cloud.ts';
import type { CredentialSource } from './credentials.ts';
import * as elasticsearch from './elasticsearch.ts';
import * as privatelink from './privatelink.ts';
import { type PermissionReport, probePermissions } from './probe-permissions.ts';
import { createTransport } from './transport.ts';

export interface CloudAccountOptions {
  /** Such as `cn-hangzhou`. */
  readonly region: string;
  /** An http or https origin; default `https://elasticsearch.{region}.aliyuncs.com`. */
  readonly elasticsearchEndpoint?: string;
  /** An http or https origin; default `https://privatelink.{region}.aliyuncs.com`. */
  readonly privatelinkEndpoint?: string;
  readonly credentials: CredentialSource;
  /** A fresh one for each request that is sent. */
  readonly newNonce?: () => string;
  /** Milliseconds since the epoch, by a clock within 15 minutes of the cloud's. */
  readonly now?: () => number;
  /** For each call, or each page of a list; default 10 000. */
  readonly timeoutMs?: number;
}

/** An account whose sockets are open until it is closed; calls in flight are then broken off. */
export interface OpenCloudAccount extends CloudAccount {
  /** Which RAM actions the credentials may do, and how the clocks compare, by calls that can't change anything. */
  probePermissions(): Promise<PermissionReport>;
  close(): Promise<void>;
}

export function createCloudAccount(options: CloudAccountOptions): OpenCloudAccount {
  const { region, credentials, newNonce = randomUUID, now = Date.now, timeoutMs = 10_000 } = options;
  const shared = { credentials, newNonce, now, timeoutMs };
  const es = createTransport({
    ...shared,
    endpoint: options.elasticsearchEndpoint ?? `https://elasticsearch.${region}.aliyuncs.com`,
  });
  const link = createTransport({
    ...shared,
    endpoint: options.privatelinkEndpoint ?? `https://privatelink.${region}.aliyuncs.com`,
  });
  return {
    listInstances: () => elasticsearch.listInstances(es),
    describeInstance: (id) => elasticsearch.describeInstance(es, id),
    listEndpointServices: () => privatelink.listEndpointServices(link, region),
    describeEndpointService: (id) => privatelink.describeEndpointService(link, region, id),
    listEndpoints: (id) => elasticsearch.listEndpoints(es, id),
    dryRunCreateEndpoint: (spec) => elasticsearch.dryRunCreateEndpoint(es, spec),
    createEndpoint: (spec, clientToken, signedAt) => elasticsearch.createEndpoint(es, spec, clientToken, signedAt),
    acceptConnection: (...accept) => privatelink.acceptConnection(link, region, ...accept),
    describeConnection: (service, endpoint) => privatelink.describeConnection(link, region, service, endpoint),
    probePermissions: () => probePermissions(es, link, region),
    async close() {
      await Promise.all([es.close(), link.close()]);
    },
  };
}
