/** The error catalogue, row by row. */
import { describe, expect, it } from 'vitest';
import type { CloudProblem } from '../../src/domain/cloud.ts';
import { CODES, judgeProblem, type ProblemVerdict } from '../../src/domain/cloud-errors.ts';

const never = (reason: string) => ({ applied: 'no', again: 'never', reason });
const later = (minDelayMs: number, reason: string) => ({ applied: 'no', again: 'later', minDelayMs, reason });
const maybe = (after: string, reason: string) => ({ applied: 'maybe', after, reason });

const ANSWERED: readonly [code: string, httpStatus: number | undefined, verdict: object][] = [
  ['InstanceNotFound', 400, never('instance-not-found')],
  ['InstanceNotFound', 404, never('instance-not-found')],
  ['InstanceActivating', 400, later(120_000, 'instance-activating')],
  ['InstanceStatusNotSupportCurrentAction', 400, later(30_000, 'instance-busy')],
  ['ConcurrencyUpdateInstanceConflict', 409, later(30_000, 'instance-busy')],
  ['InstanceDuplicateScheduledTask', 400, later(10_000, 'instance-busy')],
  ['ConcurrentCallNotSupported', 400, later(5_000, 'instance-busy')],
  ['TokenPreviousRequestProcessError', 400, maybe('resend', 'previous-try-running')],
  ['ServiceUnavailable', 503, later(2_000, 'cloud-unavailable')],
  ['ServiceUnavailable', 500, maybe('resend', 'cloud-unavailable')],
  ['ServiceUnavailable', 400, maybe('resend', 'cloud-unavailable')],
  ['InternalError', 500, maybe('resend', 'cloud-unavailable')],
  ['InternalServerError', 500, maybe('resend', 'cloud-unavailable')],
  ['InternalError', 200, maybe('resend', 'cloud-unavailable')],
  ['Throttling', 400, later(2_000, 'throttled')],
  ['Throttling.User', 429, later(2_000, 'throttled')],
  ['Throttling.Api', 503, later(2_000, 'throttled')],
  ['SignatureNonceUsed', 400, later(1_000, 'cloud-unavailable')],
  ['SignatureDoesNotMatch', 403, never('signature-wrong')],
  ['InvalidTimeStamp.Expired', 400, never('clock-skew')],
  ['InvalidAccessKeyId.NotFound', 404, never('access-key-invalid')],
  ['InvalidSecurityToken.Expired', 403, never('security-token-expired')],
  ['InvalidSecurityToken.Malformed', 400, never('security-token-expired')],
  ['IdempotentParameterMismatch', 400, maybe('give-up', 'token-reused')],
  ['IdempotentFailed', 400, maybe('give-up', 'token-reused')],
  ['Forbidden', 403, never('access-denied')],
  ['Forbidden.RAM', 403, never('access-denied')],
  ['NoPermission', 403, never('access-denied')],
  ['UserNotOpen', 401, never('product-not-activated')],
  ['NeedOpenProduct', 400, never('product-not-activated')],
  ['MissingParameter', 400, never('parameter-invalid')],
  ['InvalidParameter', 400, never('parameter-invalid')],
  ['InvalidParameter.ZoneId', 400, never('parameter-invalid')],
  ['InvalidParameterValue', 400, never('parameter-invalid')],
  ['EndpointServiceNotFound', 400, never('service-not-found')],
  ['OperationDenied.NoAvailableServiceResource', 400, never('no-available-resource')],
  ['EndpointConnectionNotFound', 400, later(5_000, 'connection-not-found')],
  ['EndpointConnectionOperationDenied', 400, later(10_000, 'service-busy')],
  ['EndpointOperationDenied', 400, later(10_000, 'service-busy')],
  ['EndpointServiceLocked', 400, later(10_000, 'service-busy')],
  ['EndpointServiceOperationDenied', 400, later(10_000, 'service-busy')],
  ['EndpointLocked', 400, later(10_000, 'service-busy')],
  ['IncorrectStatus.VpcEndpointConnection', 400, later(10_000, 'service-busy')],
  ['IdempotenceSignatureMismatch', 400, maybe('give-up', 'token-reused')],
  ['IdempotenceProcessing', 400, maybe('resend', 'previous-try-running')],
  ['SystemBusy', 400, maybe('resend', 'cloud-unavailable')],
  ['SomethingNew', 400, never('refused-otherwise')],
  ['SomethingNew', 200, never('refused-otherwise')],
  ['SomethingNew', undefined, never('refused-otherwise')],
  ['SomethingNew', 500, maybe('resend', 'cloud-unavailable')],
  ['SomethingNew', 504, maybe('resend', 'cloud-unavailable')],
  ['constructor', 400, never('refused-otherwise')],
];

const UNANSWERED: readonly [kind: CloudProblem['kind'], code: string, verdict: object][] = [
  ['not-sent', 'ConnectionRefused', later(1_000, 'cloud-unreachable')],
  ['not-sent', 'HostNotFound', later(1_000, 'cloud-unreachable')],
  ['not-sent', 'ConnectTimeout', later(1_000, 'cloud-unreachable')],
  ['not-sent', 'NoCredentials', later(30_000, 'no-credentials')],
  ['not-sent', 'CallWindowOver', later(0, 'call-window-over')],
  ['not-sent', 'BadArgument', never('parameter-invalid')],
  ['unclear', 'Timeout', maybe('resend', 'outcome-unclear')],
  ['unclear', 'ConnectionReset', maybe('resend', 'outcome-unclear')],
  ['unclear', 'UnreadableBody', maybe('resend', 'outcome-unclear')],
  ['unclear', 'Redirect', maybe('resend', 'outcome-unclear')],
  ['unclear', 'HttpStatus', maybe('resend', 'outcome-unclear')],
  // A word that would mean something as the API's own code means nothing when the outcome is unclear.
  ['unclear', 'InstanceNotFound', maybe('resend', 'outcome-unclear')],
];

describe('judgeProblem', () => {
  it.each(ANSWERED)('%s with HTTP %s', (code, httpStatus, verdict) => {
    const problem = { kind: 'answered', code, ...(httpStatus !== undefined && { httpStatus }) } as const;
    expect(judgeProblem(problem)).toEqual(verdict);
  });

  it.each(UNANSWERED)('%s: %s', (kind, code, verdict) => {
    expect(judgeProblem({ kind, code })).toEqual(verdict);
  });

  it('has a row here for every entry of the catalogue', () => {
    const tried = ANSWERED.map(([code]) => code);
    const untried = Object.keys(CODES).filter((entry) =>
      entry.endsWith('*') ? !tried.some((code) => code.startsWith(entry.slice(0, -1))) : !tried.includes(entry),
    );
    expect(untried).toEqual([]);
  });

  it('waits as long as the cloud asks for, and never shorter than the catalogue says', () => {
    const throttled = (retryAfterMs: number): ProblemVerdict =>
      judgeProblem({ kind: 'answered', code: 'Throttling.User', httpStatus: 429, retryAfterMs });
    expect(throttled(45_000)).toEqual(later(45_000, 'throttled'));
    expect(throttled(10)).toEqual(later(2_000, 'throttled'));
  });
});
