/** The local cloud itself: it checks signatures as the real one does, and keeps the rules of the ClientToken. */
import { describe, expect, it } from 'vitest';
import {
  SAMPLE_ACCESS_KEY,
  SAMPLE_INSTANCES,
  SAMPLE_SERVICES,
  sampleCloud,
} from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloud } from '../../../sandbox/alibaba-cloud/server.ts';
import { signRequest } from '../../../src/adapters/alibaba-cloud/sign.ts';
import { judgeId } from '../../../src/domain/ids.ts';
import { accountAt, localAccount, localCloud, SPEC } from './local-account.ts';
import { officialClient, sdk } from './official-client.ts';

/** A correctly signed DescribeInstance, to be spoilt. */
function signed(cloud: LocalCloud, changes: { secret?: string; id?: string; date?: number; nonce?: string } = {}) {
  const path = `/openapi/instances/${SAMPLE_INSTANCES.orders}`;
  const {
    id = SAMPLE_ACCESS_KEY.id,
    secret = SAMPLE_ACCESS_KEY.secret,
    date = Date.now(),
    nonce = 'nonce-1',
  } = changes;
  const request = {
    method: 'GET',
    host: new URL(cloud.url).host,
    path,
    query: {},
    action: 'DescribeInstance',
  } as const;
  const key = { accessKeyId: id, accessKeySecret: secret };
  return { path, headers: signRequest({ ...request, version: '2017-06-13' }, key, nonce, date) };
}

async function codeOf(cloud: LocalCloud, path: string, headers: Record<string, string>, init: RequestInit = {}) {
  // fetch writes the host header itself, to the same value.
  const { host: _host, ...rest } = headers;
  const response = await fetch(`${cloud.url}${path}`, { ...init, headers: rest });
  const body = (await response.json()) as { Code?: string };
  return [response.status, body.Code];
}

describe('a signature', () => {
  it('is accepted from the official client', async () => {
    const cloud = await localCloud();
    const client = officialClient(cloud);
    const request = new sdk.CreateVpcEndpointRequest({
      serviceId: SPEC.serviceId,
      zoneId: SPEC.zoneId,
      clientToken: "it's * (a) ~token!",
    });
    const { body } = await client.createVpcEndpoint(SPEC.instanceId, request);
    expect(body?.result?.endpointId).toBe(cloud.state.endpoints[0]?.endpointId);
    expect((await client.describeInstance(SPEC.instanceId)).body?.result?.instanceId).toBe(SPEC.instanceId);
  });

  it('is refused when anything that it covers was changed', async () => {
    const cloud = await localCloud();
    const { path, headers } = signed(cloud);
    const refused = [403, 'SignatureDoesNotMatch'];
    expect(await codeOf(cloud, path, { ...headers, 'x-acs-action': 'ListInstance' })).toEqual(refused);
    expect(await codeOf(cloud, path, { ...headers, 'x-acs-signature-nonce': 'other' })).toEqual(refused);
    expect(await codeOf(cloud, path, { ...headers, 'x-acs-extra': '1' })).toEqual(refused);
    expect(await codeOf(cloud, `${path}?page=1`, headers)).toEqual(refused);
    expect(await codeOf(cloud, `${path}0`, headers)).toEqual(refused);
    expect(await codeOf(cloud, path, headers, { method: 'DELETE' })).toEqual(refused);
    const last = headers.authorization?.at(-1) === '0' ? '1' : '0';
    const forged = `${headers.authorization?.slice(0, -1)}${last}`;
    expect(await codeOf(cloud, path, { ...headers, authorization: forged })).toEqual(refused);
    expect(await codeOf(cloud, path, headers)).toEqual([200, undefined]);
  });

  it('is refused with a wrong secret, an unknown key, an old date, a used nonce, another body, or none at all', async () => {
    const cloud = await localCloud();
    const refusalOf = (changes: Parameters<typeof signed>[1]) => {
      const { path, headers } = signed(cloud, changes);
      return codeOf(cloud, path, headers);
    };
    expect(await refusalOf({ secret: 'wrong' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await refusalOf({ id: 'LTAIunknown' })).toEqual([404, 'InvalidAccessKeyId.NotFound']);
    expect(await refusalOf({ date: Date.now() - 16 * 60_000 })).toEqual([400, 'InvalidTimeStamp.Expired']);
    expect(await refusalOf({ date: Date.now() + 16 * 60_000 })).toEqual([400, 'InvalidTimeStamp.Expired']);
    expect(await refusalOf({ date: Date.now() - 14 * 60_000, nonce: 'n' })).toEqual([200, undefined]);
    expect(await refusalOf({ nonce: 'n' })).toEqual([400, 'SignatureNonceUsed']);
    const { path, headers } = signed(cloud, { nonce: 'm' });
    expect(await codeOf(cloud, path, {})).toEqual([400, 'IncompleteSignature']);
    const body = { method: 'GET', 'x-acs-content-sha256': '0'.repeat(64) };
    expect(await codeOf(cloud, path, { ...headers, ...body })).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('does not open a path that is no operation, or another one than the header names', async () => {
    const { account, cloud } = await localAccount();
    await account.describeInstance(`${SAMPLE_INSTANCES.orders}/vpc-endpoints`);
    expect(cloud.calls.at(-1)?.outcome).toBe('InstanceNotFound');
    const { headers } = signed(cloud);
    const request = {
      method: 'GET',
      host: headers.host ?? '',
      path: '/openapi/instances//vpc-endpoints',
      query: {},
      action: 'ListVpcEndpoints',
      version: '2017-06-13',
    } as const;
    const key = { accessKeyId: SAMPLE_ACCESS_KEY.id, accessKeySecret: SAMPLE_ACCESS_KEY.secret };
    const empty = signRequest(request, key, 'nonce-2', Date.now());
    expect(await codeOf(cloud, request.path, empty)).toEqual([404, 'InvalidAction.NotFound']);
  });
});

describe('a ClientToken', () => {
  const create = (cloud: LocalCloud, spec = SPEC, token = 'token-1') =>
    accountAt(cloud.url).createEndpoint(spec, token, Date.now());

  it('makes one endpoint, however often it comes', async () => {
    const cloud = await localCloud();
    const first = await create(cloud);
    const second = await create(cloud);
    expect(second.ok && second.value).toEqual(first.ok && first.value);
    expect(cloud.state.endpoints).toHaveLength(1);
    expect(cloud.calls.map(({ made }) => made)).toEqual([cloud.state.endpoints[0]?.endpointId, undefined]);
    expect((await create(cloud, SPEC, 'token-2')).ok).toBe(true);
    expect(cloud.state.endpoints).toHaveLength(2);
  });

  it('is refused with other parameters, and when what it made is gone', async () => {
    const cloud = await localCloud();
    await create(cloud);
    expect(await create(cloud, { ...SPEC, zoneId: 'cn-hangzhou-h' })).toMatchObject({
      problem: { code: 'IdempotentParameterMismatch' },
    });
    cloud.state.endpoints = [];
    expect(await create(cloud)).toMatchObject({ problem: { code: 'IdempotentFailed' } });
  });

  it('can be ignored', async () => {
    const cloud = await localCloud({ state: sampleCloud({ honourClientToken: false }) });
    await create(cloud);
    await create(cloud);
    expect(cloud.state.endpoints).toHaveLength(2);
    expect(cloud.calls.every(({ made }) => made !== undefined)).toBe(true);
  });
});

describe('a create', () => {
  it.each([
    [{ instanceId: 'es-cn-none' }, 'InstanceNotFound'],
    [{ instanceId: SAMPLE_INSTANCES.activating }, 'InstanceActivating'],
    [{ instanceId: SAMPLE_INSTANCES.inactive }, 'InstanceStatusNotSupportCurrentAction'],
    [{ instanceId: SAMPLE_INSTANCES.old }, 'InvalidParameter'],
    [{ serviceId: 'epsrv-none' }, 'EndpointServiceNotFound'],
    [{ serviceId: SAMPLE_SERVICES.pending }, 'EndpointServiceOperationDenied'],
    [{ zoneId: 'cn-hangzhou-z' }, 'InvalidParameter.ZoneId'],
    [{ serviceId: '' }, 'MissingParameter'],
  ])('with %j is refused with %s', async (change, code) => {
    const { account, cloud } = await localAccount();
    const result = await account.createEndpoint({ ...SPEC, ...change }, 'token-1', Date.now());
    expect(result).toMatchObject({ ok: false, problem: { kind: 'answered', code } });
    expect(cloud.state.endpoints).toEqual([]);
    expect(cloud.calls[0]).toMatchObject({ outcome: code, made: undefined, clientToken: 'token-1', dryRun: false });
  });
});

describe('a list', () => {
  it('shows a new endpoint late, and its connection as time goes by', async () => {
    const start = Date.now();
    let passed = 0;
    const state = sampleCloud({ listLagMs: 30_000, connectMs: 60_000 });
    const { account } = await localAccount({ state, now: () => start + passed });
    await account.createEndpoint(SPEC, 'token-1', start);
    const shown = async () => {
      const result = await account.listEndpoints(SPEC.instanceId);
      return result.ok ? result.value.map(({ status, connectionStatus }) => [status, connectionStatus]) : result;
    };
    expect(await shown()).toEqual([]);
    passed = 30_000;
    expect(await shown()).toEqual([['Creating', 'Connecting']]);
    passed = 60_000;
    expect(await shown()).toEqual([['Active', 'Connected']]);
    for (const endpoint of state.endpoints) endpoint.connectionStatus = 'Disconnecting';
    expect(await shown()).toEqual([['Active', 'Disconnecting']]);
  });

  it('shows an endpoint of a service without auto-accept as not connected', async () => {
    const { account } = await localAccount();
    const spec = { ...SPEC, serviceId: SAMPLE_SERVICES.reindex };
    await account.createEndpoint(spec, 'token-1', Date.now());
    expect(await account.listEndpoints(SPEC.instanceId)).toMatchObject({
      value: [{ connectionStatus: 'Disconnected', serviceId: SAMPLE_SERVICES.reindex }],
    });
  });
});

describe('faults', () => {
  it('are for the calls they name, in order, as often as they say', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: true, when: 'before', kind: { type: 'html' } });
    cloud.faults.add({ action: 'ListVpcEndpoints', when: 'before', kind: { type: 'empty' }, times: 2 });
    expect(cloud.faults.left).toBe(3);
    expect((await account.createEndpoint(SPEC, 'token-1', Date.now())).ok).toBe(true);
    expect((await account.describeInstance(SPEC.instanceId)).ok).toBe(true);
    expect((await account.dryRunCreateEndpoint(SPEC)).ok).toBe(false);
    expect((await account.listEndpoints(SPEC.instanceId)).ok).toBe(false);
    expect((await account.listEndpoints(SPEC.instanceId)).ok).toBe(false);
    expect((await account.listEndpoints(SPEC.instanceId)).ok).toBe(true);
    expect(cloud.faults.left).toBe(0);
  });
});

describe('the sample', () => {
  it('has ids that a person could type', () => {
    const { instances, services } = sampleCloud();
    for (const { instanceId } of instances) expect(judgeId('instance', instanceId)).toBeUndefined();
    for (const { serviceId, zones } of services) {
      expect(judgeId('service', serviceId)).toBeUndefined();
      for (const zone of zones) expect(judgeId('zone', zone)).toBeUndefined();
    }
  });
});
