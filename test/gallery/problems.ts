/** The gallery's samples of everything that the cloud can answer, and of what a precheck makes of it. */
import type { CloudProblem, ListedEndpoint } from '../../src/domain/cloud.ts';
import { type FailureReason, judgeProblem } from '../../src/domain/cloud-errors.ts';
import type { CheckName, PrecheckReport, Verdict } from '../../src/domain/precheck.ts';
import type { Failure, Refusal, Standing } from '../../src/domain/refusals.ts';
import { REQUEST } from './asked.ts';
import { each, flattened, keysOf, type Member, type Named } from './named.ts';
import type { Pen } from './pen.ts';

type Sample = readonly [kind: CloudProblem['kind'], code: string, httpStatus?: number];

/** A problem of each kind that means it. */
const PROBLEMS: Readonly<Record<FailureReason, Sample>> = {
  'instance-not-found': ['answered', 'InstanceNotFound', 404],
  'instance-activating': ['answered', 'InstanceActivating', 400],
  'instance-busy': ['answered', 'ConcurrencyUpdateInstanceConflict', 409],
  'service-not-found': ['answered', 'EndpointServiceNotFound', 404],
  'service-busy': ['answered', 'EndpointServiceLocked', 400],
  'connection-not-found': ['answered', 'EndpointConnectionNotFound', 404],
  'no-available-resource': ['answered', 'OperationDenied.NoAvailableServiceResource', 400],
  'parameter-invalid': ['answered', 'InvalidParameter', 400],
  'token-reused': ['answered', 'IdempotentParameterMismatch', 400],
  'previous-try-running': ['answered', 'IdempotenceProcessing', 400],
  'access-denied': ['answered', 'Forbidden.RAM', 403],
  'product-not-activated': ['answered', 'UserNotOpen', 400],
  'access-key-invalid': ['answered', 'InvalidAccessKeyId.NotFound', 404],
  'security-token-expired': ['answered', 'InvalidSecurityToken.Expired', 400],
  'signature-wrong': ['answered', 'SignatureDoesNotMatch', 400],
  'clock-skew': ['answered', 'InvalidTimeStamp.Expired', 400],
  'no-credentials': ['not-sent', 'NoCredentials'],
  throttled: ['answered', 'Throttling.User', 400],
  'cloud-unavailable': ['answered', 'InternalError', 500],
  'cloud-unreachable': ['not-sent', 'HostNotFound'],
  'call-window-over': ['not-sent', 'CallWindowOver'],
  'outcome-unclear': ['unclear', 'Timeout'],
  'refused-otherwise': ['answered', 'SomethingNew', 400],
};

export const REASONS = keysOf(PROBLEMS);

export function problem(reason: FailureReason, pen: Pen): CloudProblem {
  const [kind, code, httpStatus] = PROBLEMS[reason];
  const answered = kind === 'answered';
  return {
    kind,
    code,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(answered ? { message: pen.message, requestId: pen.requestId, recommend: pen.recommend } : {}),
    ...(reason === 'access-denied' ? { missingAction: pen.error('elasticsearch:CreateVpcEndpoint') } : {}),
  };
}

/** Those after which nothing is tried again by itself: only these end a request. */
const FINAL = REASONS.filter((reason) => {
  const [kind, code, httpStatus] = PROBLEMS[reason];
  const verdict = judgeProblem({ kind, code, ...(httpStatus === undefined ? {} : { httpStatus }) });
  return verdict.applied === 'no' && verdict.again === 'never';
});
/** Those that put a check or a create off. */
export const PASSING = REASONS.filter((reason) => !FINAL.includes(reason));

function listed(n: number, pen: Pen): ListedEndpoint {
  return {
    id: pen.endpoint(n),
    serviceId: pen.service,
    domain: pen.domain(n),
    name: pen.endpointName,
    zoneId: pen.zone,
    createdAt: pen.word(`2026-03-02T08:1${n % 10}:00Z`),
    status: pen.word('Active'),
    connectionStatus: pen.word('Connected'),
  };
}

export const listing = (count: number, pen: Pen): readonly ListedEndpoint[] =>
  Array.from({ length: pen.many(count) }, (_, n) => listed(n + 1, pen));

export const STANDINGS: Readonly<Record<Standing, true>> = {
  member: true,
  guest: true,
  bot: true,
  stranger: true,
  deactivated: true,
  unknown: true,
};

type Refusals<U extends Failure> = { readonly [K in U['kind']]: (pen: Pen) => Named<Member<U, 'kind', K>> };

export const REFUSALS: Refusals<Refusal> = {
  'no-rule': () => ({ '': { kind: 'no-rule' } }),
  'rule-unclear': ({ groups }) => ({ '': { kind: 'rule-unclear', groups } }),
  'too-many-open': () => ({
    '': { kind: 'too-many-open', limit: 1 },
    several: { kind: 'too-many-open', limit: 1_000 },
  }),
  'not-allowed': () =>
    each(
      keysOf(STANDINGS).filter((standing) => standing !== 'member'),
      (standing) => ({ kind: 'not-allowed', standing }),
    ),
  'target-taken': ({ link }) => ({
    '': { kind: 'target-taken', by: REQUEST.other },
    linked: { kind: 'target-taken', by: REQUEST.other, link },
  }),
  'endpoint-exists': (pen) => ({
    '': { kind: 'endpoint-exists', endpoint: pen.endpoint(1), domain: pen.domain(1) },
    unnamed: { kind: 'endpoint-exists', endpoint: pen.endpoint(1), domain: '' },
  }),
  'instance-not-active': ({ word }) => ({ '': { kind: 'instance-not-active', status: word('inactive') } }),
  'instance-too-old': ({ word }) => ({
    '': { kind: 'instance-too-old' },
    dated: { kind: 'instance-too-old', createdAt: word('2020-06-15T08:10:00Z') },
  }),
  'service-not-active': ({ word }) => ({ '': { kind: 'service-not-active', status: word('Pending') } }),
  'zone-not-offered': ({ zones }) => ({
    '': { kind: 'zone-not-offered', zones },
    none: { kind: 'zone-not-offered', zones: [] },
  }),
  'dry-run-created': (pen) => ({
    '': {
      kind: 'dry-run-created',
      endpoint: { id: pen.endpoint(1), domain: pen.domain(1), name: pen.endpointName, serviceId: pen.service },
    },
  }),
  cloud: (pen) => each(FINAL, (reason) => ({ kind: 'cloud', reason, problem: problem(reason, pen) })),
};

export const FAILURES: Refusals<Failure> = {
  ...REFUSALS,
  'gave-up': (pen) => ({ '': { kind: 'gave-up', problem: problem('token-reused', pen) } }),
};

export function passed(pen: Pen): PrecheckReport {
  return {
    instance: { verdict: 'passed', detail: pen.instanceName },
    service: { verdict: 'passed', detail: pen.serviceName },
    zone: { verdict: 'passed' },
    duplicate: { verdict: 'passed' },
    'dry-run': { verdict: 'passed' },
  };
}

/** The check that each refusal comes from; those of people and rules come from none. */
const FAILED_CHECK: Readonly<Record<Refusal['kind'], CheckName | undefined>> = {
  'no-rule': undefined,
  'rule-unclear': undefined,
  'too-many-open': undefined,
  'not-allowed': undefined,
  'target-taken': undefined,
  'endpoint-exists': 'duplicate',
  'instance-not-active': 'instance',
  'instance-too-old': 'instance',
  'service-not-active': 'service',
  'zone-not-offered': 'zone',
  // An incident, whatever was asked for: it refuses the request.
  'dry-run-created': undefined,
  cloud: 'dry-run',
};

/** What the card can list under its precheck: what passed, what did not, and what could not be looked at. */
export function reports(pen: Pen): Named<PrecheckReport> {
  const failed = flattened<Refusal>(REFUSALS, pen).flatMap(([name, refusal]): [string, PrecheckReport][] => {
    const check = FAILED_CHECK[refusal.kind];
    return check === undefined ? [] : [[name, { ...passed(pen), [check]: { verdict: 'failed', refusal } }]];
  });
  const unchecked = PASSING.map((reason): [string, PrecheckReport] => {
    const verdict: Verdict = { verdict: 'not-checked', reason };
    return [`not-checked/${reason}`, { ...passed(pen), 'dry-run': verdict }];
  });
  const verdict: Verdict = { verdict: 'not-checked', reason: 'throttled' };
  const nothing: PrecheckReport = {
    instance: verdict,
    service: verdict,
    zone: verdict,
    duplicate: verdict,
    'dry-run': verdict,
  };
  return { passed: passed(pen), nothing, ...Object.fromEntries([...failed, ...unchecked]) };
}
