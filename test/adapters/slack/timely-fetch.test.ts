/** A post whose time ran out before its first byte is surely not sent; one in time goes out as ever. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { createTimelyFetch } from '../../../src/adapters/slack/timely-fetch.ts';
import { troubleOf } from '../../../src/adapters/slack/trouble.ts';

const WITHIN_MS = 5_000;
const received: string[] = [];
const server = createServer((request, response) => {
  received.push(String(request.url));
  response.setHeader('content-type', 'application/json').end('{"ok":true,"ts":"1.000100"}');
});
afterEach(() => {
  received.length = 0;
  server.closeAllConnections();
  server.close();
});

/** @param readings of the clock: when it is handed over, and when its first byte is about to be written. */
async function post(...readings: readonly number[]): Promise<unknown> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const clock = [...readings];
  const client = new WebClient('xoxb-1', {
    slackApiUrl: `http://127.0.0.1:${port}/`,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
    fetch: createTimelyFetch(WITHIN_MS, () => clock.shift() ?? 0),
  });
  return await client.chat.postMessage({ channel: 'C1', text: 'hello' });
}

it('goes out when its time has not run out', async () => {
  expect(await post(1_000, 1_000 + WITHIN_MS)).toMatchObject({ ok: true, ts: '1.000100' });
  expect(received).toEqual(['/chat.postMessage']);
});

it('is not sent by a process that was frozen while it connected, and that is known for sure', async () => {
  const error = await post(1_000, 1_001 + WITHIN_MS).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(troubleOf(error)).toEqual({ kind: 'not-sent', error: 'UND_ERR_CONNECT_TIMEOUT' });
  expect(received).toEqual([]);
});
