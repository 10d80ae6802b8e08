/** The door for Slack's requests: lets in what Slack signed and what makes sense, and answers every one of them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver } from '@slack/bolt';
import type { Log } from '../../application/ports/log.ts';
import type { Acks } from './acks.ts';
import { boltLogger } from './bolt-logger.ts';
import type { InFlight } from './in-flight.ts';
import { judgeBody } from './payloads/body.ts';
import { readBody } from './read-body.ts';
import { isFromSlack } from './signature.ts';

const PATH = '/slack/events';
const MAX_BYTES = 1024 * 1024;
/** Slack hangs up at 3 s. */
const ACK_MS = 2_900;
const DRAIN_MS = 12_000;
const LONGEST_LOGGED = 200;

/** Bolt's part of it. Its own checks are off: nothing reaches it but through {@link startSlackHttp}. */
export function createHttpReceiver(log: Log, ackMs = ACK_MS): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret: '',
    signatureVerification: false,
    endpoints: [PATH],
    logger: boltLogger(log),
    unhandledRequestTimeoutMillis: ackMs,
    unhandledRequestHandler: ({ response }) => {
      log.error({}, 'a request from Slack was not acknowledged in time');
      answer(response, 503);
    },
    // The error itself was logged by the app; here it only must not leave Slack waiting.
    processEventErrorHandler: ({ response }) => {
      answer(response, 500);
      return Promise.resolve(true);
    },
    dispatchErrorHandler: ({ response }) => answer(response, 500),
  });
}

export interface SlackHttpOptions {
  /** 0 picks one. */
  readonly port: number;
  /** Default: all interfaces. */
  readonly host?: string;
  readonly signingSecret: string;
  /** The one that the app was built with. */
  readonly receiver: Pick<HTTPReceiver, 'requestListener'>;
  /** Shared with the app: listeners may work on after the answer. */
  readonly inFlight: InFlight;
  readonly log: Log;
  /** Milliseconds since the epoch, never moved; default Date.now. */
  readonly wall?: () => number;
  readonly acks?: Acks;
  /** How long `stop` waits for what is in flight. */
  readonly drainMs?: number;
}

export interface SlackHttp {
  readonly port: number;
  /** Takes no new requests and lets those in flight, listeners included, finish. */
  stop(): Promise<void>;
}

export async function startSlackHttp(options: SlackHttpOptions): Promise<SlackHttp> {
  const { port, host, inFlight, log, drainMs = DRAIN_MS } = options;
  let stopping = false;
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    response.once('close', inFlight.enter());
    // A kept connection would go on bringing requests to a server that is stopping.
    if (stopping) response.shouldKeepAlive = false;
    serve(request, response, options).catch((error: unknown) => {
      log.error({ error }, 'a request from Slack failed');
      answer(response, 500);
    });
  });
  // What is not even HTTP, or takes too long about it.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    log.warn({ code: error.code }, 'refused what is not a request');
    if (socket.writable) socket.end(`HTTP/1.1 ${statusOf(error)}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if (!(await inFlight.drained(drainMs))) log.warn({ drainMs }, 'stopped although listeners were still running');
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: SlackHttpOptions): Promise<void> {
  const { receiver, signingSecret, log, wall = Date.now, acks } = options;
  const arrivedAt = performance.now();
  const { headers } = request;
  const refuse = (status: number, why: string): void => {
    log.warn(
      { status, method: request.method, url: request.url?.slice(0, LONGEST_LOGGED) },
      `refused a request: ${why}`,
    );
    turnOff(request, response, status);
  };
  if ((request.url ?? '').split('?', 1)[0] !== PATH) return refuse(404, 'Slack sends nothing there');
  if (request.method !== 'POST') return refuse(405, 'Slack only posts');
  // Signed or not: what it unfolds to has no bound.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return refuse(415, 'Slack does not compress');
  const body = await readBody(request, MAX_BYTES);
  if (body === 'too-large') return refuse(413, `more than ${MAX_BYTES} bytes`);
  if (body === 'aborted') {
    log.warn({ announced: headers['content-length'] }, 'a request ended before its body did');
    return;
  }

  const signed = { signature: headers['x-slack-signature'], timestamp: headers['x-slack-request-timestamp'], body };
  if (!isFromSlack(signed, signingSecret, wall())) {
    log.warn({ bytes: body.length }, 'refused a request that Slack did not sign, or not within 5 minutes of now');
    return answer(response, 401);
  }
  const text = utf8(body);
  const judged = text === undefined ? ({ kind: 'malformed' } as const) : judgeBody(headers['content-type'] ?? '', text);
  switch (judged.kind) {
    case 'malformed':
      log.warn({ bytes: body.length }, 'a signed request from Slack makes no sense');
      return answer(response, 400);
    case 'nothing':
      return answer(response, 200);
    case 'challenge':
      return answer(response, 200, { challenge: judged.challenge });
    case 'deliver': {
      const over = acks?.arrived(arrivedAt);
      response.once('finish', () => over?.('acknowledged'));
      response.once('close', () => over?.('gone'));
      // Exactly what was judged, whatever it came as: Bolt's own reading of a form may differ from ours.
      headers['content-type'] = 'application/json';
      receiver.requestListener(Object.assign(request, { rawBody: Buffer.from(judged.json) }), response);
      return;
    }
  }
}

/** Nothing of the body was read, or not all: the rest is thrown away for a moment, then the connection goes. */
function turnOff(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.shouldKeepAlive = false;
  answer(response, status);
  request.resume();
  setTimeout(() => request.destroy(), 1_000).unref();
}

function answer(response: ServerResponse, status: number, json?: unknown): void {
  if (response.headersSent) {
    if (!response.writableEnded) response.destroy();
    return;
  }
  response.writeHead(status, json === undefined ? {} : { 'content-type': 'application/json' });
  response.end(json === undefined ? '' : JSON.stringify(json));
}

function statusOf({ code }: NodeJS.ErrnoException): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}

function utf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
