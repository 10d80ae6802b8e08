/** Accepting an endpoint's connection and seeing how far it is, through our client. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_SERVICES, sampleCloud } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { Switches } from '../../../sandbox/alibaba-cloud/state.ts';
import { judgeProblem } from '../../../src/domain/cloud-errors.ts';
import { type CaptureServer, startCaptureServer } from './capture-server.ts';
import { accountAt, localAccount, SPEC } from './local-account.ts';

const REINDEX = { ...SPEC, serviceId: SAMPLE_SERVICES.reindex };

/** An endpoint that waits to be accepted, and a clock for the cloud. */
async function unaccepted(switches: Partial<Switches> = {}) {
  const clock = { now: Date.now() };
  const state = sampleCloud(switches);
  const { account, cloud } = await localAccount({ state, now: () => clock.now });
  const made = await account.createEndpoint(REINDEX, 'create-1', clock.now);
  if (!made.ok) throw new Error(made.problem.code);
  const { id } = made.value;
  const accept = (token = 'accept-1') => account.acceptConnection(REINDEX.serviceId, id, token, clock.now);
  const status = async () => {
    const seen = await account.describeConnection(REINDEX.serviceId, id);
    return seen.ok ? seen.value?.status : seen.problem.code;
  };
  return { account, cloud, clock, id, accept, status };
}

describe('a connection', () => {
  it('is described as the service sees it', async () => {
    const { account, id } = await unaccepted();
    expect(await account.describeConnection(REINDEX.serviceId, id)).toEqual({
      ok: true,
      value: { endpointId: id, serviceId: REINDEX.serviceId, status: 'Disconnected' },
    });
  });

  it('goes from Disconnected over Connecting to Connected once it is accepted', async () => {
    const { accept, status, clock, cloud, id } = await unaccepted({ connectMs: 60_000 });
    expect(await status()).toBe('Disconnected');
    const signedAt = clock.now;
    expect(await accept()).toEqual({ ok: true, value: undefined, requestId: expect.any(String) });
    expect(await status()).toBe('Connecting');
    clock.now += 59_999;
    expect(await status()).toBe('Connecting');
    clock.now += 1;
    expect(await status()).toBe('Connected');
    const accepts = cloud.calls.filter(({ action }) => action === 'EnableVpcEndpointConnection');
    expect(accepts).toHaveLength(1);
    expect(accepts[0]).toMatchObject({
      method: 'POST',
      path: '/',
      query: {
        RegionId: 'cn-hangzhou',
        ServiceId: REINDEX.serviceId,
        EndpointId: id,
        ClientToken: 'accept-1',
      },
      body: '',
    });
    expect(accepts[0]?.headers['x-acs-date']).toBe(`${new Date(signedAt).toISOString().slice(0, 19)}Z`);
  });

  it('is not there for another service, nor for an endpoint that nobody made', async () => {
    const { account, id } = await unaccepted();
    const none = { ok: true, value: undefined };
    expect(await account.describeConnection(SAMPLE_SERVICES.alerts, id)).toEqual(none);
    expect(await account.describeConnection(REINDEX.serviceId, 'ep-none')).toEqual(none);
  });

  it('is a problem when the service may not be asked', async () => {
    const { account, id } = await unaccepted({ denied: new Set(['ListVpcEndpointConnections']) });
    expect(await account.describeConnection(REINDEX.serviceId, id)).toMatchObject({
      ok: false,
      problem: { code: 'NoPermission', missingAction: 'privatelink:ListVpcEndpointConnections' },
    });
  });
});

describe('an acceptance', () => {
  it('goes out once, whatever becomes of its answer', async () => {
    for (const when of ['before', 'after'] as const) {
      const { accept, status, cloud } = await unaccepted();
      cloud.faults.add({ action: 'EnableVpcEndpointConnection', when, kind: { type: 'reset' }, times: 5 });
      const result = await accept();
      expect(result).toMatchObject({ ok: false, problem: { kind: 'unclear', code: 'ConnectionReset' } });
      expect(cloud.calls.filter(({ action }) => action === 'EnableVpcEndpointConnection')).toHaveLength(1);
      expect(await status()).toBe(when === 'after' ? 'Connected' : 'Disconnected');
    }
  });

  it('may be sent again with its token', async () => {
    const { accept } = await unaccepted({ connectMs: 60_000 });
    expect((await accept()).ok).toBe(true);
    expect((await accept()).ok).toBe(true);
    const other = await accept('accept-2');
    expect(other).toMatchObject({ ok: false, problem: { code: 'EndpointConnectionOperationDenied' } });
    expect(other.ok || judgeProblem(other.problem)).toMatchObject({ applied: 'no', again: 'later' });
  });

  it('with the token of another one is refused', async () => {
    const { account, accept, clock } = await unaccepted();
    await accept('accept-1');
    const result = await account.acceptConnection(REINDEX.serviceId, 'ep-other', 'accept-1', clock.now);
    expect(result).toMatchObject({ ok: false, problem: { code: 'IdempotenceSignatureMismatch' } });
    expect(result.ok || judgeProblem(result.problem)).toMatchObject({ applied: 'maybe', after: 'give-up' });
  });

  it('is to be repeated later while another one of the account is under way', async () => {
    const { account, accept, status, clock } = await unaccepted({ connectMs: 60_000 });
    const second = await account.createEndpoint({ ...REINDEX, zoneId: 'cn-hangzhou-j' }, 'create-2', clock.now);
    const id = second.ok ? second.value.id : '';
    expect((await account.acceptConnection(REINDEX.serviceId, id, 'accept-2', clock.now)).ok).toBe(true);
    const early = await accept();
    expect(early).toMatchObject({ ok: false, problem: { code: 'ConcurrentCallNotSupported' } });
    expect(early.ok || judgeProblem(early.problem)).toMatchObject({ applied: 'no', again: 'later' });
    expect(await status()).toBe('Disconnected');
    clock.now += 60_000;
    expect((await accept()).ok).toBe(true);
  });

  it('is refused for what does not exist', async () => {
    const { account, id, clock } = await unaccepted();
    const codeOf = async (service: string, endpoint: string) => {
      const result = await account.acceptConnection(service, endpoint, 'accept-1', clock.now);
      return result.ok ? 'ok' : result.problem.code;
    };
    expect(await codeOf('epsrv-none', id)).toBe('EndpointServiceNotFound');
    expect(await codeOf(REINDEX.serviceId, 'ep-none')).toBe('EndpointConnectionNotFound');
    expect(await codeOf(SAMPLE_SERVICES.alerts, id)).toBe('EndpointConnectionNotFound');
    expect(await codeOf(REINDEX.serviceId, '')).toBe('MissingParameter');
  });

  it.each(['', 'é', 'line\nbreak', 'x'.repeat(65)])('does not go out with the ClientToken %j', async (token) => {
    const { accept, cloud } = await unaccepted();
    expect(await accept(token)).toMatchObject({ ok: false, problem: { kind: 'not-sent', code: 'BadArgument' } });
    expect(cloud.calls.filter(({ action }) => action === 'EnableVpcEndpointConnection')).toEqual([]);
  });
});

describe('a list of connections', () => {
  let server: CaptureServer;
  beforeEach(async () => {
    server = await startCaptureServer();
  });
  afterEach(() => server.stop());
  const describe1 = () => accountAt(server.url).describeConnection('epsrv-1', 'ep-1');

  it('may show others too, and account ids that no number holds', async () => {
    server.answer(
      '{"RequestId":"R","Connections":[{"EndpointId":"ep-0","ConnectionStatus":"Connected"},' +
        '{"EndpointId":"ep-1","EndpointOwnerId":2534607317069123456,"ConnectionStatus":"Connecting"}]}',
    );
    expect(await describe1()).toEqual({
      ok: true,
      value: { endpointId: 'ep-1', serviceId: 'epsrv-1', status: 'Connecting' },
    });
  });

  it('is read to its end', async () => {
    server.answer('{"Connections":[{"EndpointId":"ep-0"}],"NextToken":"more"}');
    expect(await describe1()).toMatchObject({ ok: false, problem: { code: 'IncompleteList' } });
    expect(server.captured.map(({ target }) => target.includes('NextToken=more'))).toEqual([false, true]);
  });

  it.each(['{}', '{"Connections":null}', '{"Connections":[{}]}'])('of another shape is no answer: %s', async (body) => {
    server.answer(body);
    expect(await describe1()).toMatchObject({ ok: false, problem: { kind: 'unclear', code: 'UnreadableBody' } });
  });
});
