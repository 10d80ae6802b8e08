/** A post whose time ran out before its first byte is surely not sent; one in time goes out as ever. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { createTimelyFetch } from '../../../src/adapters/slack/timely-fetch.ts';
import { troubleOf } from '../../../src/adapters/slack/trouble.ts';

const WITHIN_MS = 5_000;
const UNCLEAR = { kind: 'unclear' };
const received: string[] = [];
type Answer = (response: ServerResponse) => void;
const usual: Answer = (response) =>
  response.setHeader('content-type', 'application/json').end('{"ok":true,"ts":"1.000100"}');
let answer = usual;
const server = createServer((request, response) => {
  received.push(String(request.url));
  answer(response);
});
afterEach(() => {
  answer = usual;
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
    rejectRateLimitedCalls: true,
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

it.each<[string, Answer, object]>([
  [
    'that breaks off',
    (to) => to.writeHead(200, { 'content-length': 90 }).write('{"ok":tr', () => to.destroy()),
    UNCLEAR,
  ],
  ['that sends elsewhere', (to) => to.writeHead(302, { location: '/elsewhere' }).end(), UNCLEAR],
  ['of a server that failed', (to) => to.writeHead(503).end('<html>'), UNCLEAR],
  ['without a body', (to) => to.writeHead(204).end(), UNCLEAR],
  [
    'that wants it slower',
    (to) => to.writeHead(429, { 'retry-after': '7' }).end(),
    { kind: 'rate-limited', afterMs: 7_000 },
  ],
  [
    'that says no',
    (to) => to.end('{"ok":false,"error":"not_in_channel"}'),
    { kind: 'refused', error: 'not_in_channel' },
  ],
])('an answer %s is what it is, and is asked for once', async (_what, given, trouble) => {
  answer = given;
  const error = await post(1_000, 1_000).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(troubleOf(error)).toMatchObject(trouble);
  expect(received).toEqual(['/chat.postMessage']);
});
