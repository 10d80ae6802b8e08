/** One signed call to one host: credentials, signature, time limit, and an outcome that never pretends to know more. */
import { performance } from 'node:perf_hooks';
import { stringify } from 'node:querystring';
import { clockAheadMs } from '../../application/doctor/clock-ahead.ts';
import type { CloudProblem } from '../../domain/cloud.ts';
import type { AccessKey } from './access-key.ts';
import { type Answer, readAnswer } from './answer.ts';
import { type CredentialSource, CredentialsUnavailable } from './credentials.ts';
import { createWire, type WireOutcome } from './exchange.ts';
import { present } from './fields.ts';
import { pathSegment, signRequest } from './sign.ts';

export interface CloudCall {
  readonly action: string;
  readonly version: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The path's segments, not encoded; none for `/`. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /**
   * `read`: may be repeated when the connection broke before an answer.
   * `write`: sent once, on a socket of its own, and never again unless the cloud refused the security token.
   */
  readonly effect: 'read' | 'write';
  /** The date to sign with, in milliseconds since the epoch; default: now. */
  readonly signedAt?: number;
}

export interface Transport {
  /** Never rejects, and is over within `timeoutMs`, repeats included. */
  call(call: CloudCall): Promise<Answer>;
  /** By how much the host's clock was ahead of this machine's at its last answer; undefined when it has not told. */
  clockAheadMs(): number | undefined;
  close(): Promise<void>;
}

interface TransportOptions {
  /** An http or https origin. */
  readonly endpoint: string;
  readonly credentials: CredentialSource;
  readonly newNonce: () => string;
  /** Milliseconds since the epoch, by the clock that signatures go by. */
  readonly now: () => number;
  readonly timeoutMs: number;
}

export function createTransport(options: TransportOptions): Transport {
  const { credentials, newNonce, now, timeoutMs } = options;
  const wire = createWire(options.endpoint, timeoutMs);
  let aheadMs: number | undefined;

  async function send(call: CloudCall, path: string, key: AccessKey, deadline: number): Promise<WireOutcome> {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const request = present({ ...call, host: wire.host, path, body });
    const headers = signRequest(request, key.reveal(), newNonce(), call.signedAt ?? now());
    const query = stringify(call.query);
    const sentAt = Date.now();
    const outcome = await wire.exchange({
      method: call.method,
      // The official client signs an apostrophe in a path as it is, and sends it encoded.
      path: (query === '' ? path : `${path}?${query}`).replaceAll("'", '%27'),
      headers,
      ...(body !== undefined && { body }),
      ownSocket: call.effect === 'write',
      deadline,
    });
    if (outcome.kind === 'answer') aheadMs = clockAheadMs(outcome.headers.date, sentAt, Date.now()) ?? aheadMs;
    return outcome;
  }

  async function attempt(call: CloudCall, path: string, key: AccessKey, deadline: number): Promise<Answer> {
    let outcome = await send(call, path, key, deadline);
    if (call.effect === 'read' && brokeBeforeAnswer(outcome)) outcome = await send(call, path, key, deadline);
    if (outcome.kind === 'broken') return broken(outcome);
    const { accessKeyId, accessKeySecret, securityToken } = key.reveal();
    return readAnswer(outcome, now(), [accessKeySecret, securityToken ?? '', accessKeyId]);
  }

  return {
    async call(call) {
      const deadline = performance.now() + timeoutMs;
      let path: string;
      try {
        path = `/${call.path.map(pathSegment).join('/')}`;
      } catch {
        return notSent('BadArgument', 'an id is empty or cannot be part of an address');
      }
      try {
        const key = await before(deadline, credentials.get());
        const answer = await attempt(call, path, key, deadline);
        if (answer.ok || !isTokenRefusal(answer.problem)) return answer;
        const fresh = await before(deadline, credentials.renew()).catch(() => key);
        // The refusal was definite, so even a create may go out again; with the same pair it would be refused again.
        return fresh.equals(key) ? answer : await attempt(call, path, fresh, deadline);
      } catch (error) {
        if (error instanceof CredentialsUnavailable) return notSent('NoCredentials', error.message);
        throw error;
      }
    },
    clockAheadMs: () => aheadMs,
    close: () => wire.close(),
  };
}

function isTokenRefusal(problem: CloudProblem): boolean {
  return problem.kind === 'answered' && /^InvalidSecurityToken\b/.test(problem.code);
}

/** A keep-alive socket that the server had already closed shows itself like this. */
function brokeBeforeAnswer(outcome: WireOutcome): boolean {
  return outcome.kind === 'broken' && outcome.code === 'ConnectionReset' && outcome.status === undefined;
}

function broken(outcome: Extract<WireOutcome, { kind: 'broken' }>): Answer {
  const kind = outcome.sent ? 'unclear' : 'not-sent';
  return { ok: false, problem: present({ kind, code: outcome.code, httpStatus: outcome.status }) };
}

function notSent(code: string, message: string): Answer {
  return { ok: false, problem: { kind: 'not-sent', code, message } };
}

/** Credentials may have to be fetched: that, too, is part of the call's time. */
async function before(deadline: number, key: Promise<AccessKey>): Promise<AccessKey> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const ms = Math.max(deadline - performance.now(), 0);
    timer = setTimeout(() => reject(new CredentialsUnavailable('the credentials took too long')), ms);
  });
  try {
    return await Promise.race([key, late]);
  } finally {
    clearTimeout(timer);
  }
}
