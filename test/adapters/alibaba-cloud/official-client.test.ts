/** The official client against the local cloud: what it reads there is what it would read from the real one's replies. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES, sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { EndpointSpec } from '../../../src/domain/cloud.ts';
import { localCloud, SPEC } from './local-account.ts';
import { officialClient, privatelink, sdk } from './official-client.ts';

const REINDEX = { ...SPEC, serviceId: SAMPLE_SERVICES.reindex };

async function cloudWithClock(switches: Parameters<typeof sampleCloud>[0]) {
  const clock = { now: Date.now() };
  const cloud = await localCloud({ state: sampleCloud(switches), now: () => clock.now });
  return { cloud, client: officialClient(cloud), clock };
}

const create = ({ serviceId, zoneId }: EndpointSpec = SPEC, clientToken = 'token-1') =>
  new sdk.CreateVpcEndpointRequest({ clientToken, serviceId, zoneId });

const codeOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  );

describe('the official Elasticsearch client', () => {
  it('reads instances and regions', async () => {
    const cloud = await localCloud();
    const client = officialClient(cloud);
    const listed = await client.listInstance(new sdk.ListInstanceRequest({ size: 100 }));
    expect(listed.body?.headers?.xTotalCount).toBe(cloud.state.instances.length);
    expect(listed.body?.result?.map(({ instanceId }) => instanceId)).toEqual(Object.values(SAMPLE_INSTANCES));
    const described = await client.describeInstance(SAMPLE_INSTANCES.old);
    expect(described.body?.result).toMatchObject({
      instanceId: SAMPLE_INSTANCES.old,
      isNewDeployment: false,
      status: 'active',
      networkConfig: { vpcId: 'vpc-bp16k1dvzxtmagcva5ni9' },
    });
    const regions = await client.describeRegions();
    expect(regions.body?.result).toEqual([
      expect.objectContaining({ regionId: 'cn-hangzhou', regionEndpoint: 'elasticsearch.cn-hangzhou.aliyuncs.com' }),
    ]);
  });

  it('makes, lists and deletes an endpoint, which goes through Deleting', async () => {
    const { cloud, client, clock } = await cloudWithClock({ connectMs: 60_000, deleteMs: 30_000 });
    const made = await client.createVpcEndpoint(SPEC.instanceId, create());
    const id = made.body?.result?.endpointId ?? '';
    expect(made.body?.result?.endpointDomain).toContain(`${id}.${SPEC.serviceId}.cn-hangzhou`);
    const shown = async () => {
      const list = await client.listVpcEndpoints(SPEC.instanceId, new sdk.ListVpcEndpointsRequest({}));
      return list.body?.result?.map((each) => [each.endpointId, each.endpointStatus, each.connectionStatus]);
    };
    expect(await shown()).toEqual([[id, 'Creating', 'Connecting']]);
    clock.now += 60_000;
    expect(await shown()).toEqual([[id, 'Active', 'Connected']]);

    const request = new sdk.DeleteVpcEndpointRequest({ clientToken: 'delete-1' });
    const deleted = await client.deleteVpcEndpoint(SPEC.instanceId, id, request);
    expect(deleted.body?.result).toBe(true);
    expect(await shown()).toEqual([[id, 'Deleting', 'Deleting']]);
    expect((await client.deleteVpcEndpoint(SPEC.instanceId, id, request)).body?.result).toBe(true);
    const again = new sdk.DeleteVpcEndpointRequest({});
    expect(await codeOf(client.deleteVpcEndpoint(SPEC.instanceId, id, again))).toBe('EndpointOperationDenied');
    expect(await codeOf(client.deleteVpcEndpoint(SPEC.instanceId, `${id}x`, request))).toBe(
      'IdempotentParameterMismatch',
    );
    clock.now += 30_000;
    expect(await shown()).toEqual([]);
    expect(await codeOf(client.deleteVpcEndpoint(SPEC.instanceId, id, again))).toBe('EndpointNotFound');
    expect(await codeOf(client.deleteVpcEndpoint('es-cn-none', id, again))).toBe('InstanceNotFound');
    expect(cloud.calls.filter(({ action }) => action === 'DeleteVpcEndpoint').map(({ outcome }) => outcome)).toEqual([
      'ok',
      'ok',
      'EndpointOperationDenied',
      'IdempotentParameterMismatch',
      'EndpointNotFound',
      'InstanceNotFound',
    ]);
  });

  it('gets another endpoint, or IdempotentFailed, for the token of one that was deleted', async () => {
    const { client } = await cloudWithClock({});
    const made = await client.createVpcEndpoint(SPEC.instanceId, create());
    const id = made.body?.result?.endpointId ?? '';
    await client.deleteVpcEndpoint(SPEC.instanceId, id, new sdk.DeleteVpcEndpointRequest({}));
    expect(await codeOf(client.createVpcEndpoint(SPEC.instanceId, create()))).toBe('IdempotentFailed');
    const other = await client.createVpcEndpoint(SPEC.instanceId, create(SPEC, 'token-2'));
    expect(other.body?.result?.endpointId).not.toBe(id);
  });
});

describe("PrivateLink through the official client's core", () => {
  const connectionOf = async (...[cloud, endpointId]: [Parameters<typeof privatelink>[0], string]) =>
    (await privatelink(cloud, 'ListVpcEndpointConnections', { EndpointId: endpointId })).Connections;

  it('accepts and rejects a connection, each taking its time', async () => {
    const { cloud, client, clock } = await cloudWithClock({ connectMs: 20_000 });
    const made = await client.createVpcEndpoint(SPEC.instanceId, create(REINDEX));
    const id = made.body?.result?.endpointId ?? '';
    const about = { ServiceId: REINDEX.serviceId, EndpointId: id };
    const becomes = async (status: string) =>
      expect(await connectionOf(cloud, id)).toEqual([expect.objectContaining({ ConnectionStatus: status })]);
    await becomes('Disconnected');

    const dryRun = { ...about, DryRun: 'true' };
    expect(await codeOf(privatelink(cloud, 'EnableVpcEndpointConnection', dryRun))).toBe('DryRunOperation');
    expect(cloud.calls.at(-1)?.dryRun).toBe(true);
    await becomes('Disconnected');

    expect(await privatelink(cloud, 'EnableVpcEndpointConnection', about)).toEqual({ RequestId: expect.any(String) });
    await becomes('Connecting');
    clock.now += 20_000;
    await becomes('Connected');
    await privatelink(cloud, 'DisableVpcEndpointConnection', about);
    await becomes('Disconnecting');
    clock.now += 20_000;
    await becomes('Disconnected');
    expect(await codeOf(privatelink(cloud, 'DisableVpcEndpointConnection', about))).toBe(
      'EndpointConnectionOperationDenied',
    );
  });

  it('lists connections by service and status, page by page', async () => {
    const { cloud, client } = await cloudWithClock({});
    await client.createVpcEndpoint(SPEC.instanceId, create(SPEC, 'token-1'));
    await client.createVpcEndpoint(SPEC.instanceId, create(REINDEX, 'token-2'));
    await client.createVpcEndpoint(SPEC.instanceId, create(SPEC, 'token-3'));
    const list = (query: Record<string, string>) => privatelink(cloud, 'ListVpcEndpointConnections', query);
    expect(await list({ ServiceId: REINDEX.serviceId })).toMatchObject({ TotalCount: 1 });
    expect(await list({ ConnectionStatus: 'Connected' })).toMatchObject({ TotalCount: 2 });
    const first = await list({ MaxResults: '2' });
    expect(first).toMatchObject({ TotalCount: 3, NextToken: expect.any(String) });
    const second = await list({ MaxResults: '2', NextToken: String(first.NextToken) });
    expect([first.Connections, second.Connections].flat()).toHaveLength(3);
    expect(second.NextToken).toBeUndefined();
    // A token is good for its own list only.
    const other = list({ NextToken: Buffer.from('services:1').toString('base64') });
    expect(await codeOf(other)).toBe('InvalidParameter');
  });

  it('is told what is missing, and what is not there', async () => {
    const { cloud } = await cloudWithClock({});
    const codes = async (query: Record<string, string>) => [
      await codeOf(privatelink(cloud, 'EnableVpcEndpointConnection', query)),
      await codeOf(privatelink(cloud, 'DisableVpcEndpointConnection', query)),
    ];
    const { alerts, pending } = SAMPLE_SERVICES;
    expect(await codes({ EndpointId: 'ep-1' })).toEqual(['MissingParameter', 'MissingParameter']);
    expect(await codes({ ServiceId: alerts })).toEqual(['MissingParameter', 'MissingParameter']);
    expect(await codes({ ServiceId: 'epsrv-none', EndpointId: 'ep-1' })).toEqual([
      'EndpointServiceNotFound',
      'EndpointServiceNotFound',
    ]);
    expect(await codes({ ServiceId: pending, EndpointId: 'ep-1' })).toEqual([
      'EndpointServiceOperationDenied',
      'EndpointServiceOperationDenied',
    ]);
    expect(await codes({ ServiceId: alerts, EndpointId: 'ep-1' })).toEqual([
      'EndpointConnectionNotFound',
      'EndpointConnectionNotFound',
    ]);
  });
});
