/** Arbitrary stored values: every status, event, message and command, with every optional field there or not. */
import fc from 'fast-check';
import type { InboxEntry } from '../../src/application/inbox.ts';
import type { AuditEntry, Outgoing, Plain, RequestRecord } from '../../src/application/record.ts';
import { CODES } from '../../src/domain/cloud-errors.ts';
import type { PersonCommand } from '../../src/domain/commands.ts';
import type { Acceptance, ConnectionPhase, ConnectionState } from '../../src/domain/connection.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { LIFETIMES } from '../../src/domain/lifetime.ts';
import { WEEKDAYS } from '../../src/domain/policy/freeze.ts';
import { CHECKS, type Verdict } from '../../src/domain/precheck.ts';
import type { ClickRefusal, Failure, Refusal, Standing } from '../../src/domain/refusals.ts';
import type { Request, Status } from '../../src/domain/request.ts';

type Fields<T> = { [Key in keyof T]-?: fc.Arbitrary<Exclude<T[Key], undefined>> };

/** A record whose optional fields are there or not; `| undefined` fields are built apart. */
function some<T extends object>(fields: Fields<T>, ...optional: readonly (keyof T & string)[]): fc.Arbitrary<T> {
  const requiredKeys = Object.keys(fields).filter((key) => !(optional as readonly string[]).includes(key));
  return fc.record(fields as Record<string, fc.Arbitrary<unknown>>, { requiredKeys }) as unknown as fc.Arbitrary<T>;
}
type In<U, K extends keyof U, V extends U[K]> = Extract<U, Record<K, V>>;
const is = <const V>(value: V) => fc.constant(value);

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('ep-1', 'UALICE', '日本', '"\\\n', '__proto__'));
const texts = fc.array(text, { maxLength: 3 });
const time = fc.integer({ min: 0, max: 2 ** 45 });
const count = fc.nat(50);
const requestId = fc.string({ maxLength: 26 }).map((rest): RequestId => `req_${rest}`);

const problem = some<import('../../src/domain/cloud.ts').CloudProblem>(
  {
    kind: fc.constantFrom('answered', 'not-sent', 'unclear'),
    code: fc.oneof(text, fc.constantFrom(...Object.keys(CODES))),
    httpStatus: count,
    requestId: text,
    message: text,
    recommend: text,
    missingAction: text,
    retryAfterMs: count,
  },
  'httpStatus',
  'requestId',
  'message',
  'recommend',
  'missingAction',
  'retryAfterMs',
);
const created = some<import('../../src/domain/cloud.ts').CreatedEndpoint>(
  { id: text, domain: text, name: text, serviceId: text },
  'name',
  'serviceId',
);
const listed = some<import('../../src/domain/cloud.ts').ListedEndpoint>(
  {
    id: text,
    serviceId: text,
    domain: text,
    name: text,
    zoneId: text,
    createdAt: text,
    status: text,
    connectionStatus: text,
  },
  'name',
  'zoneId',
  'createdAt',
  'status',
  'connectionStatus',
);
const listing = fc.array(listed, { maxLength: 3 });
const made = some<import('../../src/domain/request.ts').MadeEndpoint>(
  { id: text, domain: text, name: text, serviceId: text, requestId: text },
  'name',
  'serviceId',
  'requestId',
);

const connectionPhase = fc.constantFrom<ConnectionPhase>(
  'connecting',
  'unaccepted',
  'connected',
  'down',
  'ended',
  'unwatched',
);
const standing = fc.constantFrom<Standing>('member', 'guest', 'bot', 'stranger', 'deactivated', 'unknown');
const reason = fc.constantFrom('throttled', 'access-denied', 'outcome-unclear', 'instance-busy' as const);
const taken = some<In<Refusal, 'kind', 'target-taken'>>(
  { kind: is('target-taken'), by: requestId, link: text },
  'link',
);

const asked = some<import('../../src/domain/asked.ts').Asked>(
  {
    operation: some({ kind: is('create'), account: text, instanceId: text, serviceId: text, zoneId: text }),
    reason: text,
    mode: fc.constantFrom('create', 'precheck'),
    lifetime: fc.constantFrom(...LIFETIMES),
    channel: text,
  },
  'channel',
);
const REFUSALS: { readonly [K in Refusal['kind']]: fc.Arbitrary<In<Refusal, 'kind', K>> } = {
  'no-rule': some({ kind: is('no-rule') }),
  'rule-unclear': some({ kind: is('rule-unclear'), groups: texts }),
  'too-many-open': some({ kind: is('too-many-open'), limit: count }),
  'not-allowed': some({ kind: is('not-allowed'), standing }),
  'target-taken': taken,
  'endpoint-exists': some({ kind: is('endpoint-exists'), endpoint: text, domain: text }),
  'instance-not-active': some({ kind: is('instance-not-active'), status: text }),
  'instance-too-old': some({ kind: is('instance-too-old'), createdAt: text }, 'createdAt'),
  'service-not-active': some({ kind: is('service-not-active'), status: text }),
  'zone-not-offered': some({ kind: is('zone-not-offered'), zones: texts }),
  'dry-run-created': some({ kind: is('dry-run-created'), endpoint: created }),
  cloud: some({ kind: is('cloud'), reason, problem }),
};
const refusal: fc.Arbitrary<Refusal> = fc.oneof(...Object.values(REFUSALS));
const failure: fc.Arbitrary<Failure> = fc.oneof(
  refusal,
  some<In<Failure, 'kind', 'gave-up'>>({ kind: is('gave-up'), problem }),
);

const CLICK_REFUSALS: { readonly [K in ClickRefusal['kind']]: fc.Arbitrary<In<ClickRefusal, 'kind', K>> } = {
  'already-decided': some({ kind: is('already-decided'), status: text, by: texts, at: time }, 'at'),
  'old-revision': some({ kind: is('old-revision'), current: count, edit: some({ before: asked, asked }) }, 'edit'),
  'reminded-lately': some({ kind: is('reminded-lately'), at: time, againAt: time }),
  'reminded-enough': some({ kind: is('reminded-enough'), times: count }),
  'not-for-emergencies': some({ kind: is('not-for-emergencies'), rule: text }),
  'nothing-to-review': some({ kind: is('nothing-to-review') }),
  'reviewed-before': some({ kind: is('reviewed-before'), by: text, at: time }),
  'own-emergency': some({ kind: is('own-emergency') }),
  'not-an-approver': some({ kind: is('not-an-approver'), rule: text }),
  'requester-may-not-approve': some({ kind: is('requester-may-not-approve'), rule: text }),
  'approved-before': some({ kind: is('approved-before'), at: time }),
  'no-place-left': some({ kind: is('no-place-left'), rule: text }),
  'only-requester': some({ kind: is('only-requester') }),
  'only-requester-or-approver': some({ kind: is('only-requester-or-approver'), rule: text }),
  standing: some({ kind: is('standing'), standing }),
  'groups-unreadable': some({ kind: is('groups-unreadable') }),
  'not-possible-now': some({ kind: is('not-possible-now'), status: text }),
  'target-taken': taken,
  'endpoint-not-a-candidate': some({ kind: is('endpoint-not-a-candidate') }),
  'nothing-to-accept': some({ kind: is('nothing-to-accept'), phase: connectionPhase }),
  'no-such-request': some({ kind: is('no-such-request') }),
};
const clickRefusal: fc.Arbitrary<ClickRefusal> = fc.oneof(...Object.values(CLICK_REFUSALS));

const verdict = fc.oneof(
  some<In<Verdict, 'verdict', 'passed'>>({ verdict: is('passed'), detail: text }, 'detail'),
  some<In<Verdict, 'verdict', 'failed'>>({ verdict: is('failed'), refusal }),
  some<In<Verdict, 'verdict', 'not-checked'>>({ verdict: is('not-checked'), reason }),
);
const report = some<import('../../src/domain/precheck.ts').PrecheckReport>({
  instance: verdict,
  service: verdict,
  zone: verdict,
  duplicate: verdict,
  'dry-run': verdict,
});
const checks = fc.subarray([...CHECKS]);

type Rule = import('../../src/domain/policy/rule.ts').Rule;
type Freeze = NonNullable<Rule['freezes']>[number];
const people = { users: texts, groups: texts };
const FREEZES: { readonly [K in Freeze['kind']]: fc.Arbitrary<In<Freeze, 'kind', K>> } = {
  once: some({ kind: is('once'), from: time, until: time, reason: text }, 'reason'),
  weekly: some(
    {
      kind: is('weekly'),
      days: fc.subarray([...WEEKDAYS]),
      from: fc.nat(1_439),
      until: fc.nat(1_439),
      timeZone: fc.constantFrom('UTC', 'Asia/Shanghai'),
      reason: text,
    },
    'reason',
  ),
};
const freeze = fc.oneof(...Object.values(FREEZES)) as fc.Arbitrary<Freeze>;

const rule = some<Rule>(
  {
    name: text,
    match: some(
      {
        account: texts,
        action: fc.subarray(['create', 'delete'] as const),
        instance: texts,
        requester: some(people),
        lifetime: fc.subarray([...LIFETIMES]),
      },
      'account',
      'action',
      'instance',
      'requester',
      'lifetime',
    ),
    steps: fc.array(some({ ...people, required: count }), { maxLength: 2 }),
    selfApproval: fc.boolean(),
    expiresAfterMs: time,
    reminders: some({ afterMs: time, capMs: time }),
    escalation: some({ ...people, afterMs: time }),
    emergency: some({ ...people, reviewWithinMs: time }),
    freezes: fc.array(freeze, { maxLength: 2 }),
    notify: some(people),
    approvalValidForMs: time,
    channel: text,
  },
  'reminders',
  'escalation',
  'emergency',
  'freezes',
  'notify',
  'channel',
);
const approval = some<import('../../src/domain/policy/progress.ts').Approval>(
  { by: text, at: time, groups: texts, note: text },
  'note',
);
const rosterPerson = some<import('../../src/domain/policy/roster.ts').RosterPerson>(
  { id: text, name: text, standing, outside: is(true) },
  'name',
  'outside',
);
type RosterGroup = import('../../src/domain/policy/roster.ts').RosterGroup;
const rosterGroup: fc.Arbitrary<RosterGroup> = fc.oneof(
  some<Extract<RosterGroup, { members: unknown }>>({ id: text, name: text, members: texts }, 'name'),
  some<Extract<RosterGroup, { problem: unknown }>>(
    {
      id: text,
      name: text,
      problem: fc.constantFrom('disabled', 'absent', 'missing-scope', 'rate-limited', 'unreadable' as const),
    },
    'name',
  ),
);
const roster = some<import('../../src/domain/policy/roster.ts').Roster>({
  people: fc.array(rosterPerson, { maxLength: 3 }),
  groups: fc.array(rosterGroup, { maxLength: 2 }),
});
const approvals = fc.array(approval, { maxLength: 2 });
const progress = some<import('../../src/domain/policy/progress.ts').Progress>({
  filled: count,
  required: count,
  complete: fc.boolean(),
});

const claim = some<import('../../src/domain/claim.ts').Claim>({ holder: text, since: time, until: time });
const watch = some<import('../../src/domain/request.ts').Watch>({ nextAt: time, left: count });
const sends = some<import('../../src/domain/request.ts').Sends>({
  baseline: texts,
  firstAt: time,
  attempts: count,
  setbacks: count,
  uncertain: fc.boolean(),
});
const afterwards = fc.constantFrom('resend', 'give-up' as const);
const how = fc.constantFrom('answered', 'found', 'chosen' as const);

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

const verdictOnEmergency = fc.constantFrom('in-order', 'not-in-order' as const);
type Review = import('../../src/domain/request.ts').EmergencyApproval['review'];
const REVIEWS: { readonly [S in Review['state']]: fc.Arbitrary<In<Review, 'state', S>> } = {
  due: some({ state: is('due'), until: time, reminded: count, nextAt: time }),
  done: some({ state: is('done'), by: text, at: time, verdict: verdictOnEmergency, note: text }, 'note'),
};
const emergency = some<import('../../src/domain/request.ts').EmergencyApproval>({
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
const event: fc.Arbitrary<RequestEvent> = fc.oneof(...Object.values(EVENTS));
const told = some<RequestRecord['untold'][number]>({ at: time, event });

const about: fc.Arbitrary<Outgoing['about']> = fc.oneof(
  some<In<Outgoing['about'], 'kind', 'card'>>({ kind: is('card') }),
  some<In<Outgoing['about'], 'kind', 'copy'>>({ kind: is('copy') }),
  some<In<Outgoing['about'], 'kind', 'result'>>({ kind: is('result') }),
  some<In<Outgoing['about'], 'kind', 'thread'>>({ kind: is('thread'), told: fc.array(told, { maxLength: 2 }) }),
  some<In<Outgoing['about'], 'kind', 'notice'>>({ kind: is('notice'), told }),
  some<In<Outgoing['about'], 'kind', 'audit-line'>>({ kind: is('audit-line'), told }),
  some<In<Outgoing['about'], 'kind', 'alert'>>({ kind: is('alert'), told }),
  some<In<Outgoing['about'], 'kind', 'answer'>>({ kind: is('answer'), command: text, refusal: clickRefusal }),
  some<In<Outgoing['about'], 'kind', 'receipt'>>({
    kind: is('receipt'),
    command: fc.constantFrom(
      'edit',
      'approve',
      'approve-alone',
      'remind',
      'review',
      'reject',
      'cancel',
      'retry',
      'accept-connection',
      'choose-endpoint',
    ),
    seq: count,
  }),
);
const to: fc.Arbitrary<Outgoing['to']> = fc.oneof(
  some<In<Outgoing['to'], 'kind', 'channel'>>({ kind: is('channel'), channel: text }),
  some<In<Outgoing['to'], 'kind', 'card-thread'>>({ kind: is('card-thread') }),
  some<In<Outgoing['to'], 'kind', 'person'>>({ kind: is('person'), user: text }),
  some<In<Outgoing['to'], 'kind', 'ephemeral'>>(
    { kind: is('ephemeral'), user: text, channel: text, responseUrl: text },
    'channel',
    'responseUrl',
  ),
);
const delivery: fc.Arbitrary<Outgoing['delivery']> = fc.oneof(
  some<In<Outgoing['delivery'], 'state', 'wanted'>>({ state: is('wanted'), notBefore: time, failures: count }),
  some<In<Outgoing['delivery'], 'state', 'claimed'>>(
    { state: is('claimed'), claim, failures: count, lookAt: time, asked: is(true) },
    'asked',
  ),
  some<In<Outgoing['delivery'], 'state', 'sent'>>(
    {
      state: is('sent'),
      channel: text,
      ts: text,
      hash: text,
      shows: count,
      notBefore: time,
      failures: count,
      sureAt: time,
      doubtedAt: time,
      permalink: text,
      strayUntil: time,
      updating: some({ holder: text, until: time }),
    },
    'doubtedAt',
    'hash',
    'shows',
    'permalink',
    'strayUntil',
    'updating',
  ),
);
const outgoing = some<Outgoing>(
  { key: text, about, to, plain: some<Plain>({ until: time, times: count }), delivery },
  'plain',
);

export const recordOf = (request: fc.Arbitrary<Request>): fc.Arbitrary<RequestRecord> =>
  some<RequestRecord>(
    {
      schema: is(1),
      request,
      outgoing: fc.array(outgoing, { maxLength: 3 }),
      untold: fc.array(told, { maxLength: 3 }),
      messages: count,
      audit: some({ count, head: text }),
      locales: fc.dictionary(fc.stringMatching(/^U[A-Z0-9]{3,8}$/), fc.constantFrom('en', 'zh-CN'), {
        noNullPrototype: true,
      }),
    },
    'locales',
  );

const COMMANDS: { readonly [K in PersonCommand['kind']]: fc.Arbitrary<In<PersonCommand, 'kind', K>> } = {
  submit: some({ kind: is('submit'), id: requestId, by: text, asked, origin: text }, 'origin'),
  edit: some({ kind: is('edit'), by: text, revision: count, asked }),
  approve: some({ kind: is('approve'), by: text, revision: count, note: text }, 'note'),
  'approve-alone': some({ kind: is('approve-alone'), by: text, revision: count, reason: text }),
  remind: some({ kind: is('remind'), by: text, revision: count }),
  review: some({ kind: is('review'), by: text, revision: count, verdict: verdictOnEmergency, note: text }, 'note'),
  reject: some({ kind: is('reject'), by: text, revision: count, reason: text }),
  cancel: some({ kind: is('cancel'), by: text, revision: count }),
  retry: some({ kind: is('retry'), by: text, revision: count }),
  'repost-card': some({ kind: is('repost-card'), by: text, revision: count }),
  'accept-connection': some({ kind: is('accept-connection'), by: text, revision: count }),
  'choose-endpoint': some({ kind: is('choose-endpoint'), by: text, revision: count, endpoint: text }, 'endpoint'),
};

export const entries: fc.Arbitrary<InboxEntry> = some<InboxEntry>(
  {
    commandId: text,
    command: fc.oneof(...Object.values(COMMANDS)) as fc.Arbitrary<PersonCommand>,
    at: time,
    channel: text,
    responseUrl: text,
    card: some({ channel: text, ts: text }),
  },
  'channel',
  'responseUrl',
  'card',
);

export const auditOf = (of: fc.Arbitrary<RequestEvent>): fc.Arbitrary<AuditEntry> =>
  some<AuditEntry>(
    {
      request: requestId,
      seq: count,
      revision: count,
      now: time,
      wall: time,
      commandId: text,
      run: text,
      event: of,
      previous: text,
      hash: text,
    },
    'commandId',
  );
