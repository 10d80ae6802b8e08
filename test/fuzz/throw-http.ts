/** Throws at the door of HTTP: commands, interactions and events, mangled; some not signed, some not even HTTP. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { SIGNING_SECRET } from '../../sandbox/stage.ts';
import { send } from '../support/raw-http.ts';
import type { Chance } from './chance.ts';
import { damaged, type Json, mutated, spliced, stringify } from './mutate.ts';
import type { Recorded } from './record.ts';

export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** 500 and 503 are not in here: they would mean that something inside broke, or was never answered. */
export const EXPECTED = [
  '200',
  '400',
  '401',
  '404',
  '405',
  '408',
  '413',
  '415',
  '431',
  'no answer to a broken request',
];

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

export function httpShot(from: Recorded, chance: Chance): Shot {
  const isEvent = from.type === 'events_api';
  const payload = mutated(from.payload, chance);
  let text = isEvent ? stringify(payload) : formOf(from, payload);
  if (chance.is(0.15)) text = spliced(text, chance);
  const body = chance.is(0.1) ? damaged(Buffer.from(text), chance) : Buffer.from(text);
  const type = isEvent ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers: Record<string, string> = {
    'content-type': chance.is(0.05)
      ? chance.pick(['text/plain', '', 'application/json;x', 'multipart/form-data'])
      : type,
    ...signature(body, chance),
    ...(chance.is(0.02) ? { 'content-encoding': 'gzip' } : {}),
  };
  const method = chance.is(0.02) ? chance.pick(['GET', 'PUT', 'DELETE']) : 'POST';
  const path = chance.is(0.02) ? chance.pick(['/', '/slack/install', '/slack/events/x', '/%2e%2e/x']) : '/slack/events';
  return { method, path, headers, body };
}

function signature(body: Buffer, chance: Chance): Record<string, string> {
  const kind = chance.int(40);
  if (kind === 0) return {};
  const aside = kind === 1 ? chance.pick([-1_000, 1_000, 310, -310]) : 0;
  const timestamp =
    kind === 2 ? chance.pick(['', 'x', '1e3', '-1', '9'.repeat(12)]) : String(Math.floor(Date.now() / 1_000) + aside);
  const secret = kind === 3 ? 'another' : SIGNING_SECRET;
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': kind === 4 ? mac : `v0=${mac}` };
}

function formOf({ type }: Recorded, payload: Json): string {
  if (type === 'interactive') return new URLSearchParams({ payload: stringify(payload) }).toString();
  if (typeof payload !== 'object' || payload === null) return String(payload);
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}

/** @returns what the bot answered, in one word. */
export function fireHttp(port: number, { method, path, headers, body }: Shot): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      { port, host: '127.0.0.1', method, path, agent, headers: { ...headers, 'content-length': body.length } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(String(response.statusCode)));
        response.on('error', () => resolve('broken answer'));
      },
    );
    sent.setTimeout(10_000, () => sent.destroy(new Error('late')));
    // A connection that was kept may be closed by the other side in the moment in which it is used again.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.message === 'late' ? 'no answer' : `error ${error.code}`),
    );
    sent.end(body);
  });
}

/** A whole request as bytes, damaged. */
export function rawShot(from: Recorded, chance: Chance): Buffer {
  const { headers, body } = httpShot(from, chance);
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const whole = Buffer.concat([
    Buffer.from(['POST /slack/events HTTP/1.1', 'host: x', ...lines, '', ''].join('\r\n')),
    body,
  ]);
  const cut = damaged(whole, chance);
  // Without an end it would wait for more until its time is over.
  return Buffer.concat([cut, Buffer.from('\r\n\r\n')]);
}

export async function fireRaw(port: number, bytes: Buffer): Promise<string> {
  const status = await send(port, bytes, true);
  return status === undefined ? 'no answer to a broken request' : String(status);
}

export function closeHttp(): void {
  agent.destroy();
}
