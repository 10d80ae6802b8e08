/** The local Alibaba Cloud: one HTTP server that speaks Elasticsearch and PrivateLink as the real hosts do. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerElasticsearch, elasticsearchAction } from './elasticsearch.ts';
import { type FaultKind, Faults, sendFault, withWait } from './faults.ts';
import { answerPrivatelink } from './privatelink.ts';
import { type Context, type LocalRequest, type Reply, refuse, writeBody } from './reply.ts';
import { SAMPLE_ACCESS_KEY, sampleCloud } from './sample-cloud.ts';
import { type AccessKeys, SignatureCheck } from './signature.ts';
import type { LocalCloudState } from './state.ts';

/** One call as it came in, and how it ended. */
export interface LocalCall {
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number;
  /** `x-acs-action`. */
  readonly action: string;
  /** The client's port: the same for calls on the same connection. */
  readonly port: number | undefined;
  /** Whether another call came over the same connection before. */
  readonly onUsedConnection: boolean;
  readonly method: string;
  /** As it stood in the request line, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly clientToken: string | undefined;
  readonly dryRun: boolean;
  /** The HTTP status that was sent; undefined while there is none, or when there never will be. */
  status: number | undefined;
  /** `pending`, `ok`, the code of the refusal, or `fault:` and its type. */
  outcome: string;
  /** The endpoint that this very call made, even if its answer was lost. */
  made: string | undefined;
  /** The body of the answer that would have come, had no fault taken its place; empty while there is none. */
  answer: string;
}

export interface LocalCloud {
  readonly url: string;
  readonly state: LocalCloudState;
  readonly calls: LocalCall[];
  readonly faults: Faults;
  /** May be changed while the server runs. */
  readonly accessKeys: AccessKeys;
  /** Ends what hangs, too. */
  stop(): Promise<void>;
}

export interface LocalCloudOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default: {@link sampleCloud}. */
  readonly state?: LocalCloudState;
  /** Default: {@link SAMPLE_ACCESS_KEY}. */
  readonly accessKeys?: AccessKeys;
  /** Milliseconds since the epoch; default Date.now. */
  readonly now?: () => number;
}

export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const { port = 0, now = Date.now } = options;
  const state = options.state ?? sampleCloud();
  const accessKeys = options.accessKeys ?? { [SAMPLE_ACCESS_KEY.id]: SAMPLE_ACCESS_KEY.secret };
  const calls: LocalCall[] = [];
  const faults = new Faults();
  const signatures = new SignatureCheck(accessKeys);
  const timers = new Set<NodeJS.Timeout>();
  const used = new WeakSet<Socket>();

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const context = { requestId: randomUUID().toUpperCase(), now: now() };
    const call = record(request, body, context.now, used.has(request.socket));
    used.add(request.socket);
    calls.push(call);
    // The header says what the cloud's clock says, not what this machine's does.
    response.sendDate = false;
    if (state.switches.dateHeader) response.setHeader('date', new Date(context.now).toUTCString());

    if (await spoilt('before', call, response, context.requestId)) return;
    const reply = answer(request, body, call, context);
    call.made = reply.made;
    call.answer = writeBody(reply.body);
    if (await spoilt('after', call, response, context.requestId)) return;
    const status = reply.code === undefined ? reply.status : (state.switches.refusalStatus ?? reply.status);
    call.status = status;
    call.outcome = reply.code ?? 'ok';
    const headers = { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': context.requestId };
    response.writeHead(status, headers).end(call.answer);
  }

  /** Whether a fault has taken the place of the answer; a mere delay has not. */
  async function spoilt(
    when: 'before' | 'after',
    call: LocalCall,
    response: ServerResponse,
    requestId: string,
  ): Promise<boolean> {
    const kind: FaultKind | undefined = faults.take(when, call);
    if (kind?.type === 'delay') await new Promise<void>((resolve) => later(kind.ms, resolve));
    if (!kind || kind.type === 'delay') return false;
    call.outcome = `fault:${kind.type}`;
    call.status = sendFault(withWait(kind, state.switches.retryAfter), response, requestId, later);
    return true;
  }

  function answer(request: IncomingMessage, body: Buffer, call: LocalCall, context: Context): Reply {
    const headers = call.headers;
    const { method = '', url: target = '' } = request;
    const refusal = signatures.refusal({ method, target, headers, body }, context.now);
    if (refusal) return refuse(context, refusal.status, refusal.code, refusal.message);

    const local = localRequest(call);
    if (!local) return refuse(context, 404, 'InvalidAction.NotFound', 'Specified api is not found.');
    const rpc = local.path.length === 0;
    if (headers['x-acs-version'] !== (rpc ? '2020-04-15' : '2017-06-13')) {
      return refuse(context, 404, 'InvalidVersion', 'Specified parameter Version is not valid.');
    }
    const { denied, deniedCode, deniedNamesAction } = state.switches;
    if (denied.has(local.action)) {
      const action = `${rpc ? 'privatelink' : 'elasticsearch'}:${local.action}`;
      const detail = { AccessDeniedDetail: { AuthAction: action, NoPermissionType: 'ImplicitDeny' } };
      const message = 'You are not authorized to do this.';
      return refuse(context, 403, deniedCode, message, deniedNamesAction ? detail : {});
    }
    return rpc ? answerPrivatelink(state, local, context) : answerElasticsearch(state, local, context);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    calls,
    faults,
    accessKeys,
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function record(request: IncomingMessage, body: Buffer, at: number, onUsedConnection: boolean): LocalCall {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    at,
    action: headers['x-acs-action'] ?? '',
    port: request.socket.remotePort,
    onUsedConnection,
    method: request.method ?? '',
    path,
    query: parameters,
    headers,
    body: body.toString('utf8'),
    clientToken: parameters.ClientToken,
    dryRun: (parameters.dryRun ?? parameters.DryRun) === 'true',
    status: undefined,
    outcome: 'pending',
    made: undefined,
    answer: '',
  };
}

/** Undefined when path and method are no operation, or another one than x-acs-action names. */
function localRequest({ method, path, action, query, body }: LocalCall): LocalRequest | undefined {
  let segments: string[];
  try {
    segments = path === '/' ? [] : path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const known = segments.length === 0 ? method === 'POST' : elasticsearchAction(method, segments) === action;
  return known ? { action, method, path: segments, query, body: jsonObject(body) } : undefined;
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
