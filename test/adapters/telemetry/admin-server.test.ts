/** The admin port, over real HTTP. */
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type AdminServerOptions, startAdminServer } from '../../../src/adapters/telemetry/admin-server.ts';
import { createMetrics } from '../../../src/adapters/telemetry/metrics.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

async function start(options: Partial<AdminServerOptions> = {}) {
  const metrics = createMetrics();
  const ready = async () => ({ ok: true, reasons: [] });
  const server = await startAdminServer({ host: '127.0.0.1', port: 0, ready, metrics, ...options });
  cleanUp.push(() => server.close());
  const call = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
  };
  return { server, metrics, call };
}

const post = (body: string): RequestInit => ({ method: 'POST', body });

describe('the admin port', () => {
  test('says that it is alive and ready', async () => {
    const { call } = await start();
    expect(await call('/healthz')).toMatchObject({ status: 200, text: '{"ok":true}\n' });
    expect(await call('/readyz')).toMatchObject({ status: 200, text: '{"ok":true,"reasons":[]}\n' });
    expect(await call('/readyz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  test('says why it is not ready', async () => {
    const { call } = await start({ ready: async () => ({ ok: false, reasons: ['Redis is away'] }) });
    expect(await call('/readyz')).toMatchObject({ status: 503, text: '{"ok":false,"reasons":["Redis is away"]}\n' });
    expect(await call('/healthz')).toMatchObject({ status: 200 });
  });

  test('answers although the check throws or hangs', async () => {
    const throwing = await start({ ready: () => Promise.reject(new Error('xoxb-1')) });
    expect(await throwing.call('/readyz')).toMatchObject({
      status: 503,
      text: '{"ok":false,"reasons":["the check itself failed"]}\n',
    });
    const hanging = await start({ ready: () => new Promise(() => {}) });
    expect(await hanging.call('/readyz')).toMatchObject({
      status: 503,
      text: '{"ok":false,"reasons":["the check itself takes too long"]}\n',
    });
  });

  test('shows what was counted', async () => {
    const { call, metrics } = await start();
    metrics.inboxReceived('approve');
    metrics.decided('accepted');
    metrics.cloudCalled('CreateVpcEndpoint', 'ok');
    metrics.reconciled('committed');
    metrics.acked(0.02);
    const { text, type } = await call('/metrics');
    expect(type).toContain('text/plain');
    for (const line of [
      'vpce_inbox_received_total{kind="approve"} 1',
      'vpce_decisions_total{outcome="accepted"} 1',
      'vpce_cloud_calls_total{action="CreateVpcEndpoint",outcome="ok"} 1',
      'vpce_reconcile_runs_total{result="committed"} 1',
      'vpce_ack_seconds_bucket{le="0.025"} 1',
      'vpce_ack_seconds_bucket{le="0.01"} 0',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    // Another bot in the same process counts for itself.
    expect((await (await start()).call('/metrics')).text).not.toContain('kind="approve"');
  });

  test('knows nothing else', async () => {
    const { call } = await start();
    expect(await call('/')).toMatchObject({ status: 404 });
    expect(await call('/healthz', post(''))).toMatchObject({ status: 405 });
    expect(await call('/sandbox/clock', post('{"advance_ms":1}'))).toMatchObject({ status: 404 });
  });

  test('refuses a port that is taken', async () => {
    const { server } = await start();
    await expect(start({ port: server.port })).rejects.toThrow('EADDRINUSE');
  });

  test('closes although a connection is kept', async () => {
    const { server } = await start();
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.close();
    await closed;
  });
});

describe('a sandbox’s clock', () => {
  test('moves', async () => {
    const moved: number[] = [];
    const { call } = await start({
      sandboxClock: async (ms) => {
        moved.push(ms);
        return { now: 42 };
      },
    });
    expect(await call('/sandbox/clock', post('{"advance_ms":86400000}'))).toMatchObject({
      status: 200,
      text: '{"now":42}\n',
    });
    expect(moved).toEqual([86_400_000]);
    expect(await call('/sandbox/clock')).toMatchObject({ status: 405 });
  });

  test.each([
    '',
    '[]',
    '{}',
    '{"advance_ms":-1}',
    '{"advance_ms":"1"}',
    '{"advance_ms":1.5}',
    '{"advance_ms":1e99}',
    '{"advance_ms":1,"x":1}',
    `{"advance_ms":1${' '.repeat(2_000)}}`,
  ])('does not for %s', async (body) => {
    const { call } = await start({ sandboxClock: () => Promise.reject(new Error('moved')) });
    expect(await call('/sandbox/clock', post(body))).toMatchObject({ status: 400 });
  });
});
