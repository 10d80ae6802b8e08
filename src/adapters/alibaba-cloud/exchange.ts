/** Sends one HTTP request and takes in the whole answer, in bounded time and space; knows whether a byte left. */
import { performance } from 'node:perf_hooks';
import { Client, type Dispatcher, Pool } from 'undici';

interface WireRequest {
  readonly method: Dispatcher.HttpMethod;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** On a socket of its own: one that idled may be closed by the server while the request is on its way. */
  readonly ownSocket: boolean;
  /** By performance.now(): connecting, headers and body must be over by then. */
  readonly deadline: number;
}

export type WireOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | {
      readonly kind: 'broken';
      /** Whether the request had begun to be written; if not, the server knows nothing of it. */
      readonly sent: boolean;
      readonly code: BreakCode;
      /** Set when the headers had arrived. */
      readonly status?: number;
    };

type BreakCode =
  | 'Timeout'
  | 'ConnectTimeout'
  | 'ConnectionRefused'
  | 'ConnectionReset'
  | 'ConnectionFailed'
  | 'HostNotFound'
  | 'UnreadableBody';

interface Wire {
  readonly host: string;
  /** Never rejects. */
  exchange(request: WireRequest): Promise<WireOutcome>;
  /** Breaks off what is in flight. */
  close(): Promise<void>;
}

const LONGEST_BODY = 4 * 1024 * 1024;
/** A host that takes longer than this is given up while it is still certain that nothing was sent. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * @param endpoint an http or https origin, such as `https://elasticsearch.cn-hangzhou.aliyuncs.com`.
 * @param timeoutMs bounds the time to connect; each request brings its own deadline besides.
 */
export function createWire(endpoint: string, timeoutMs: number): Wire {
  const { origin, host } = new URL(endpoint);
  const options: Client.Options = {
    pipelining: 1,
    allowH2: false,
    // The deadline of the request is the one timer: these two would only cut it short.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
  };
  const pool = new Pool(origin, { ...options, connections: 16 });
  const own = new Set<Client>();

  return {
    host,
    async exchange(request) {
      if (!request.ownSocket) return exchangeOn(pool, request);
      const client = new Client(origin, options);
      own.add(client);
      try {
        return await exchangeOn(client, request);
      } finally {
        own.delete(client);
        void client.destroy();
      }
    },
    async close() {
      await Promise.all([pool.destroy(), ...[...own].map((client) => client.destroy())]);
    },
  };
}

function exchangeOn(dispatcher: Dispatcher, request: WireRequest): Promise<WireOutcome> {
  return new Promise((resolve) => {
    let sent = false;
    let over = false;
    let status: number | undefined;
    let headers: Record<string, string> = {};
    let size = 0;
    const chunks: Buffer[] = [];
    let controller: Dispatcher.DispatchController | undefined;

    const finish = (outcome: WireOutcome): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      resolve(outcome);
    };
    const breakOff = (code: BreakCode): void => {
      finish({ kind: 'broken', sent, code, ...(status !== undefined && { status }) });
      controller?.abort(new Error(code));
    };
    const timer = setTimeout(() => breakOff('Timeout'), Math.max(request.deadline - performance.now(), 0));

    try {
      dispatcher.dispatch(
        { method: request.method, path: request.path, headers: { ...request.headers }, body: request.body ?? null },
        {
          // Called right before the first byte is written; a request that was given up in the queue stops here.
          onRequestStart(started) {
            controller = started;
            // A process that slept may come here before its own timer does.
            if (over || performance.now() > request.deadline) started.abort(new Error('given up before it was sent'));
            else sent = true;
          },
          onResponseStart(_controller, statusCode, received) {
            if (statusCode < 200) return;
            status = statusCode;
            headers = single(received);
          },
          onResponseData(_controller, chunk) {
            size += chunk.length;
            if (size > LONGEST_BODY) breakOff('UnreadableBody');
            else chunks.push(chunk);
          },
          onResponseEnd() {
            if (status === undefined) breakOff('ConnectionReset');
            else finish({ kind: 'answer', status, headers, text: Buffer.concat(chunks).toString('utf8') });
          },
          onResponseError(_controller, error) {
            breakOff(status === undefined ? breakCode(error, sent) : 'UnreadableBody');
          },
        },
      );
    } catch (error) {
      breakOff(breakCode(error, sent));
    }
  });
}

function breakCode(error: unknown, sent: boolean): BreakCode {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // HPE_…: what came back was not HTTP.
  if (sent) return code.startsWith('HPE_') ? 'UnreadableBody' : 'ConnectionReset';
  switch (code) {
    case 'ECONNREFUSED':
      return 'ConnectionRefused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HostNotFound';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'ConnectTimeout';
    default:
      return 'ConnectionFailed';
  }
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? (value[0] ?? '') : (value ?? ''),
  ]);
  return Object.fromEntries(entries);
}
