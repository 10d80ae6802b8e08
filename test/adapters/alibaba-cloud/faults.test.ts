/** What goes wrong on the way: each fault is the right kind of problem, and a create goes out once. */
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Fault, FaultKind } from '../../../sandbox/alibaba-cloud/faults.ts';
import { judgeProblem } from '../../../src/domain/cloud-errors.ts';
import { accountAt, localAccount, SPEC } from './local-account.ts';

/** Short only where the time has to run out. */
const patience = ({ type }: FaultKind) => (type === 'hang' || type === 'delay' ? { timeoutMs: 400 } : {});

const FAULTS: readonly [name: string, kind: FaultKind, problem: object][] = [
  ['a reset', { type: 'reset' }, { kind: 'unclear', code: 'ConnectionReset' }],
  ['silence', { type: 'hang' }, { kind: 'unclear', code: 'Timeout' }],
  ['a late answer', { type: 'delay', ms: 10_000 }, { kind: 'unclear', code: 'Timeout' }],
  ["a proxy's page", { type: 'html' }, { kind: 'unclear', code: 'HttpStatus', httpStatus: 502 }],
  ['a page with 200', { type: 'html', status: 200 }, { kind: 'unclear', code: 'UnreadableBody', httpStatus: 200 }],
  ['no body', { type: 'empty' }, { kind: 'unclear', code: 'UnreadableBody', httpStatus: 200 }],
  ['no body with 500', { type: 'empty', status: 500 }, { kind: 'unclear', code: 'HttpStatus', httpStatus: 500 }],
  ['half a body', { type: 'truncated' }, { kind: 'unclear', code: 'UnreadableBody', httpStatus: 200 }],
  ['a redirect', { type: 'redirect' }, { kind: 'unclear', code: 'Redirect', httpStatus: 302 }],
  ['503 without a code', { type: 'status', status: 503 }, { kind: 'unclear', code: 'HttpStatus', httpStatus: 503 }],
  [
    '503 with a code',
    { type: 'status', status: 503, code: 'ServiceUnavailable' },
    { kind: 'answered', code: 'ServiceUnavailable', httpStatus: 503 },
  ],
  [
    'a refusal with 200',
    { type: 'status', status: 200, code: 'InstanceActivating' },
    { kind: 'answered', code: 'InstanceActivating', httpStatus: 200 },
  ],
  [
    'throttling in milliseconds',
    {
      type: 'status',
      status: 429,
      code: 'Throttling.User',
      headers: { 'x-acs-retry-after': '1500', 'retry-after': '9' },
    },
    { kind: 'answered', code: 'Throttling.User', retryAfterMs: 1_500 },
  ],
  [
    'throttling in seconds',
    { type: 'status', status: 429, code: 'Throttling', headers: { 'retry-after': '30' } },
    { kind: 'answered', code: 'Throttling', retryAfterMs: 30_000 },
  ],
];

describe('a create', () => {
  for (const when of ['before', 'after'] as const) {
    it.each(FAULTS)(`that meets %s ${when} it took effect goes out once`, async (_name, kind, problem) => {
      const { account, cloud } = await localAccount({}, patience(kind));
      await account.describeInstance(SPEC.instanceId);
      cloud.faults.add({ action: 'CreateVpcEndpoint', when, kind, times: Number.POSITIVE_INFINITY });
      const result = await account.createEndpoint(SPEC, 'token-1', Date.now());
      expect(result).toMatchObject({ ok: false, problem });
      const creates = cloud.calls.filter(({ action }) => action === 'CreateVpcEndpoint');
      expect(creates).toHaveLength(1);
      expect(cloud.state.endpoints).toHaveLength(when === 'after' ? 1 : 0);
      expect(creates[0]?.made).toBe(cloud.state.endpoints[0]?.endpointId);
    });
  }

  it('is never taken for certain when it took effect', async () => {
    for (const [, kind] of FAULTS.filter(([, { type }]) => type !== 'status')) {
      const { account, cloud } = await localAccount({}, patience(kind));
      cloud.faults.add({ when: 'after', kind });
      const result = await account.createEndpoint(SPEC, 'token-1', Date.now());
      expect(result.ok || judgeProblem(result.problem)).toMatchObject({ applied: 'maybe', after: 'resend' });
    }
  });

  it('may be sent again with its token: the cloud makes no second endpoint', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ when: 'after', kind: { type: 'reset' } });
    expect((await account.createEndpoint(SPEC, 'token-1', Date.now())).ok).toBe(false);
    const second = await account.createEndpoint(SPEC, 'token-1', Date.now());
    expect(second).toMatchObject({ ok: true, value: { id: cloud.state.endpoints[0]?.endpointId } });
    expect(cloud.state.endpoints).toHaveLength(1);
  });

  it('does not use a socket that idled', async () => {
    const { account, cloud } = await localAccount();
    await account.describeInstance(SPEC.instanceId);
    await account.createEndpoint(SPEC, 'token-1', Date.now());
    await account.createEndpoint(SPEC, 'token-1', Date.now());
    await account.describeInstance(SPEC.instanceId);
    const [read, create, again, readAgain] = cloud.calls.map(({ port }) => port);
    expect(new Set([read, create, again]).size).toBe(3);
    expect(readAgain).toBe(read);
  });
});

describe('a read', () => {
  it('is repeated once, at once, after a reset, with a nonce of its own', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ when: 'before', kind: { type: 'reset' } });
    expect((await account.describeInstance(SPEC.instanceId)).ok).toBe(true);
    expect(cloud.calls.map(({ outcome }) => outcome)).toEqual(['fault:reset', 'ok']);
    expect(new Set(cloud.calls.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(2);
  });

  it('is not repeated twice', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ when: 'before', kind: { type: 'reset' }, times: 5 });
    expect(await account.describeInstance(SPEC.instanceId)).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'ConnectionReset' },
    });
    expect(cloud.calls).toHaveLength(2);
  });

  it('of PrivateLink is repeated although it is a POST', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ when: 'before', kind: { type: 'reset' } });
    expect((await account.describeEndpointService(SPEC.serviceId)).ok).toBe(true);
    expect(cloud.calls).toHaveLength(2);
  });

  it('is not repeated after a timeout', async () => {
    const { account, cloud } = await localAccount({}, patience({ type: 'hang' }));
    cloud.faults.add({ when: 'before', kind: { type: 'hang' } });
    expect(await account.listInstances()).toMatchObject({ ok: false, problem: { kind: 'unclear', code: 'Timeout' } });
    expect(cloud.calls).toHaveLength(1);
  });
});

describe('a dry run', () => {
  it('is not repeated: it might have created', async () => {
    const { account, cloud } = await localAccount();
    const fault: Fault = { dryRun: true, when: 'before', kind: { type: 'reset' }, times: 5 };
    cloud.faults.add(fault);
    expect(await account.dryRunCreateEndpoint(SPEC)).toMatchObject({
      ok: false,
      problem: { kind: 'unclear', code: 'ConnectionReset' },
    });
    expect(cloud.calls).toHaveLength(1);
  });
});

describe('what was not sent', () => {
  const create = (url: string, options = {}) => accountAt(url, options).createEndpoint(SPEC, 'token-1', Date.now());

  it('is known when nobody listens', async () => {
    const { cloud } = await localAccount();
    await cloud.stop();
    const expected = { ok: false, problem: { kind: 'not-sent', code: 'ConnectionRefused' } };
    expect(await create(cloud.url)).toMatchObject(expected);
    expect(await accountAt(cloud.url).listInstances()).toMatchObject(expected);
  });

  it('is known when the name does not resolve', async () => {
    // A label of 64 characters is none: the resolver says so without asking anyone.
    expect(await create(`http://${'x'.repeat(64)}.invalid`)).toMatchObject({
      ok: false,
      problem: { kind: 'not-sent', code: 'HostNotFound' },
    });
  });

  it('is known when TLS comes to nothing', async () => {
    const { cloud } = await localAccount();
    expect(await create(cloud.url.replace('http:', 'https:'))).toMatchObject({
      ok: false,
      problem: { kind: 'not-sent', code: 'ConnectionFailed' },
    });
    expect(cloud.calls).toEqual([]);
  });

  it('is known when the time is over before the connection stands', async () => {
    // Accepts, but never says hello: as far as TLS is concerned, there is no connection yet.
    const mute = createServer();
    await new Promise<void>((resolve) => {
      mute.listen(0, '127.0.0.1', resolve);
    });
    const { port } = mute.address() as { port: number };
    const result = await create(`https://127.0.0.1:${port}`, { timeoutMs: 150 });
    expect(result).toMatchObject({ ok: false, problem: { kind: 'not-sent' } });
    expect(['Timeout', 'ConnectTimeout']).toContain(result.ok || result.problem.code);
    mute.close();
  });

  it('is known when there are no credentials', async () => {
    const { account, cloud } = await localAccount(
      {},
      { credentials: { get: () => new Promise(() => {}), renew: () => new Promise(() => {}) }, timeoutMs: 30 },
    );
    expect(await account.createEndpoint(SPEC, 'token-1', Date.now())).toMatchObject({
      ok: false,
      problem: { kind: 'not-sent', code: 'NoCredentials' },
    });
    expect(cloud.calls).toEqual([]);
  });

  it('is given up in the queue for good', async () => {
    const { account, cloud } = await localAccount({}, { timeoutMs: 1_000 });
    cloud.faults.add({ action: 'DescribeInstance', when: 'before', kind: { type: 'hang' }, times: 16 });
    const results = await Promise.all(Array.from({ length: 24 }, () => account.describeInstance(SPEC.instanceId)));
    const kinds = results.map((result) => (result.ok ? 'ok' : result.problem.kind));
    expect(kinds.filter((kind) => kind === 'unclear')).toHaveLength(16);
    expect(kinds.filter((kind) => kind === 'not-sent')).toHaveLength(8);
    expect((await account.describeInstance(SPEC.instanceId)).ok).toBe(true);
    expect(cloud.calls).toHaveLength(17);
  });
});

describe('an account that is closed', () => {
  it('breaks off what is in flight', async () => {
    const { account, cloud } = await localAccount();
    cloud.faults.add({ when: 'before', kind: { type: 'hang' } });
    const create = account.createEndpoint(SPEC, 'token-1', Date.now());
    await expect.poll(() => cloud.calls.length).toBe(1);
    await account.close();
    expect(await create).toMatchObject({ ok: false, problem: { kind: 'unclear' } });
  });
});
