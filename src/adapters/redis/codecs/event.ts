/** Schema of every event, as the audit trail and the untold transitions keep it. */
import * as z from 'zod';
import type { RequestEvent, Ruling, SentBack } from '../../../domain/events.ts';
import { asked } from './asked.ts';
import { cloudProblem, listedEndpoint } from './cloud.ts';
import { exactly } from './exactly.ts';
import { approval, people, progress, roster, rule } from './policy.ts';
import { checkName, precheckReport } from './precheck.ts';
import { clickRefusal, failure, refusal, requestId } from './refusals.ts';
import { claim, madeEndpoint, verdict, watch } from './request.ts';

const ruling = exactly<Ruling>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('governed'),
      rule,
      expiresAt: z.number(),
      policyVersion: z.exactOptional(z.string()),
      place: z.exactOptional(z.int()),
    }),
    z.object({ kind: z.literal('refused'), refusal }),
  ]),
);

const sentBack = exactly<SentBack>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('precheck-differs'), checks: z.array(checkName) }),
    z.object({ kind: z.literal('approval-too-old') }),
  ]),
);

const status = z.exactOptional(z.string());

export const requestEvent = exactly<RequestEvent>()(
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('submitted'),
      id: requestId,
      by: z.string(),
      asked,
      origin: z.exactOptional(z.string()),
      ruling,
    }),
    z.object({
      type: z.literal('edited'),
      by: z.string(),
      revision: z.int(),
      asked,
      before: asked,
      voided: z.exactOptional(z.array(z.string())),
      ruling,
    }),
    z.object({ type: z.literal('refused'), refusal }),
    z.object({ type: z.literal('precheck-postponed'), report: precheckReport, retryAt: z.number() }),
    z.object({ type: z.literal('result-channel-closed'), channel: z.string() }),
    z.object({ type: z.literal('precheck-passed'), report: precheckReport, roster: z.exactOptional(roster) }),
    z.object({ type: z.literal('precheck-completed'), report: precheckReport }),
    z.object({ type: z.literal('approval-given'), approval, progress }),
    z.object({
      type: z.literal('approved'),
      by: z.array(z.string()),
      rule: z.string(),
      emergency: z.exactOptional(z.object({ by: z.string(), reason: z.string() })),
    }),
    z.object({ type: z.literal('roster-read'), roster }),
    z.object({
      type: z.literal('reminded'),
      by: z.exactOptional(z.string()),
      nextAt: z.exactOptional(z.number()),
    }),
    z.object({ type: z.literal('escalated'), to: people }),
    z.object({ type: z.literal('rule-kept'), version: z.string(), instead: z.exactOptional(z.string()) }),
    z.object({ type: z.literal('rule-tightened'), version: z.string(), rule, was: z.string() }),
    z.object({ type: z.literal('frozen'), until: z.number(), reason: z.exactOptional(z.string()) }),
    z.object({ type: z.literal('review-reminded'), nextAt: z.number() }),
    z.object({ type: z.literal('reviewed'), by: z.string(), verdict, note: z.exactOptional(z.string()) }),
    z.object({ type: z.literal('rejected'), by: z.string(), reason: z.string() }),
    z.object({ type: z.literal('cancelled'), by: z.string() }),
    z.object({ type: z.literal('expired') }),
    z.object({ type: z.literal('sent-back'), revision: z.int(), why: sentBack, report: precheckReport }),
    z.object({
      type: z.literal('recheck-postponed'),
      retryAt: z.number(),
      problem: z.exactOptional(cloudProblem),
    }),
    z.object({ type: z.literal('rechecked'), report: precheckReport, endpoints: z.array(z.string()) }),
    z.object({ type: z.literal('slot-reserved'), slotAt: z.number() }),
    z.object({ type: z.literal('account-halted'), retryAt: z.number() }),
    z.object({
      type: z.literal('create-claimed'),
      claim,
      attempt: z.int(),
      generation: z.int(),
      clientToken: z.string(),
      baseline: z.array(z.string()),
    }),
    z.object({ type: z.literal('create-postponed'), problem: cloudProblem, retryAt: z.number() }),
    z.object({
      type: z.literal('create-unclear'),
      problem: cloudProblem,
      afterwards: z.enum(['resend', 'give-up']),
    }),
    z.object({ type: z.literal('looked'), found: z.int(), complete: z.boolean(), nextLookAt: z.number() }),
    z.object({ type: z.literal('resend-cleared'), retryAt: z.number() }),
    z.object({
      type: z.literal('attention-needed'),
      candidates: z.array(listedEndpoint),
      targetLost: z.exactOptional(z.literal(true)),
    }),
    z.object({
      type: z.literal('succeeded'),
      endpoint: madeEndpoint,
      how: z.enum(['answered', 'found', 'chosen']),
      by: z.exactOptional(z.string()),
      watch: z.exactOptional(watch),
    }),
    z.object({ type: z.literal('failed'), failure, watch: z.exactOptional(watch) }),
    z.object({ type: z.literal('retried'), by: z.string() }),
    z.object({ type: z.literal('disowned'), by: z.string(), candidates: z.array(z.string()) }),
    z.object({ type: z.literal('ghost-seen'), endpoints: z.array(listedEndpoint) }),
    z.object({ type: z.literal('watched'), watch: z.exactOptional(watch) }),
    z.object({ type: z.literal('connection-looked'), status, nextLookAt: z.number() }),
    z.object({
      type: z.literal('connection-unaccepted'),
      status,
      byBot: z.boolean(),
      nextLookAt: z.number(),
    }),
    z.object({ type: z.literal('acceptance-ordered'), by: z.exactOptional(z.string()) }),
    z.object({ type: z.literal('acceptance-claimed'), claim }),
    z.object({
      type: z.literal('acceptance-postponed'),
      retryAt: z.number(),
      lookFirst: z.boolean(),
      problem: z.exactOptional(cloudProblem),
    }),
    z.object({ type: z.literal('connection-accepted'), requestId: z.exactOptional(z.string()) }),
    z.object({ type: z.literal('acceptance-refused'), problem: cloudProblem }),
    z.object({ type: z.literal('connected'), awaited: z.boolean() }),
    z.object({ type: z.literal('connection-down'), status, nextLookAt: z.number() }),
    z.object({ type: z.literal('connection-ended'), status }),
    z.object({ type: z.literal('connection-unwatched') }),
    z.object({ type: z.literal('domain-known'), domain: z.string() }),
    z.object({ type: z.literal('card-not-findable') }),
    z.object({ type: z.literal('card-missed'), by: z.string() }),
    z.object({ type: z.literal('attempt-refused'), by: z.string(), what: z.string(), refusal: clickRefusal }),
  ]),
);
