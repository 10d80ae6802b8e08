/** The HTTP face of the local Slack: `/api/<method>` and the response URLs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Faults } from './faults.ts';
import { METHODS } from './methods/all.ts';
import type { MethodContext } from './methods/method.ts';
import { isRefusal } from './methods/method.ts';
import type { Json } from './model.ts';
import { asJson } from './model.ts';
import type { ApiRequest } from './read-args.ts';
import { readApiRequest, readBody } from './read-args.ts';
import { respond } from './respond.ts';
import type { ResponseUrls } from './tickets.ts';

export type WebApiOptions = {
  context: MethodContext;
  faults: Faults;
  responseUrls: ResponseUrls;
  /** Asked at each call, so a test can revoke the token or take a scope away while the bot runs. */
  access: () => Access;
};

export type Access = { botToken: string; scopes: readonly string[] | undefined; appToken?: string | undefined };

type Reply = { status: number; body: Json; headers?: Record<string, string> };

export async function handleHttp(
  request: IncomingMessage,
  response: ServerResponse,
  options: WebApiOptions,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  const responseId = /^\/response\/(\w+)$/.exec(url.pathname)?.[1];
  if (method !== undefined) {
    const sent = await readApiRequest(request, url);
    await answer(method, sent.args, response, options, () => callMethod(method, sent, options));
  } else if (responseId !== undefined) {
    const body = readJson(await readBody(request));
    await answer('response_url', body ?? {}, response, options, () => useResponseUrl(responseId, body, options));
  } else {
    send(response, { status: 404, body: { ok: false, error: 'not_found' } });
  }
}

/** Runs a call through the faults that wait for it, and notes it. */
async function answer(
  method: string,
  args: Json,
  response: ServerResponse,
  { context, faults }: WebApiOptions,
  run: () => Reply,
): Promise<void> {
  const { workspace, log } = context;
  const started = performance.now();
  const at = workspace.now();
  const fault = faults.take(method, args);
  const note = (status: number, body: Json): void => {
    const struck = fault === undefined ? {} : { fault: `${fault.spec.kind} ${fault.when}` };
    log.call({ at, method, args, status, answer: body, ms: Math.round(performance.now() - started), ...struck });
  };
  let reply: Reply | undefined;
  if (fault === undefined || fault.when === 'after') reply = run();
  if (fault !== undefined) {
    const spoilt = spoil(fault);
    if (spoilt === 'reset') {
      note(0, {});
      response.destroy();
      return;
    }
    if (spoilt === 'hang') {
      const released = fault.hold();
      workspace.changed();
      await released;
      reply ??= run();
    } else {
      reply = spoilt;
    }
  }
  reply ??= run();
  note(reply.status, reply.body);
  send(response, reply);
}

function spoil(fault: Fault): Reply | 'hang' | 'reset' {
  const { spec } = fault;
  switch (spec.kind) {
    case 'hang':
    case 'reset':
      return spec.kind;
    case 'rate_limited':
      return {
        status: 429,
        body: { ok: false, error: 'ratelimited' },
        headers: { 'retry-after': String(spec.retryAfterS ?? 1) },
      };
    case 'server_error':
      return { status: spec.status ?? 500, body: { ok: false, error: 'internal_error' } };
    case 'error':
      return { status: 200, body: { ok: false, error: spec.error } };
  }
}

function callMethod(name: string, { token, args, malformed }: ApiRequest, options: WebApiOptions): Reply {
  const { context } = options;
  const { botToken, scopes, appToken } = options.access();
  const method = METHODS.get(name);
  const no = (error: string, more: Json = {}): Reply => ({ status: 200, body: { ok: false, error, ...more } });
  if (!method) {
    context.log.unknownMethods.push(name);
    return no('unknown_method', { req_method: name });
  }
  if (token === '') return no('not_authed');
  if (token !== botToken && token !== appToken) return no('invalid_auth');
  if ((method.token === 'app') !== (token === appToken)) return no('not_allowed_token_type');
  if (malformed) return no('invalid_json');
  const headers = {
    'x-oauth-scopes': (scopes ?? [...new Set([...METHODS.values()].flatMap((one) => one.scopes))]).join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  };
  if (scopes && method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
    const missing = { needed: method.scopes.join(','), provided: scopes.join(',') };
    return { ...no('missing_scope', missing), headers };
  }
  const result = method.run(args, context);
  return { status: 200, body: isRefusal(result) ? { ok: false, ...result } : { ok: true, ...result }, headers };
}

function useResponseUrl(id: string, body: Json | undefined, { context, responseUrls }: WebApiOptions): Reply {
  if (body === undefined) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
  const taken = responseUrls.take(id);
  if ('error' in taken) return { status: 404, body: { ok: false, error: taken.error } };
  const refused = respond(body, taken.origin, context);
  return refused ? { status: 400, body: { ok: false, ...refused } } : { status: 200, body: { ok: true } };
}

function readJson(body: string): Json | undefined {
  try {
    return asJson(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  // The caller may have hung up while the call hung.
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
