/** Arbitrary requests in every status. */
import fc from 'fast-check';
import type { Acceptance, ConnectionState } from '../../../src/domain/connection.ts';
import type { Request, Status } from '../../../src/domain/request.ts';
import { connectionPhase, listing, made, problem } from './cloud.ts';
import { count, type In, is, requestId, some, text, texts, time } from './fields.ts';
import { approvals, roster, rule } from './policy.ts';
import { asked, failure, refusal, report } from './refusals.ts';

export const claim = some<import('../../../src/domain/claim.ts').Claim>({ holder: text, since: time, until: time });
export const watch = some<import('../../../src/domain/request.ts').Watch>({ nextAt: time, left: count });
const sends = some<import('../../../src/domain/request.ts').Sends>({
  baseline: texts,
  firstAt: time,
  attempts: count,
  setbacks: count,
  uncertain: fc.boolean(),
});
export const afterwards = fc.constantFrom('resend', 'give-up' as const);
export const how = fc.constantFrom('answered', 'found', 'chosen' as const);

const common = {
  id: requestId,
  revision: count,
  requester: text,
  asked,
  origin: text,
  askedAt: time,
  before: asked,
  place: count,
};
const COMMON = ['origin', 'before', 'place'] as const;
const governed = { ...common, rule, policyVersion: text, escalatedAt: time, roster };
const GOVERNED = [...COMMON, 'policyVersion', 'escalatedAt', 'roster'] as const;

export const verdictOnEmergency = fc.constantFrom('in-order', 'not-in-order' as const);
type Review = import('../../../src/domain/request.ts').EmergencyApproval['review'];
const REVIEWS: { readonly [S in Review['state']]: fc.Arbitrary<In<Review, 'state', S>> } = {
  due: some({ state: is('due'), until: time, reminded: count, nextAt: time }),
  done: some({ state: is('done'), by: text, at: time, verdict: verdictOnEmergency, note: text }, 'note'),
};
const emergency = some<import('../../../src/domain/request.ts').EmergencyApproval>({
  by: text,
  reason: text,
  at: time,
  review: fc.oneof(...Object.values(REVIEWS)) as fc.Arbitrary<Review>,
});
const approvedOnce = { ...governed, precheck: report, approvals, emergency, approvedAt: time, generation: count };
const APPROVED_ONCE = [...GOVERNED, 'emergency'] as const;
/** Present, and sometimes undefined: nobody was asked yet when it ended. */
const precheckOrNone = fc.option(report, { nil: undefined }) as typeof report;

const ACCEPTANCES: { readonly [S in Acceptance['state']]: fc.Arbitrary<In<Acceptance, 'state', S>> } = {
  wanted: some({ state: is('wanted'), by: text, tries: count, notBefore: time, afterLooks: count }, 'by'),
  claimed: some({ state: is('claimed'), by: text, tries: count, claim }, 'by'),
  accepted: some({ state: is('accepted'), by: text, at: time }, 'by'),
  refused: some({ state: is('refused'), by: text, problem }, 'by'),
};
const connection = some<ConnectionState>(
  {
    phase: connectionPhase,
    status: text,
    since: time,
    looks: count,
    nextLookAt: time,
    acceptance: fc.oneof(...Object.values(ACCEPTANCES)) as fc.Arbitrary<Acceptance>,
    told: fc.boolean(),
    orders: count,
  },
  'status',
  'nextLookAt',
  'acceptance',
);

export const REQUESTS: { readonly [S in Status]: fc.Arbitrary<In<Request, 'status', S>> } = {
  checking: some({ ...governed, status: is('checking'), tries: count, notBefore: time, expiresAt: time }, ...GOVERNED),
  refused: some({ ...common, status: is('refused'), refusal, at: time }, ...COMMON),
  checked: some({ ...governed, status: is('checked'), precheck: report, at: time }, ...GOVERNED),
  pending: some(
    {
      ...governed,
      status: is('pending'),
      precheck: report,
      approvals,
      since: time,
      expiresAt: time,
      rosterDueAt: time,
      reminders: some({ times: count, byHand: count, lastAt: time, nextAt: time }, 'lastAt', 'nextAt'),
      sends,
    },
    ...GOVERNED,
    'sends',
  ),
  rejected: some(
    { ...governed, status: is('rejected'), precheck: report, approvals, by: text, reason: text, at: time },
    ...GOVERNED,
  ),
  cancelled: some<In<Request, 'status', 'cancelled'>>(
    { ...governed, status: is('cancelled'), precheck: precheckOrNone, by: text, at: time },
    ...GOVERNED,
  ),
  expired: some<In<Request, 'status', 'expired'>>(
    { ...governed, status: is('expired'), precheck: precheckOrNone, at: time },
    ...GOVERNED,
  ),
  approved: some(
    {
      ...approvedOnce,
      status: is('approved'),
      notBefore: time,
      tries: count,
      slotAt: time,
      ready: some({ at: time, endpoints: texts }),
      renewToken: fc.boolean(),
      sends,
      setback: problem,
      halted: fc.boolean(),
      frozen: some({ until: time, reason: text }, 'reason'),
    },
    ...APPROVED_ONCE,
    'slotAt',
    'ready',
    'sends',
    'setback',
    'frozen',
  ),
  executing: some({ ...approvedOnce, status: is('executing'), claim, clientToken: text, sends }, ...APPROVED_ONCE),
  unknown: some(
    {
      ...approvedOnce,
      status: is('unknown'),
      clientToken: text,
      sends,
      problem,
      afterwards,
      looks: count,
      nextLookAt: time,
      emptySince: time,
      severalSince: time,
    },
    ...APPROVED_ONCE,
    'emptySince',
    'severalSince',
  ),
  'needs-attention': some(
    { ...approvedOnce, status: is('needs-attention'), candidates: listing, targetLost: is(true), sends, at: time },
    ...APPROVED_ONCE,
    'targetLost',
  ),
  failed: some(
    { ...approvedOnce, status: is('failed'), failure, at: time, sends, watch },
    ...APPROVED_ONCE,
    'sends',
    'watch',
  ),
  succeeded: some(
    {
      ...approvedOnce,
      status: is('succeeded'),
      endpoint: made,
      how,
      at: time,
      sends,
      watch,
      connection,
      ghosts: listing,
    },
    ...APPROVED_ONCE,
    'watch',
  ),
};
