/** What a failed call to Slack means: surely not done, and why, or unclear. */
import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

export type Trouble =
  /** Slack answered no, with its word for why. */
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'rate-limited'; readonly error: string; readonly afterMs: number }
  /** No byte of it reached Slack. */
  | { readonly kind: 'not-sent'; readonly error: string }
  | { readonly kind: 'unclear'; readonly error: string };

/** Slack says of these that some of the operation may have succeeded. */
const MAYBE_DONE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const TOO_FAST: Readonly<Record<string, number>> = {
  ratelimited: 10_000,
  rate_limited: 10_000,
  message_limit_exceeded: 60_000,
};
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export function troubleOf(error: unknown): Trouble {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate-limited', error: 'ratelimited', afterMs: Math.max(0, error.retryAfter) * 1_000 };
  }
  if (error instanceof WebAPIPlatformError) return platform(error);
  if (error instanceof WebAPIRequestError) return networkTrouble(error.original);
  const said = error instanceof Error ? error.message : String(error);
  // A 429 without a usable Retry-After has no class of its own.
  if (said.startsWith('Retry header did not contain')) {
    return { kind: 'rate-limited', error: 'ratelimited', afterMs: 10_000 };
  }
  return { kind: 'unclear', error: said.slice(0, 200) };
}

function platform({ data }: WebAPIPlatformError): Trouble {
  const { error } = data;
  // A body that is no JSON arrives here as its own text.
  if (!/^[a-z][a-z0-9_]{0,80}$/.test(error)) return { kind: 'unclear', error: 'unreadable_answer' };
  const pause = TOO_FAST[error];
  if (pause !== undefined) return { kind: 'rate-limited', error, afterMs: retryAfterMs(data) ?? pause };
  return { kind: MAYBE_DONE.has(error) ? 'unclear' : 'refused', error };
}

function retryAfterMs(data: WebAPIPlatformError['data']): number | undefined {
  const seconds: unknown = data.response_metadata?.retryAfter;
  return typeof seconds === 'number' ? seconds * 1_000 : undefined;
}

/** What a failed fetch means. */
export function networkTrouble(error: unknown): Trouble {
  const codes = causeCodes(error);
  const name = codes[0] ?? (error instanceof Error ? error.name : 'error');
  return {
    kind: codes.length > 0 && codes.every((code) => NOT_CONNECTED.has(code)) ? 'not-sent' : 'unclear',
    error: name,
  };
}

/** Node tries several addresses, and fails with all their errors together. */
function causeCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError) return error.errors.flatMap(causeCodes);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') {
    // The same code on a connection that was up says nothing of what went over it.
    return syscall === undefined || syscall === 'connect' || syscall === 'getaddrinfo'
      ? [code]
      : [`${syscall}:${code}`];
  }
  return causeCodes(error.cause);
}
