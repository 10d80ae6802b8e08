/** The precheck: what was asked of the cloud before anyone approves, and what its answers mean item by item. */
import type {
  CloudProblem,
  CloudResult,
  CreatedEndpoint,
  EndpointService,
  EndpointSpec,
  Instance,
  ListedEndpoint,
} from './cloud.ts';
import { type FailureReason, judgeProblem } from './cloud-errors.ts';
import type { Refusal } from './refusals.ts';

/** In the order in which the card shows them. */
export const CHECKS = ['instance', 'service', 'zone', 'duplicate', 'dry-run'] as const;
export type CheckName = (typeof CHECKS)[number];

export type Verdict =
  | { readonly verdict: 'passed'; readonly detail?: string }
  | { readonly verdict: 'failed'; readonly refusal: Refusal }
  | { readonly verdict: 'not-checked'; readonly reason: FailureReason };

export type PrecheckReport = Readonly<Record<CheckName, Verdict>>;

/** The raw answers that a report is made from. */
export interface PrecheckAnswers {
  readonly instance: CloudResult<Instance>;
  readonly service: CloudResult<EndpointService>;
  readonly endpoints: CloudResult<readonly ListedEndpoint[]>;
  readonly dryRun: CloudResult<CreatedEndpoint | undefined>;
}

/** Instances created before this moment do not support private connections (the API's documentation). */
const PRIVATE_CONNECTIONS_SINCE = Date.parse('2020-10-01T00:00:00Z');

/** Endpoint states in which an endpoint is on its way out and no longer stands for its target. */
const LEAVING = new Set(['Deleting']);

export function judgeAnswers(spec: EndpointSpec, answers: PrecheckAnswers): PrecheckReport {
  return {
    instance: judged(answers.instance, judgeInstance),
    service: judged(answers.service, judgeService),
    zone: judged(answers.service, (service) =>
      service.zones.includes(spec.zoneId)
        ? { verdict: 'passed' }
        : { verdict: 'failed', refusal: { kind: 'zone-not-offered', zones: service.zones } },
    ),
    duplicate: judged(answers.endpoints, (endpoints) => judgeEndpoints(spec, endpoints)),
    'dry-run': judged(answers.dryRun, (made) =>
      made === undefined
        ? { verdict: 'passed' }
        : { verdict: 'failed', refusal: { kind: 'dry-run-created', endpoint: made } },
    ),
  };
}

function judged<T>(result: CloudResult<T>, judge: (value: T) => Verdict): Verdict {
  return result.ok ? judge(result.value) : judgedProblem(result.problem);
}

function judgedProblem(problem: CloudProblem): Verdict {
  const judgement = judgeProblem(problem);
  return judgement.applied === 'no' && judgement.again === 'never'
    ? { verdict: 'failed', refusal: { kind: 'cloud', reason: judgement.reason, problem } }
    : { verdict: 'not-checked', reason: judgement.reason };
}

function judgeInstance(instance: Instance): Verdict {
  const created = instance.createdAt === undefined ? Number.NaN : Date.parse(instance.createdAt);
  // The date is documented; what the flag says of private connections is inferred, so it speaks only where no date does.
  const tooOld = Number.isNaN(created) ? instance.newDeployment === false : created < PRIVATE_CONNECTIONS_SINCE;
  if (tooOld) {
    return {
      verdict: 'failed',
      refusal: {
        kind: 'instance-too-old',
        ...(instance.createdAt === undefined ? {} : { createdAt: instance.createdAt }),
      },
    };
  }
  if (instance.status !== 'active') {
    return { verdict: 'failed', refusal: { kind: 'instance-not-active', status: instance.status } };
  }
  return { verdict: 'passed', ...(instance.description === '' ? {} : { detail: instance.description }) };
}

function judgeService(service: EndpointService): Verdict {
  if (service.status !== 'Active') {
    return { verdict: 'failed', refusal: { kind: 'service-not-active', status: service.status } };
  }
  const name = service.description === '' ? service.name : service.description;
  return { verdict: 'passed', ...(name === '' ? {} : { detail: name }) };
}

function judgeEndpoints(spec: EndpointSpec, endpoints: readonly ListedEndpoint[]): Verdict {
  const same = endpoints.find((endpoint) => standsFor(spec, endpoint));
  return same === undefined
    ? { verdict: 'passed' }
    : { verdict: 'failed', refusal: { kind: 'endpoint-exists', endpoint: same.id, domain: same.domain } };
}

/** Whether a listed endpoint connects the same instance and service in the same zone, as far as the list says. */
export function standsFor(spec: EndpointSpec, endpoint: ListedEndpoint): boolean {
  return (
    endpoint.serviceId === spec.serviceId &&
    (endpoint.zoneId === undefined || endpoint.zoneId === spec.zoneId) &&
    !LEAVING.has(endpoint.status ?? '')
  );
}

/** The first failed item's refusal, in the card's order. */
export function firstRefusal(report: PrecheckReport): Refusal | undefined {
  for (const check of CHECKS) {
    const item = report[check];
    if (item.verdict === 'failed') return item.refusal;
  }
  return undefined;
}

/** Whether a read (not the dry run, which may stay unchecked) still has to be tried again. */
export function readsMissing(report: PrecheckReport): boolean {
  return CHECKS.some((check) => check !== 'dry-run' && report[check].verdict === 'not-checked');
}

/** Items that fail now and did not fail in the same way when the request was approved. */
export function newFailures(approved: PrecheckReport, now: PrecheckReport): readonly CheckName[] {
  return CHECKS.filter((check) => {
    const before = approved[check];
    const after = now[check];
    if (after.verdict !== 'failed') return false;
    return before.verdict !== 'failed' || before.refusal.kind !== after.refusal.kind;
  });
}
