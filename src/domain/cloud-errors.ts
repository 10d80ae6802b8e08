/** The error catalogue: what each answer of the cloud means for a create, as data. */
import type { CloudProblem } from './cloud.ts';

/** Why a call brought no result, in the domain's words. Each has a sentence for people, in the messages. */
export type FailureReason =
  | 'instance-not-found'
  | 'instance-activating'
  | 'instance-busy'
  | 'service-not-found'
  | 'service-busy'
  | 'connection-not-found'
  | 'no-available-resource'
  | 'parameter-invalid'
  | 'token-reused'
  | 'previous-try-running'
  | 'access-denied'
  | 'product-not-activated'
  | 'access-key-invalid'
  | 'security-token-expired'
  | 'signature-wrong'
  | 'clock-skew'
  | 'no-credentials'
  | 'throttled'
  | 'cloud-unavailable'
  | 'cloud-unreachable'
  | 'call-window-over'
  | 'outcome-unclear'
  | 'refused-otherwise';

/**
 * What a problem means for the call that had it.
 * - `applied: 'no'`: it took no effect, for certain; the same call may be repeated `later` or `never`.
 * - `applied: 'maybe'`: only reading back tells. Found nothing: `resend` with the same token, or `give-up`.
 */
export type ProblemVerdict =
  | {
      readonly applied: 'no';
      readonly again: 'later';
      /** Milliseconds to wait at least, the cloud's own wish included. */
      readonly minDelayMs: number;
      readonly reason: FailureReason;
    }
  | { readonly applied: 'no'; readonly again: 'never'; readonly reason: FailureReason }
  | { readonly applied: 'maybe'; readonly after: 'resend' | 'give-up'; readonly reason: FailureReason };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const never = (reason: FailureReason): ProblemVerdict => ({ applied: 'no', again: 'never', reason });
const later = (reason: FailureReason, minDelayMs: number): ProblemVerdict => ({
  applied: 'no',
  again: 'later',
  minDelayMs,
  reason,
});
const maybe = (after: 'resend' | 'give-up', reason: FailureReason): ProblemVerdict => ({
  applied: 'maybe',
  after,
  reason,
});

/** The API's codes. An entry that ends in `*` stands for every code that begins like it; an exact one goes first. */
export const CODES: Readonly<Record<string, ProblemVerdict>> = {
  InstanceNotFound: never('instance-not-found'),
  InstanceActivating: later('instance-activating', 2 * MINUTE),
  InstanceStatusNotSupportCurrentAction: later('instance-busy', 30 * SECOND),
  ConcurrencyUpdateInstanceConflict: later('instance-busy', 30 * SECOND),
  InstanceDuplicateScheduledTask: later('instance-busy', 10 * SECOND),
  ConcurrentCallNotSupported: later('instance-busy', 5 * SECOND),

  EndpointServiceNotFound: never('service-not-found'),
  'OperationDenied.NoAvailableServiceResource': never('no-available-resource'),
  EndpointConnectionNotFound: later('connection-not-found', 5 * SECOND),
  EndpointConnectionOperationDenied: later('service-busy', 10 * SECOND),
  EndpointOperationDenied: later('service-busy', 10 * SECOND),
  EndpointLocked: later('service-busy', 10 * SECOND),
  'IncorrectStatus*': later('service-busy', 10 * SECOND),
  EndpointServiceLocked: later('service-busy', 10 * SECOND),
  EndpointServiceOperationDenied: later('service-busy', 10 * SECOND),
  'IncorrectStatus.*': later('service-busy', 10 * SECOND),

  'MissingParameter*': never('parameter-invalid'),
  'InvalidParameter*': never('parameter-invalid'),
  // The token has made something, or is taken for another endpoint: look at what it made, and never send it again.
  IdempotentFailed: maybe('give-up', 'token-reused'),
  IdempotentParameterMismatch: maybe('give-up', 'token-reused'),
  IdempotenceSignatureMismatch: maybe('give-up', 'token-reused'),
  TokenPreviousRequestProcessError: maybe('resend', 'previous-try-running'),
  IdempotenceProcessing: maybe('resend', 'previous-try-running'),

  Forbidden: never('access-denied'),
  'Forbidden.*': never('access-denied'),
  'NoPermission*': never('access-denied'),
  UserNotOpen: never('product-not-activated'),
  NeedOpenProduct: never('product-not-activated'),
  'InvalidAccessKeyId.*': never('access-key-invalid'),
  'InvalidSecurityToken*': never('security-token-expired'),
  SignatureDoesNotMatch: never('signature-wrong'),
  // The nonce of the next try is a new one anyway.
  SignatureNonceUsed: later('cloud-unavailable', SECOND),
  'InvalidTimeStamp.*': never('clock-skew'),

  'Throttling*': later('throttled', 2 * SECOND),
  InternalError: maybe('resend', 'cloud-unavailable'),
  SystemBusy: maybe('resend', 'cloud-unavailable'),
  InternalServerError: maybe('resend', 'cloud-unavailable'),
};

/** The codes of our own for calls of which no byte was sent; all others of that kind are `cloud-unreachable`. */
const NOT_SENT_CODES: Readonly<Record<string, ProblemVerdict>> = {
  NoCredentials: later('no-credentials', 30 * SECOND),
  CallWindowOver: later('call-window-over', 0),
  // An id or a token that can't be sent will be the same next time.
  BadArgument: never('parameter-invalid'),
};

const PREFIXES = Object.entries(CODES)
  .filter(([code]) => code.endsWith('*'))
  .map(([code, verdict]) => [code.slice(0, -1), verdict] as const);

export function judgeProblem(problem: CloudProblem): ProblemVerdict {
  const verdict = judgeKind(problem);
  if (verdict.applied !== 'no' || verdict.again !== 'later') return verdict;
  return { ...verdict, minDelayMs: Math.max(verdict.minDelayMs, problem.retryAfterMs ?? 0) };
}

function judgeKind(problem: CloudProblem): ProblemVerdict {
  switch (problem.kind) {
    case 'not-sent':
      return own(NOT_SENT_CODES, problem.code) ?? later('cloud-unreachable', SECOND);
    case 'unclear':
      return maybe('resend', 'outcome-unclear');
    case 'answered':
      return judgeCode(problem.code, problem.httpStatus);
  }
}

function judgeCode(code: string, httpStatus: number | undefined): ProblemVerdict {
  // Only the gateway's 503 says that the request went no further; from anything behind it the word means less.
  if (code === 'ServiceUnavailable' && httpStatus === 503) return later('cloud-unavailable', 2 * SECOND);
  const known = own(CODES, code) ?? PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (known) return known;
  const failedInside = httpStatus !== undefined && httpStatus >= 500;
  return failedInside || code === 'ServiceUnavailable'
    ? maybe('resend', 'cloud-unavailable')
    : never('refused-otherwise');
}

function own(table: Readonly<Record<string, ProblemVerdict>>, code: string): ProblemVerdict | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
