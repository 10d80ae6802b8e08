/** The admin port: is it alive, is it ready, what does it count - and, in a sandbox, what time is it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

export interface Readiness {
  readonly ok: boolean;
  /** Why not; without secrets. */
  readonly reasons: readonly string[];
}

export interface AdminServerOptions {
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  readonly ready: () => Promise<Readiness>;
  readonly metrics: { readonly contentType: string; render(): Promise<string> };
  /** Only in a sandbox: moves time, and says what time it is then. */
  readonly sandboxClock?: (advanceMs: number) => Promise<{ readonly now: number }>;
}

export interface AdminServer {
  readonly port: number;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: string | object;
  readonly type?: string;
}

const READY_WITHIN_MS = 2_000;
const LARGEST_BODY = 1_024;
const TEN_YEARS_MS = 10 * 365 * 86_400_000;
const Advance = z.strictObject({ advance_ms: z.int().min(0).max(TEN_YEARS_MS) });

/** @throws when the port is taken. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const server = createServer((request, response) => {
    answer(request, options)
      .catch((): Reply => ({ status: 500, body: { error: 'internal' } }))
      .then((reply) => send(response, request, reply))
      .catch(() => response.destroy());
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // A scraper keeps its connection; the answers under way are short.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
}

async function answer(request: IncomingMessage, options: AdminServerOptions): Promise<Reply> {
  const path = new URL(request.url ?? '/', 'http://admin').pathname;
  const { sandboxClock } = options;
  if (path === '/sandbox/clock' && sandboxClock) {
    return request.method === 'POST' ? moveClock(request, sandboxClock) : { status: 405, body: { error: 'POST only' } };
  }
  if (!['/healthz', '/readyz', '/metrics'].includes(path)) return { status: 404, body: { error: 'not found' } };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: { error: 'GET only' } };
  if (path === '/healthz') return { status: 200, body: { ok: true } };
  if (path === '/metrics')
    return { status: 200, body: await options.metrics.render(), type: options.metrics.contentType };
  const { ok, reasons } = await readiness(options.ready);
  return { status: ok ? 200 : 503, body: { ok, reasons } };
}

/** A probe must get an answer, above all when what it asks about hangs. */
async function readiness(ready: AdminServerOptions['ready']): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reasons: ['the check itself takes too long'] }), READY_WITHIN_MS);
  });
  try {
    return await Promise.race([ready(), late]);
  } catch {
    return { ok: false, reasons: ['the check itself failed'] };
  } finally {
    clearTimeout(timer);
  }
}

async function moveClock(
  request: IncomingMessage,
  advance: NonNullable<AdminServerOptions['sandboxClock']>,
): Promise<Reply> {
  const body = await readBody(request);
  const parsed = body === undefined ? undefined : Advance.safeParse(body);
  if (!parsed?.success) {
    return {
      status: 400,
      body: { error: 'expected {"advance_ms": n}, a whole number of milliseconds from 0 to ten years' },
    };
  }
  return { status: 200, body: await advance(parsed.data.advance_ms) };
}

/** `undefined` when it is too large or no JSON. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LARGEST_BODY) parts.push(part);
  }
  if (size > LARGEST_BODY) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, request: IncomingMessage, { status, body, type }: Reply): void {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': type ?? 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
