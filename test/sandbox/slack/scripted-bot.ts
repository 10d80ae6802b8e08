/** A bot without Bolt: an HTTP server that keeps what it is sent and answers what the test tells it to. */

import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../sandbox/slack/model.ts';
import { asJson } from '../../../sandbox/slack/model.ts';
import { readBody } from '../../../sandbox/slack/read-args.ts';

export type Received = { raw: string; headers: IncomingHttpHeaders; payload: Json };
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'never';

export type ScriptedBot = {
  url: string;
  received: Received[];
  last: () => Json;
  /** Decides each answer; an empty 200 unless told otherwise. */
  answer: (decide: (payload: Json) => Answer | Promise<Answer>) => void;
  stop: () => Promise<void>;
};

export async function startScriptedBot(): Promise<ScriptedBot> {
  const received: Received[] = [];
  let decide: (payload: Json) => Answer | Promise<Answer> = () => ({});
  const server = createServer((request, response) => {
    void readBody(request).then(async (raw) => {
      const payload = payloadOf(raw, request.headers['content-type'] ?? '');
      received.push({ raw, headers: request.headers, payload });
      reply(response, await decide(payload));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    received,
    last: () => received.at(-1)?.payload ?? {},
    answer: (next) => {
      decide = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function payloadOf(raw: string, contentType: string): Json {
  if (contentType === 'application/json') return asJson(JSON.parse(raw));
  const form = new URLSearchParams(raw);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : asJson(JSON.parse(payload));
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'never') return;
  const { status = 200, body, headers } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
}
