/** One request's story in pieces: the people, the rule, the answers and the events that most tests start from. */

import type { Asked } from '../../src/domain/asked.ts';
import type { CloudProblem, CloudResult, CreatedEndpoint, ListedEndpoint } from '../../src/domain/cloud.ts';
import type { Context, Person } from '../../src/domain/decision.ts';
import { LADDER } from '../../src/domain/decision.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import type { PrecheckReport } from '../../src/domain/precheck.ts';
import type { Moment } from '../../src/domain/request.ts';

export const T0 = Date.parse('2026-01-05T09:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const SETTLE = 2 * MINUTE;

/** So many milliseconds into the story. */
export const at = (ms: number): Moment => ({ now: T0 + ms, wall: T0 + ms });

export const ID: RequestId = 'req_01JGTWZ8M0ABCDEFGHJKMNPQRS';
export const OTHER: RequestId = 'req_01JGTWZ8M0SRQPNMKJHGFEDCBA';
export const REQUESTER = 'UREQUESTER';
export const ALICE = 'UALICE';
export const BOB = 'UBOB';
export const OPS = 'SOPS';
export const RUN = 'run-1';
export const TOKEN = 'vpce-01JGTWZ8M0ABCDEFGHJKMNPQRS-r1-g1';

export const RULE: Rule = {
  name: 'production',
  match: { account: ['prod'] },
  steps: [{ users: [ALICE, BOB], groups: [], required: 1 }],
  selfApproval: false,
  expiresAfterMs: 8 * HOUR,
  approvalValidForMs: 24 * HOUR,
};

export const ASKED: Asked = {
  operation: {
    kind: 'create',
    account: 'prod',
    instanceId: 'es-cn-2r429tctl000d0001',
    serviceId: 'epsrv-hp3xdsq46ael67lo0001',
    zoneId: 'cn-hangzhou-i',
  },
  reason: 'a search page',
  mode: 'create',
  lifetime: '30d',
};

export const TARGET = 'target:prod:es-cn-2r429tctl000d0001:epsrv-hp3xdsq46ael67lo0001:cn-hangzhou-i';
export const endpointNamed = (id: string): string => `endpoint:${ASKED.operation.instanceId}:${id}`;

export const PASSED: PrecheckReport = {
  instance: { verdict: 'passed' },
  service: { verdict: 'passed' },
  zone: { verdict: 'passed' },
  duplicate: { verdict: 'passed' },
  'dry-run': { verdict: 'passed' },
};

/** A report in which these items are otherwise. */
export const report = (differing: Partial<PrecheckReport>): PrecheckReport => ({ ...PASSED, ...differing });

export const person = (over: Partial<Person> = {}): Person => ({
  standing: 'member',
  groups: [],
  unreadable: [],
  ...over,
});

export const context = (over: Partial<Context> = {}): Context => ({
  moment: at(0),
  holder: RUN,
  rules: [RULE],
  settleMs: SETTLE,
  acceptConnections: false,
  jitter: 0,
  person: person(),
  taken: new Map(),
  ...over,
});

export const listed = (id: string, over: Partial<ListedEndpoint> = {}): ListedEndpoint => ({
  id,
  serviceId: ASKED.operation.serviceId,
  domain: `${id}.privatelink.aliyuncs.com`,
  ...over,
});

export const made = (id: string): CreatedEndpoint => ({ id, domain: `${id}.privatelink.aliyuncs.com` });

export const TIMEOUT: CloudProblem = { kind: 'unclear', code: 'Timeout' };
export const answered = (code: string, httpStatus = 400): CloudProblem => ({ kind: 'answered', code, httpStatus });
export const no = (problem: CloudProblem): CloudResult<CreatedEndpoint> => ({ ok: false, problem });
export const yes = (id: string): CloudResult<CreatedEndpoint> => ({ ok: true, value: made(id) });

export const submitted = (asked: Asked = ASKED, rule: Rule = RULE): RequestEvent => ({
  type: 'submitted',
  id: ID,
  by: REQUESTER,
  asked,
  ruling: { kind: 'governed', rule, expiresAt: T0 + rule.expiresAfterMs },
});
export const precheckPassed: RequestEvent = { type: 'precheck-passed', report: PASSED };
export const approvalBy = (by: string, groups: readonly string[] = []): RequestEvent => ({
  type: 'approval-given',
  approval: { by, at: T0, groups },
  progress: { filled: 1, required: 1, complete: true },
});
export const approved: RequestEvent = { type: 'approved', by: [ALICE], rule: RULE.name };
export const slotReserved: RequestEvent = { type: 'slot-reserved', slotAt: T0 };
export const rechecked = (...endpoints: readonly string[]): RequestEvent => ({
  type: 'rechecked',
  report: PASSED,
  endpoints,
});
export const claimed = (over: Partial<Extract<RequestEvent, { type: 'create-claimed' }>> = {}): RequestEvent => ({
  type: 'create-claimed',
  claim: { holder: RUN, since: T0, until: T0 + LADDER.claimMs },
  attempt: 1,
  generation: 1,
  clientToken: TOKEN,
  baseline: ['ep-old'],
  ...over,
});
export const unclear: RequestEvent = { type: 'create-unclear', problem: TIMEOUT, afterwards: 'resend' };

/** Histories that end in a status. */
export const CHECKING = [submitted()] as const;
export const PENDING = [...CHECKING, precheckPassed] as const;
export const APPROVED = [...PENDING, approvalBy(ALICE), approved] as const;
export const READY = [...APPROVED, slotReserved, rechecked('ep-old')] as const;
export const EXECUTING = [...READY, claimed()] as const;
export const UNKNOWN = [...EXECUTING, unclear] as const;
export const ATTENTION = [
  ...UNKNOWN,
  { type: 'attention-needed', candidates: [listed('ep-1'), listed('ep-2')] },
] as const satisfies readonly RequestEvent[];
export const FORBIDDEN = { kind: 'cloud', reason: 'access-denied', problem: answered('Forbidden', 403) } as const;
export const FAILED = [...EXECUTING, { type: 'failed', failure: FORBIDDEN }] as const satisfies readonly RequestEvent[];
export const SUCCEEDED = [
  ...EXECUTING,
  { type: 'succeeded', endpoint: made('ep-new'), how: 'answered' },
] as const satisfies readonly RequestEvent[];
