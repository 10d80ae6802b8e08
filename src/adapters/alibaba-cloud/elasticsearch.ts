/** The operations of Alibaba Cloud Elasticsearch 2017-06-13 (ROA style) that the bot uses. */
import * as z from 'zod';
import type { CloudResult, CreatedEndpoint, EndpointSpec, Instance, ListedEndpoint } from '../../domain/cloud.ts';
import { refuseClientToken } from './client-token.ts';
import { count, flag, id, present, text } from './fields.ts';
import { allNumberedPages, type Page } from './pages.ts';
import { parseReply } from './reply.ts';
import type { CloudCall, Transport } from './transport.ts';

const VERSION = '2017-06-13';
/** The most that ListInstance allows. */
const INSTANCES_A_PAGE = 100;
/** ListVpcEndpoints' own default: any other size might be cut down silently, and a full page then look like the last. */
const ENDPOINTS_A_PAGE = 20;

const INSTANCE = z
  .object({
    instanceId: id,
    description: text,
    status: text,
    esVersion: text,
    createdAt: text,
    isNewDeployment: flag,
    networkConfig: z.object({ vpcId: text }).optional().catch(undefined),
  })
  .transform(
    (raw): Instance =>
      present({
        id: raw.instanceId,
        description: raw.description ?? '',
        status: raw.status ?? '',
        esVersion: raw.esVersion,
        vpcId: raw.networkConfig?.vpcId,
        createdAt: raw.createdAt,
        newDeployment: raw.isNewDeployment,
      }),
  );

const ENDPOINT = z
  .object({
    endpointId: id,
    serviceId: id,
    endpointDomain: text,
    endpointName: text,
    zoneId: text,
    createTime: text,
    endpointStatus: text,
    connectionStatus: text,
  })
  .transform(
    (raw): ListedEndpoint =>
      present({
        id: raw.endpointId,
        serviceId: raw.serviceId,
        domain: raw.endpointDomain ?? '',
        name: raw.endpointName,
        zoneId: raw.zoneId,
        createdAt: raw.createTime,
        status: raw.endpointStatus,
        connectionStatus: raw.connectionStatus,
      }),
  );

const INSTANCE_PAGE = z
  .object({ Headers: z.object({ 'X-Total-Count': count }).optional().catch(undefined), Result: z.array(INSTANCE) })
  .transform((body): Page<Instance> => present({ items: body.Result, total: body.Headers?.['X-Total-Count'] }));

const ENDPOINT_PAGE = z
  .object({ Result: z.array(ENDPOINT) })
  .transform((body): Page<ListedEndpoint> => ({ items: body.Result }));

const CREATED = z
  .object({ Result: z.object({ endpointId: id, endpointDomain: id, endpointName: text, serviceId: text }) })
  .transform(
    ({ Result }): CreatedEndpoint =>
      present({
        id: Result.endpointId,
        domain: Result.endpointDomain,
        name: Result.endpointName,
        serviceId: Result.serviceId,
      }),
  );

/** `Result` of a dry run is not documented; only an endpoint id in it says anything. */
const DRY_RUN = z
  .object({
    Result: z
      .object({ endpointId: id, endpointDomain: text, endpointName: text, serviceId: text })
      .optional()
      .catch(undefined),
  })
  .transform(({ Result }): CreatedEndpoint | undefined =>
    Result === undefined
      ? undefined
      : present({
          id: Result.endpointId,
          domain: Result.endpointDomain ?? '',
          name: Result.endpointName,
          serviceId: Result.serviceId,
        }),
  );

/** ListInstance, all pages. */
export function listInstances(transport: Transport): Promise<CloudResult<readonly Instance[]>> {
  return allNumberedPages((page) => instancePage(transport, page, INSTANCES_A_PAGE));
}

/** The first page of ListInstance, and how many instances there are in all. */
export function firstInstances(transport: Transport, size: number): Promise<CloudResult<Page<Instance>>> {
  return instancePage(transport, 1, size);
}

async function instancePage(transport: Transport, page: number, size: number): Promise<CloudResult<Page<Instance>>> {
  const query = { page: String(page), size: String(size) };
  return parseReply(await transport.call(read('ListInstance', ['openapi', 'instances'], query)), INSTANCE_PAGE);
}

/** DescribeInstance. */
export async function describeInstance(transport: Transport, instanceId: string): Promise<CloudResult<Instance>> {
  const answer = await transport.call(read('DescribeInstance', ['openapi', 'instances', instanceId], {}));
  return parseReply(
    answer,
    z.object({ Result: INSTANCE }).transform((body) => body.Result),
  );
}

/** ListVpcEndpoints, all pages; the reply has no total. */
export function listEndpoints(
  transport: Transport,
  instanceId: string,
): Promise<CloudResult<readonly ListedEndpoint[]>> {
  return allNumberedPages(async (page) => {
    const query = { page: String(page), size: String(ENDPOINTS_A_PAGE) };
    const answer = await transport.call(read('ListVpcEndpoints', endpointsOf(instanceId), query));
    return parseReply(answer, ENDPOINT_PAGE);
  }, ENDPOINTS_A_PAGE);
}

/**
 * CreateVpcEndpoint, sent once.
 * @param clientToken see {@link refuseClientToken}.
 * @param signedAt milliseconds since the epoch.
 */
export async function createEndpoint(
  transport: Transport,
  spec: EndpointSpec,
  clientToken: string,
  signedAt: number,
): Promise<CloudResult<CreatedEndpoint>> {
  const refusal = refuseClientToken(clientToken);
  if (refusal) return refusal;
  const answer = await transport.call({ ...create(spec, { ClientToken: clientToken }), signedAt });
  return parseReply(answer, CREATED);
}

/** CreateVpcEndpoint as a check. PrivateLink's way to say "it would have worked" is an error, `DryRunOperation`. */
export async function dryRunCreateEndpoint(
  transport: Transport,
  spec: EndpointSpec,
): Promise<CloudResult<CreatedEndpoint | undefined>> {
  const answer = await transport.call(create(spec, { dryRun: 'true' }));
  if (answer.ok) return parseReply(answer, DRY_RUN);
  const { kind, code, requestId } = answer.problem;
  if (kind === 'answered' && code === 'DryRunOperation') {
    return { ok: true, value: undefined, ...(requestId !== undefined && { requestId }) };
  }
  return answer;
}

function create(spec: EndpointSpec, query: Readonly<Record<string, string>>): CloudCall {
  const body = { serviceId: spec.serviceId, zoneId: spec.zoneId };
  const path = endpointsOf(spec.instanceId);
  return { action: 'CreateVpcEndpoint', version: VERSION, method: 'POST', path, query, body, effect: 'write' };
}

function read(action: string, path: readonly string[], query: Readonly<Record<string, string>>): CloudCall {
  return { action, version: VERSION, method: 'GET', path, query, effect: 'read' };
}

function endpointsOf(instanceId: string): readonly string[] {
  return ['openapi', 'instances', instanceId, 'vpc-endpoints'];
}
