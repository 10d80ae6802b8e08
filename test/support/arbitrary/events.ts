/** Arbitrary events of every type. */
import fc from 'fast-check';
import type { RequestEvent } from '../../../src/domain/events.ts';
import { listing, made, problem } from './cloud.ts';
import { count, type In, is, requestId, some, text, texts, time } from './fields.ts';
import { approval, people, progress, roster, rule } from './policy.ts';
import { asked, checks, clickRefusal, failure, refusal, report } from './refusals.ts';
import { afterwards, claim, how, verdictOnEmergency, watch } from './requests.ts';

type Ruling = In<RequestEvent, 'type', 'submitted'>['ruling'];
const ruling: fc.Arbitrary<Ruling> = fc.oneof(
  some<In<Ruling, 'kind', 'governed'>>(
    { kind: is('governed'), rule, expiresAt: time, policyVersion: text, place: count },
    'policyVersion',
    'place',
  ),
  some<In<Ruling, 'kind', 'refused'>>({ kind: is('refused'), refusal }),
);
type SentBack = In<RequestEvent, 'type', 'sent-back'>['why'];
const sentBack: fc.Arbitrary<SentBack> = fc.oneof(
  some<In<SentBack, 'kind', 'precheck-differs'>>({ kind: is('precheck-differs'), checks }),
  some<In<SentBack, 'kind', 'approval-too-old'>>({ kind: is('approval-too-old') }),
);

export const EVENTS: { readonly [T in RequestEvent['type']]: fc.Arbitrary<In<RequestEvent, 'type', T>> } = {
  submitted: some({ type: is('submitted'), id: requestId, by: text, asked, origin: text, ruling }, 'origin'),
  edited: some(
    { type: is('edited'), by: text, revision: count, asked, before: asked, voided: texts, ruling },
    'voided',
  ),
  refused: some({ type: is('refused'), refusal }),
  'precheck-postponed': some({ type: is('precheck-postponed'), report, retryAt: time }),
  'result-channel-closed': some({ type: is('result-channel-closed'), channel: text }),
  'precheck-passed': some({ type: is('precheck-passed'), report, roster }, 'roster'),
  'precheck-completed': some({ type: is('precheck-completed'), report }),
  'approval-given': some({ type: is('approval-given'), approval, progress }),
  approved: some(
    { type: is('approved'), by: texts, rule: text, emergency: some({ by: text, reason: text }) },
    'emergency',
  ),
  'roster-read': some({ type: is('roster-read'), roster }),
  reminded: some({ type: is('reminded'), by: text, nextAt: time }, 'by', 'nextAt'),
  escalated: some({ type: is('escalated'), to: some(people) }),
  'rule-kept': some({ type: is('rule-kept'), version: text, instead: text }, 'instead'),
  'rule-tightened': some({ type: is('rule-tightened'), version: text, rule, was: text }),
  frozen: some({ type: is('frozen'), until: time, reason: text }, 'reason'),
  'review-reminded': some({ type: is('review-reminded'), nextAt: time }),
  reviewed: some({ type: is('reviewed'), by: text, verdict: verdictOnEmergency, note: text }, 'note'),
  rejected: some({ type: is('rejected'), by: text, reason: text }),
  cancelled: some({ type: is('cancelled'), by: text }),
  expired: some({ type: is('expired') }),
  'sent-back': some({ type: is('sent-back'), revision: count, why: sentBack, report }),
  'recheck-postponed': some({ type: is('recheck-postponed'), retryAt: time, problem }, 'problem'),
  rechecked: some({ type: is('rechecked'), report, endpoints: texts }),
  'slot-reserved': some({ type: is('slot-reserved'), slotAt: time }),
  'account-halted': some({ type: is('account-halted'), retryAt: time }),
  'create-claimed': some({
    type: is('create-claimed'),
    claim,
    attempt: count,
    generation: count,
    clientToken: text,
    baseline: texts,
  }),
  'create-postponed': some({ type: is('create-postponed'), problem, retryAt: time }),
  'create-unclear': some({ type: is('create-unclear'), problem, afterwards }),
  looked: some({ type: is('looked'), found: count, complete: fc.boolean(), nextLookAt: time }),
  'resend-cleared': some({ type: is('resend-cleared'), retryAt: time }),
  'attention-needed': some({ type: is('attention-needed'), candidates: listing, targetLost: is(true) }, 'targetLost'),
  succeeded: some({ type: is('succeeded'), endpoint: made, how, by: text, watch }, 'by', 'watch'),
  failed: some({ type: is('failed'), failure, watch }, 'watch'),
  retried: some({ type: is('retried'), by: text }),
  disowned: some({ type: is('disowned'), by: text, candidates: texts }),
  'ghost-seen': some({ type: is('ghost-seen'), endpoints: listing }),
  watched: some({ type: is('watched'), watch }, 'watch'),
  'connection-looked': some({ type: is('connection-looked'), status: text, nextLookAt: time }, 'status'),
  'connection-unaccepted': some(
    { type: is('connection-unaccepted'), status: text, byBot: fc.boolean(), nextLookAt: time },
    'status',
  ),
  'acceptance-ordered': some({ type: is('acceptance-ordered'), by: text }, 'by'),
  'acceptance-claimed': some({ type: is('acceptance-claimed'), claim }),
  'acceptance-postponed': some(
    { type: is('acceptance-postponed'), retryAt: time, lookFirst: fc.boolean(), problem },
    'problem',
  ),
  'connection-accepted': some({ type: is('connection-accepted'), requestId: text }, 'requestId'),
  'acceptance-refused': some({ type: is('acceptance-refused'), problem }),
  connected: some({ type: is('connected'), awaited: fc.boolean() }),
  'connection-down': some({ type: is('connection-down'), status: text, nextLookAt: time }, 'status'),
  'connection-ended': some({ type: is('connection-ended'), status: text }, 'status'),
  'connection-unwatched': some({ type: is('connection-unwatched') }),
  'domain-known': some({ type: is('domain-known'), domain: text }),
  'card-not-findable': some({ type: is('card-not-findable') }),
  'card-missed': some({ type: is('card-missed'), by: text }),
  'attempt-refused': some({ type: is('attempt-refused'), by: text, what: text, refusal: clickRefusal }),
};
