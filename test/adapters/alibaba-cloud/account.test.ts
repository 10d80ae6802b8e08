/** Every method of the account against the local cloud: values, pages, refusals. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES, sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloudState } from '../../../sandbox/alibaba-cloud/state.ts';
import { localAccount, SPEC } from './local-account.ts';

describe('instances', () => {
  it('are described', async () => {
    const { account } = await localAccount();
    const result = await account.describeInstance(SAMPLE_INSTANCES.old);
    expect(result).toEqual({
      ok: true,
      requestId: expect.any(String),
      value: {
        id: SAMPLE_INSTANCES.old,
        description: 'catalogue-2019',
        status: 'active',
        esVersion: '6.7_with_X-Pack',
        vpcId: 'vpc-bp16k1dvzxtmagcva5ni9',
        createdAt: '2019-11-05T03:22:47.615Z',
        newDeployment: false,
      },
    });
  });

  it('are listed, page by page, until the total is reached', async () => {
    const state = sampleCloud();
    const [model] = state.instances;
    if (!model) throw new Error('no sample');
    state.instances = Array.from({ length: 250 }, (_, i) => ({ ...model, instanceId: `es-cn-${1_000 + i}` }));
    const { account, cloud } = await localAccount({ state });
    const result = await account.listInstances();
    expect(result.ok && result.value.map(({ id }) => id)).toEqual(state.instances.map((each) => each.instanceId));
    expect(result.ok && result.value[0]?.newDeployment).toBe(true);
    expect(cloud.calls.map(({ query }) => query)).toEqual([
      { page: '1', size: '100' },
      { page: '2', size: '100' },
      { page: '3', size: '100' },
    ]);
  });

  it('may be none', async () => {
    const state = sampleCloud();
    state.instances = [];
    const { account, cloud } = await localAccount({ state });
    expect(await account.listInstances()).toEqual({ ok: true, value: [] });
    expect(cloud.calls).toHaveLength(1);
  });

  it('are reported missing by the code, not by the status', async () => {
    const { account } = await localAccount();
    const result = await account.describeInstance('es-cn-nobody');
    expect(result).toMatchObject({
      ok: false,
      problem: {
        kind: 'answered',
        code: 'InstanceNotFound',
        httpStatus: 400,
        message: 'The instance does not exist.',
        recommend: expect.stringMatching(/^https:\/\/api\.aliyun\.com\/troubleshoot\?q=InstanceNotFound/),
        requestId: expect.any(String),
      },
    });
  });

  it.each(['', '.', '..', '\ud800'])('are not asked for by the id %j', async (id) => {
    const { account, cloud } = await localAccount();
    const expected = { ok: false, problem: { kind: 'not-sent', code: 'BadArgument' } };
    expect(await account.describeInstance(id)).toMatchObject(expected);
    expect(await account.listEndpoints(id)).toMatchObject(expected);
    expect(await account.createEndpoint({ ...SPEC, instanceId: id }, 'token', Date.now())).toMatchObject(expected);
    expect(cloud.calls).toEqual([]);
  });

  it('may have any id that can be written down', async () => {
    const { account, cloud } = await localAccount();
    const result = await account.describeInstance("es-cn/../x?y=1#*'é🙂+ %");
    expect(result).toMatchObject({ ok: false, problem: { code: 'InstanceNotFound' } });
    expect(cloud.calls[0]?.path).not.toContain('/../');
  });
});

describe('endpoint services', () => {
  it('are listed over all pages', async () => {
    const state = sampleCloud();
    const [model] = state.services;
    if (!model) throw new Error('no sample');
    state.services = Array.from({ length: 120 }, (_, i) => ({ ...model, serviceId: `epsrv-${1_000 + i}` }));
    const { account, cloud } = await localAccount({ state });
    const result = await account.listEndpointServices();
    expect(result.ok && result.value.map(({ id }) => id)).toEqual(state.services.map((each) => each.serviceId));
    expect(cloud.calls.map(({ query }) => query.MaxResults)).toEqual(['50', '50', '50']);
    expect(cloud.calls.map(({ query }) => query.RegionId)).toEqual(['cn-hangzhou', 'cn-hangzhou', 'cn-hangzhou']);
  });

  it('are described with their zones', async () => {
    const { account } = await localAccount();
    expect(await account.describeEndpointService(SAMPLE_SERVICES.reindex)).toMatchObject({
      ok: true,
      value: {
        id: SAMPLE_SERVICES.reindex,
        description: 'remote reindex',
        status: 'Active',
        autoAccept: false,
        zones: ['cn-hangzhou-i', 'cn-hangzhou-j'],
      },
    });
    expect(await account.describeEndpointService('epsrv-none')).toMatchObject({
      ok: false,
      problem: { kind: 'answered', code: 'EndpointServiceNotFound' },
    });
  });
});

describe('endpoints', () => {
  const many = (state: LocalCloudState, count: number): void => {
    state.endpoints = Array.from({ length: count }, (_, i) => ({
      ...SPEC,
      endpointId: `ep-${1_000 + i}`,
      name: `number ${i}`,
      domain: `ep-${1_000 + i}.example`,
      createdAtMs: Date.parse('2021-07-22T01:19:24Z'),
    }));
  };

  it.each([
    [0, 1],
    [19, 1],
    [20, 2],
    [45, 3],
  ])('%i are listed with %i calls', async (count, calls) => {
    const state = sampleCloud();
    many(state, count);
    const { account, cloud } = await localAccount({ state });
    const result = await account.listEndpoints(SPEC.instanceId);
    expect(result.ok && result.value).toHaveLength(count);
    expect(cloud.calls).toHaveLength(calls);
  });

  it('are shown as they are', async () => {
    const state = sampleCloud({ listShowsZone: false });
    many(state, 1);
    const { account, cloud } = await localAccount({ state });
    const shown = {
      id: 'ep-1000',
      serviceId: SPEC.serviceId,
      domain: 'ep-1000.example',
      name: 'number 0',
      createdAt: '2021-07-22T01:19:24Z',
      status: 'Active',
      connectionStatus: 'Connected',
    };
    expect(await account.listEndpoints(SPEC.instanceId)).toEqual({ ok: true, value: [shown] });
    cloud.state.switches.listShowsZone = true;
    expect(await account.listEndpoints(SPEC.instanceId)).toEqual({
      ok: true,
      value: [{ ...shown, zoneId: SPEC.zoneId }],
    });
  });

  it('are a problem, never a part, when the cloud ignores the page number and there may be more', async () => {
    const state = sampleCloud({ listIgnoresPage: true });
    many(state, 20);
    const { account, cloud } = await localAccount({ state });
    expect(await account.listEndpoints(SPEC.instanceId)).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'IncompleteList' },
    });
    expect(cloud.calls).toHaveLength(2);
  });

  it('are a problem, never a part, when one page fails', async () => {
    const state = sampleCloud();
    many(state, 45);
    const { account, cloud } = await localAccount({ state });
    cloud.faults.add({ when: 'after', kind: { type: 'delay', ms: 0 }, times: 2 });
    cloud.faults.add({ when: 'after', kind: { type: 'html' }, times: 1 });
    expect(await account.listEndpoints(SPEC.instanceId)).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'HttpStatus', httpStatus: 502 },
    });
    expect(cloud.calls).toHaveLength(3);
  });
});

describe('CreateVpcEndpoint', () => {
  it('makes an endpoint and says which', async () => {
    const { account, cloud } = await localAccount();
    const signedAt = Date.now() - 60_000;
    const result = await account.createEndpoint(SPEC, 'token-1', signedAt);
    const [endpoint] = cloud.state.endpoints;
    expect(result).toEqual({
      ok: true,
      requestId: expect.any(String),
      value: {
        id: endpoint?.endpointId,
        domain: endpoint?.domain,
        name: endpoint?.name,
        serviceId: SPEC.serviceId,
      },
    });
    expect(cloud.calls).toHaveLength(1);
    expect(cloud.calls[0]).toMatchObject({
      method: 'POST',
      path: `/openapi/instances/${SPEC.instanceId}/vpc-endpoints`,
      query: { ClientToken: 'token-1' },
      body: JSON.stringify({ serviceId: SPEC.serviceId, zoneId: SPEC.zoneId }),
      made: endpoint?.endpointId,
      status: 200,
      outcome: 'ok',
    });
    expect(cloud.calls[0]?.headers['x-acs-date']).toBe(`${new Date(signedAt).toISOString().slice(0, 19)}Z`);
  });

  it('keeps a serviceId in the reply that is not the one sent', async () => {
    const { account } = await localAccount({ state: sampleCloud({ replyServiceId: 'epsrv-other' }) });
    const result = await account.createEndpoint(SPEC, 'token-1', Date.now());
    expect(result.ok && result.value.serviceId).toBe('epsrv-other');
  });

  it.each(['', 'é', 'line\nbreak', 'x'.repeat(65)])('does not go out with the ClientToken %j', async (token) => {
    const { account, cloud } = await localAccount();
    const result = await account.createEndpoint(SPEC, token, Date.now());
    expect(result).toMatchObject({ ok: false, problem: { kind: 'not-sent', code: 'BadArgument' } });
    expect(cloud.calls).toEqual([]);
  });

  it('names the RAM action that is missing', async () => {
    const state = sampleCloud({ denied: new Set(['CreateVpcEndpoint']) });
    const { account } = await localAccount({ state });
    const expected = {
      ok: false,
      problem: { code: 'NoPermission', httpStatus: 403, missingAction: 'elasticsearch:CreateVpcEndpoint' },
    };
    expect(await account.createEndpoint(SPEC, 'token-1', Date.now())).toMatchObject(expected);
    expect(await account.dryRunCreateEndpoint(SPEC)).toMatchObject(expected);
  });
});

describe('its dry run', () => {
  it.each(['empty-result', 'code'] as const)(
    'passes with %s, makes nothing and carries no ClientToken',
    async (way) => {
      const { account, cloud } = await localAccount({ state: sampleCloud({ dryRunAnswer: way }) });
      const result = await account.dryRunCreateEndpoint(SPEC);
      expect(result).toEqual({ ok: true, value: undefined, requestId: expect.any(String) });
      expect(cloud.state.endpoints).toEqual([]);
      expect(cloud.calls.map(({ query }) => query)).toEqual([{ dryRun: 'true' }]);
    },
  );

  it('reports the endpoint that was made all the same', async () => {
    const { account, cloud } = await localAccount({ state: sampleCloud({ dryRunAnswer: 'creates' }) });
    const result = await account.dryRunCreateEndpoint(SPEC);
    expect(result).toMatchObject({ ok: true, value: { id: cloud.state.endpoints[0]?.endpointId } });
    expect(cloud.calls[0]?.made).toBe(cloud.state.endpoints[0]?.endpointId);
  });

  it('says which parameter is missing', async () => {
    const { account } = await localAccount();
    expect(await account.dryRunCreateEndpoint({ ...SPEC, zoneId: '' })).toMatchObject({
      ok: false,
      problem: { kind: 'answered', code: 'MissingParameter' },
    });
  });
});
