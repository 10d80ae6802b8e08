/** Schema of a request in each of its statuses, as stored. */
import * as z from 'zod';
import type { Claim } from '../../../domain/claim.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import type { EmergencyApproval, MadeEndpoint, Reminded, Request, Verdict, Watch } from '../../../domain/request.ts';
import { asked } from './asked.ts';
import { cloudProblem, listedEndpoint } from './cloud.ts';
import { exactly } from './exactly.ts';
import { approval, openFreeze, roster, rule } from './policy.ts';
import { precheckReport } from './precheck.ts';
import { connectionPhase, failure, refusal, requestId } from './refusals.ts';

export const claim = exactly<Claim>()(z.object({ holder: z.string(), since: z.number(), until: z.number() }));

export const watch = exactly<Watch>()(z.object({ nextAt: z.number(), left: z.int() }));

const by = z.exactOptional(z.string());
const connection = exactly<ConnectionState>()(
  z.object({
    phase: connectionPhase,
    status: z.exactOptional(z.string()),
    since: z.number(),
    looks: z.int(),
    nextLookAt: z.exactOptional(z.number()),
    told: z.boolean(),
    orders: z.int(),
    acceptance: z.exactOptional(
      z.discriminatedUnion('state', [
        z.object({ state: z.literal('wanted'), by, tries: z.int(), notBefore: z.number(), afterLooks: z.int() }),
        z.object({ state: z.literal('claimed'), by, tries: z.int(), claim }),
        z.object({ state: z.literal('accepted'), by, at: z.number() }),
        z.object({ state: z.literal('refused'), by, problem: cloudProblem }),
      ]),
    ),
  }),
);

export const madeEndpoint = exactly<MadeEndpoint>()(
  z.object({
    id: z.string(),
    domain: z.string(),
    name: z.exactOptional(z.string()),
    serviceId: z.exactOptional(z.string()),
    requestId: z.exactOptional(z.string()),
  }),
);

const sends = z.object({
  baseline: z.array(z.string()),
  firstAt: z.number(),
  attempts: z.int(),
  setbacks: z.int(),
  uncertain: z.boolean(),
});

const common = {
  id: requestId,
  revision: z.int(),
  requester: z.string(),
  asked,
  origin: z.exactOptional(z.string()),
  askedAt: z.number(),
  before: z.exactOptional(asked),
  place: z.exactOptional(z.int()),
};
const governed = {
  ...common,
  rule,
  policyVersion: z.exactOptional(z.string()),
  escalatedAt: z.exactOptional(z.number()),
  roster: z.exactOptional(roster),
};

export const verdict = exactly<Verdict>()(z.enum(['in-order', 'not-in-order']));
const emergency = exactly<EmergencyApproval>()(
  z.object({
    by: z.string(),
    reason: z.string(),
    at: z.number(),
    review: z.discriminatedUnion('state', [
      z.object({ state: z.literal('due'), until: z.number(), reminded: z.int(), nextAt: z.number() }),
      z.object({
        state: z.literal('done'),
        by: z.string(),
        at: z.number(),
        verdict,
        note: z.exactOptional(z.string()),
      }),
    ]),
  }),
);
const reminders = exactly<Reminded>()(
  z.object({
    times: z.int(),
    byHand: z.int(),
    lastAt: z.exactOptional(z.number()),
    nextAt: z.exactOptional(z.number()),
  }),
);
const approvedOnce = {
  ...governed,
  precheck: precheckReport,
  approvals: z.array(approval),
  emergency: z.exactOptional(emergency),
  approvedAt: z.number(),
  generation: z.int(),
};

/** JSON has no undefined: a report that never was is a missing key there, and a present one here. */
function withPrecheck<Ended extends { precheck?: z.output<typeof precheckReport> | undefined }>(ended: Ended) {
  return { ...ended, precheck: ended.precheck };
}

export const request = exactly<Request>()(
  z.discriminatedUnion('status', [
    z.object({
      ...governed,
      status: z.literal('checking'),
      tries: z.int(),
      notBefore: z.number(),
      expiresAt: z.number(),
    }),
    z.object({ ...common, status: z.literal('refused'), refusal, at: z.number() }),
    z.object({ ...governed, status: z.literal('checked'), precheck: precheckReport, at: z.number() }),
    z.object({
      ...governed,
      status: z.literal('pending'),
      precheck: precheckReport,
      approvals: z.array(approval),
      since: z.number(),
      expiresAt: z.number(),
      // Those of before there were reminders have neither.
      rosterDueAt: z.number().default(0),
      reminders: reminders.default({ times: 0, byHand: 0 }),
      sends: z.exactOptional(sends),
    }),
    z.object({
      ...governed,
      status: z.literal('rejected'),
      precheck: precheckReport,
      approvals: z.array(approval),
      by: z.string(),
      reason: z.string(),
      at: z.number(),
    }),
    z
      .object({
        ...governed,
        status: z.literal('cancelled'),
        precheck: precheckReport.optional(),
        by: z.string(),
        at: z.number(),
      })
      .transform(withPrecheck),
    z
      .object({ ...governed, status: z.literal('expired'), precheck: precheckReport.optional(), at: z.number() })
      .transform(withPrecheck),
    z.object({
      ...approvedOnce,
      status: z.literal('approved'),
      notBefore: z.number(),
      tries: z.int(),
      slotAt: z.exactOptional(z.number()),
      ready: z.exactOptional(z.object({ at: z.number(), endpoints: z.array(z.string()) })),
      renewToken: z.boolean(),
      sends: z.exactOptional(sends),
      setback: z.exactOptional(cloudProblem),
      halted: z.boolean(),
      frozen: z.exactOptional(openFreeze),
    }),
    z.object({
      ...approvedOnce,
      status: z.literal('executing'),
      claim,
      slotAt: z.exactOptional(z.number()),
      clientToken: z.string(),
      sends,
    }),
    z.object({
      ...approvedOnce,
      status: z.literal('unknown'),
      clientToken: z.string(),
      sends,
      problem: cloudProblem,
      afterwards: z.enum(['resend', 'give-up']),
      looks: z.int(),
      nextLookAt: z.number(),
      emptySince: z.exactOptional(z.number()),
      severalSince: z.exactOptional(z.number()),
    }),
    z.object({
      ...approvedOnce,
      status: z.literal('needs-attention'),
      candidates: z.array(listedEndpoint),
      targetLost: z.exactOptional(z.literal(true)),
      sends,
      at: z.number(),
    }),
    z.object({
      ...approvedOnce,
      status: z.literal('failed'),
      failure,
      at: z.number(),
      sends: z.exactOptional(sends),
      watch: z.exactOptional(watch),
    }),
    z.object({
      ...approvedOnce,
      status: z.literal('succeeded'),
      endpoint: madeEndpoint,
      how: z.enum(['answered', 'found', 'chosen']),
      at: z.number(),
      sends,
      watch: z.exactOptional(watch),
      connection,
      ghosts: z.array(listedEndpoint),
    }),
  ]),
);
