/** The HTTP face of the local Slack: `/api/<method>` and the response URLs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Faults } from './faults.ts';
import { METHODS } from './methods/all.ts';
import type { Method, MethodContext } from './methods/method.ts';
import { isRefusal } from './methods/method.ts';
import type { Json } from './model.ts';
import { asJson, asText } from './model.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ApiRequest } from './read-args.ts';
import { readApiRequest, readBody } from './read-args.ts';
import { respond } from './respond.ts';
import type { SlackSwitches } from './switches.ts';
import type { ResponseUrls } from './tickets.ts';
import type { Workspace } from './workspace.ts';
import { dmIdOf } from './workspace.ts';

export type WebApiOptions = {
  context: MethodContext;
  faults: Faults;
  responseUrls: ResponseUrls;
  limits: RateLimits;
  /** Asked at each call, so a test can revoke the token or take a scope away while the bot runs. */
  access: () => Access;
};

export type Access = { botToken: string; scopes: readonly string[] | undefined; appToken?: string | undefined };

/** What an app has whose scopes nobody limits. */
const EVERY_SCOPE = [...new Set(['commands', ...[...METHODS.values()].flatMap(({ scopes }) => scopes)])];

type Reply = { status: number; body: Json | undefined; headers?: Record<string, string> };

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
    const spoilt = spoil(fault, workspace.switches);
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
  note(reply.status, reply.body ?? {});
  send(response, reply);
}

function spoil(fault: Fault, switches: SlackSwitches): Reply | 'hang' | 'reset' {
  const { spec } = fault;
  switch (spec.kind) {
    case 'hang':
    case 'reset':
      return spec.kind;
    case 'rate_limited':
      return tooMany(spec.retryAfterS ?? 1, switches);
    case 'server_error':
      return { status: spec.status ?? 500, body: { ok: false, error: 'internal_error' } };
    case 'error':
      return { status: 200, body: { ok: false, error: spec.error } };
  }
}

function tooMany(retryAfterS: number, { rateLimitedBody }: SlackSwitches): Reply {
  const body = rateLimitedBody === 'json' ? { ok: false, error: 'ratelimited' } : undefined;
  return { status: 429, body, headers: { 'retry-after': String(retryAfterS) } };
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
    'x-oauth-scopes': (scopes ?? EVERY_SCOPE).join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  };
  const wait = options.limits.take(name, method.tier, channelIn(args, context.workspace));
  if (wait !== undefined) return tooMany(wait, context.workspace.switches);
  const needed = scopes === undefined ? [] : missingScopes(method, args, context, scopes);
  if (scopes !== undefined && needed.length > 0) {
    return { ...no('missing_scope', { needed: needed.join(','), provided: scopes.join(',') }), headers };
  }
  const result = method.run(args, context);
  return { status: 200, body: isRefusal(result) ? { ok: false, ...result } : { ok: true, ...result }, headers };
}

/** The channel a call is about, by whatever name it was called. */
function channelIn({ channel }: Json, workspace: Workspace): string {
  const named = asText(channel);
  return workspace.users.has(named) ? dmIdOf(named) : (workspace.findChannel(named)?.id ?? named);
}

function missingScopes(
  method: Method,
  args: Json,
  context: MethodContext,
  scopes: readonly string[],
): readonly string[] {
  const { scopes: any, needs } = method;
  if (any.length > 0 && !any.some((scope) => scopes.includes(scope))) return any;
  return (needs?.(args, context) ?? []).filter((scope) => !scopes.includes(scope));
}

function useResponseUrl(id: string, body: Json | undefined, { context, responseUrls }: WebApiOptions): Reply {
  if (body === undefined) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
  const taken = responseUrls.take(id);
  if ('error' in taken) {
    const status = context.workspace.switches.spentResponseUrl === 'http_404' ? 404 : 200;
    return { status, body: { ok: false, error: taken.error } };
  }
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
  response.end(body === undefined ? '' : JSON.stringify(body));
}
