/** The gallery's requests in the making: one of each status, to be varied. */
import type { ConnectionState } from '../../src/domain/connection.ts';
import type {
  Approved,
  Checking,
  EmergencyApproval,
  Executing,
  Failed,
  NeedsAttention,
  Pending,
  Sends,
  Succeeded,
  Unknown,
} from '../../src/domain/request.ts';
import { approvals, asked, HERE, HOUR, REQUEST, rule } from './asked.ts';
import type { Pen } from './pen.ts';
import { listing, passed, problem } from './problems.ts';

const TOKEN = 'vpce-01KJQ4N9X0ABCDEFGHJKMNPQRS-r1-g1';

export const common = (pen: Pen) => ({
  id: REQUEST.own,
  revision: pen.revision,
  requester: pen.requester,
  asked: asked(pen),
  origin: HERE,
  askedAt: pen.at,
});
export const governed = (pen: Pen) => ({ ...common(pen), rule: rule(pen) });
const approvedOnce = (pen: Pen) => ({
  ...governed(pen),
  precheck: passed(pen),
  approvals: approvals(pen),
  approvedAt: pen.at,
  generation: 1,
});

export const sends = (pen: Pen, over: Partial<Sends> = {}): Sends => ({
  baseline: [],
  firstAt: pen.at,
  attempts: 1,
  setbacks: 0,
  uncertain: false,
  ...over,
});
export const claim = (pen: Pen) => ({ holder: 'run-1', since: pen.at, until: pen.at + 30_000 });

export const pending = (pen: Pen, over: Partial<Pending> = {}): Pending => ({
  ...governed(pen),
  status: 'pending',
  precheck: passed(pen),
  approvals: [],
  since: pen.at,
  expiresAt: pen.at + 24 * HOUR,
  rosterDueAt: pen.at,
  reminders: { times: 0, byHand: 0 },
  ...over,
});
export const approved = (pen: Pen, over: Partial<Approved> = {}): Approved => ({
  ...approvedOnce(pen),
  status: 'approved',
  notBefore: pen.at,
  tries: 0,
  renewToken: false,
  halted: false,
  ...over,
});
/** Approved by one alone. */
export const alone = (pen: Pen, review: EmergencyApproval['review']): EmergencyApproval => ({
  by: by(pen),
  reason: pen.reason,
  at: pen.at,
  review,
});
export const due = (pen: Pen): EmergencyApproval['review'] => ({
  state: 'due',
  until: pen.at,
  reminded: 0,
  nextAt: pen.at,
});
export const executing = (pen: Pen): Executing => ({
  ...approvedOnce(pen),
  status: 'executing',
  claim: claim(pen),
  clientToken: TOKEN,
  sends: sends(pen),
});
export const unknown = (pen: Pen, over: Partial<Unknown> = {}): Unknown => ({
  ...approvedOnce(pen),
  status: 'unknown',
  clientToken: TOKEN,
  sends: sends(pen, { uncertain: true }),
  problem: problem('outcome-unclear', pen),
  afterwards: 'resend',
  looks: 0,
  nextLookAt: pen.at,
  ...over,
});
export const needsAttention = (pen: Pen, over: Partial<NeedsAttention> = {}): NeedsAttention => ({
  ...approvedOnce(pen),
  status: 'needs-attention',
  candidates: listing(2, pen),
  sends: sends(pen, { uncertain: true }),
  at: pen.at,
  ...over,
});
export const failed = (pen: Pen, over: Partial<Failed> = {}): Failed => ({
  ...approvedOnce(pen),
  status: 'failed',
  failure: { kind: 'cloud', reason: 'access-denied', problem: problem('access-denied', pen) },
  at: pen.at,
  sends: sends(pen),
  ...over,
});
export const succeeded = (pen: Pen, over: Partial<Succeeded> = {}): Succeeded => ({
  ...approvedOnce(pen),
  status: 'succeeded',
  endpoint: {
    id: pen.endpoint(1),
    domain: pen.domain(1),
    name: pen.endpointName,
    serviceId: pen.service,
    requestId: pen.requestId,
  },
  how: 'answered',
  at: pen.at,
  sends: sends(pen),
  connection: connection(pen),
  ghosts: [],
  ...over,
});
export const checking = (pen: Pen, tries = 0): Checking => ({
  ...governed(pen),
  status: 'checking',
  tries,
  notBefore: pen.at,
  expiresAt: pen.at + 24 * HOUR,
});

export function connection(pen: Pen, over: Partial<ConnectionState> = {}): ConnectionState {
  return { phase: 'connecting', since: pen.at, looks: 0, told: false, orders: 0, ...over };
}

/** An approver, where there is one. */
export const by = (pen: Pen): string => pen.approvers[0] ?? 'U0BEN';
