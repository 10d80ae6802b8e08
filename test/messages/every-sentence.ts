/** Everything that a catalogue says, with where it is said: of every event, status, refusal and failure, with every optional fact there or not. */
import fc from 'fast-check';
import { CODES, type FailureReason, judgeProblem } from '../../src/domain/cloud-errors.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { progressOf } from '../../src/domain/policy/progress.ts';
import type { Roster, RosterTrouble } from '../../src/domain/policy/roster.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import type { ClickRefusal } from '../../src/domain/refusals.ts';
import type { Request, Status } from '../../src/domain/request.ts';
import type { Messages } from '../../src/messages/messages.ts';
import { namesIn } from '../../src/messages/names-in.ts';
import { EVENTS } from '../support/arbitrary/events.ts';
import { REQUESTS } from '../support/arbitrary/requests.ts';
import { ALICE, ASKED, answered, BOB, ID, OTHER, T0 } from '../support/samples.ts';

export type Said = readonly [where: string, sentence: string];

const LINK = 'https://acme.slack.com/archives/C1/p1';
const EACH = { seed: 1, numRuns: 12 };

/** What people and the cloud write is one plain word, so that all else is the catalogue's own. */
function plain<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (/^[\w.:*-]+$/.test(value) ? value : 'ep-1') as T;
  if (Array.isArray(value))
    return (value.length === 0 && key === 'users' ? [ALICE] : value.map((one) => plain(one))) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, name)])) as T;
}

const samples = <T>(of: fc.Arbitrary<T>): readonly T[] => fc.sample(of, EACH).map((one) => plain(one));

const SAMPLE_REQUESTS: readonly Request[] = (Object.keys(REQUESTS) as Status[]).flatMap((status) =>
  samples<Request>(REQUESTS[status]),
);
const SAMPLE_EVENTS: readonly RequestEvent[] = (Object.keys(EVENTS) as RequestEvent['type'][]).flatMap((type) =>
  samples<RequestEvent>(EVENTS[type]),
);
const REFUSALS: readonly ClickRefusal[] = samples(
  fc.array(EVENTS['attempt-refused'], { minLength: 60, maxLength: 60 }),
).flatMap((all) => all.map(({ refusal }) => refusal));

const REASONS: readonly FailureReason[] = [
  ...new Set(Object.keys(CODES).map((key) => judgeProblem(answered(key.replace('*', 'X'))).reason)),
  'outcome-unclear',
  'no-credentials',
  'cloud-unreachable',
  'call-window-over',
  'refused-otherwise',
];

/** Sentences that are no functions, wherever they stand. */
function fixed(value: unknown, where: string): readonly Said[] {
  if (typeof value === 'string') return [[where, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => fixed(inner, `${where}.${name}`));
}

function all(where: string, ...sentences: readonly (string | readonly string[] | undefined)[]): readonly Said[] {
  return sentences.flatMap((each) => (each === undefined ? [] : [each].flat().map((one) => [where, one] as const)));
}

function aboutRequest(request: Request, messages: Messages): readonly Said[] {
  const { card, connection, result } = messages;
  const { operation } = request.asked;
  return [
    ...all('card', card.title(operation), card.headline(request), card.asked(request), card.footer(request)),
    ...all('card', card.lifetime(request.asked.lifetime), card.mode(request.asked.mode), card.plainHint(request)),
    ...('rule' in request ? aboutApproval(request, messages) : []),
    ...(request.status === 'approved' ? all('card.waiting', card.waiting(request)) : []),
    ...(request.status === 'needs-attention' ? all('card.candidates', card.candidates(request)) : []),
    ...(request.status === 'succeeded'
      ? [
          ...all('card.outcome', card.outcome(request)),
          ...all('connection', connection.progress(request), connection.advice(request)),
          ...all('result', result.headline(request), result.details(request), result.usage(request)),
        ]
      : []),
  ];
}

/** By name and, where Slack told none, by id. */
const ROSTER: Roster = {
  people: [{ id: ALICE, name: 'Alice', standing: 'member' }],
  groups: [{ id: 'SOPS', name: 'ops', members: [ALICE] }],
};

const STANDINGS = ['guest', 'bot', 'stranger', 'deactivated', 'unknown'] as const;
const GROUP_PROBLEMS = ['disabled', 'absent', 'empty', 'missing-scope', 'rate-limited', 'unreadable'] as const;
const TROUBLES: readonly RosterTrouble[] = [
  ...STANDINGS.map((standing): RosterTrouble => ({ kind: 'person', user: ALICE, standing })),
  ...GROUP_PROBLEMS.map((problem): RosterTrouble => ({ kind: 'group', group: 'SOPS', problem })),
];

function aboutApproval(request: Extract<Request, { rule: Rule }>, { policy }: Messages): readonly Said[] {
  const { rule } = request;
  const names = namesIn(request.status === 'pending' ? request.roster : ROSTER);
  const approvals = 'approvals' in request ? request.approvals : [];
  const progress = progressOf(rule, approvals);
  return [
    ...all('policy', policy.rule(rule), policy.progress(progress, approvals), ...approvals.map(policy.note)),
    ...rule.steps.flatMap((step) =>
      all('policy', policy.step(step, undefined, true, names), policy.step(step, progress, false, names)),
    ),
    ...('emergency' in request && request.emergency ? all('policy', policy.emergency(request.emergency)) : []),
    ...(request.before === undefined ? [] : all('policy', policy.edited(2, request.before, request.asked))),
  ];
}

function aboutPolicy({ policy }: Messages): readonly Said[] {
  const people = { users: [ALICE, BOB], groups: ['SOPS'] };
  return [ROSTER, undefined]
    .map(namesIn)
    .flatMap((names) => [
      ...all('policy', policy.step({ users: [ALICE], groups: [], required: 1 }, undefined, false, names)),
      ...all('policy', policy.mayStill([ALICE, BOB], names), policy.told(people, [ALICE], names), policy.until(T0)),
      ...all('policy', policy.escalates(T0, people, names), policy.escalated(T0)),
      ...all('policy', policy.frozen(T0, 'x'), policy.frozen(T0, undefined)),
      ...TROUBLES.flatMap((trouble) => all(`policy: ${trouble.kind}`, policy.trouble(trouble, names))),
    ]);
}

function aboutEvent(event: RequestEvent, request: Request, { events, notices, operators }: Messages): readonly Said[] {
  const facts = { request, card: LINK };
  const where = (room: string): string => `${room}: ${event.type}`;
  const isAlert = event.type === 'refused' && event.refusal.kind === 'dry-run-created';
  return [
    ...all(where('events'), events.line(event, request)),
    ...all(where('notices'), notices.paragraphs(event, facts)),
    ...all(where('operators'), operators.auditLine(event, facts)),
    ...(isAlert ? all(where('operators'), operators.alert(event, facts)) : []),
  ];
}

function aboutForms({ modals, help, card }: Messages): readonly Said[] {
  const { problems } = modals;
  const ids = (['instance', 'service', 'zone'] as const).flatMap((of) =>
    (['missing', 'masked', 'malformed'] as const).map((problem) => problems.id(of, problem)),
  );
  const shown = { id: ID, headline: card.labels.zone, requester: ALICE, operation: ASKED.operation };
  return [
    ...all('modals', ...ids, problems.unknownAccount(['x', 'y']), modals.choose.created('2026'), modals.unusable('x')),
    ...all('modals', problems.zoneNotOffered('z', []), problems.zoneNotOffered('z', ['x', 'y'])),
    ...all('modals', modals.createNotOpened('`/vpc-endpoint create`')),
    ...all('help', help.help('/vpc-endpoint').split('\n')),
    ...all('help', help.help('/vpc-endpoint', 'x', 'show').split('\n'), help.showWhat('/vpc-endpoint')),
    ...all('help', help.shown({ ...shown, card: { channel: 'C1' } }).split('\n'), help.shownTooEarly(ID)),
    ...all('help', help.shown({ ...shown, card: { channel: 'C1', permalink: LINK } }), help.noSuchRequest(ID)),
    ...all('card', card.labelled(card.labels.zone, 'x')),
  ];
}

/** What has no words of its own: an empty detail of a card, a quotation, an id. */
const WORDLESS = /^(> .*|```[^`]*```|)$/;

export function everySentence(messages: Messages): readonly Said[] {
  const { failures, refusals, clicks } = messages;
  const said: readonly Said[] = [
    ...fixed(messages, ''),
    ...REASONS.flatMap((reason) => all(`failures: ${reason}`, failures.written(failures.explain(reason)))),
    ...REASONS.flatMap((reason) => all(`failures: ${reason}`, failures.brief(reason))),
    ...all('failures', failures.explain('access-denied', { ...answered('Forbidden'), missingAction: 'a:B' }).next),
    ...REFUSALS.flatMap((refusal) => all(`clicks: ${refusal.kind}`, clicks.answer(refusal, 'approve'))),
    ...all('clicks: receipt', clicks.receipt('approve')),
    ...all('clicks', clicks.answer({ kind: 'target-taken', by: OTHER, link: LINK }, 'else')),
    ...SAMPLE_REQUESTS.flatMap((request) => aboutRequest(request, messages)),
    ...SAMPLE_EVENTS.flatMap((event, index) => {
      const request = SAMPLE_REQUESTS[index % SAMPLE_REQUESTS.length];
      return request === undefined ? [] : aboutEvent(event, request, messages);
    }),
    ...SAMPLE_EVENTS.flatMap((event) => {
      const refusal = event.type === 'refused' ? event.refusal : event.type === 'failed' ? event.failure : undefined;
      if (refusal === undefined) return [];
      const written = failures.written(refusals.explain(refusal, ASKED.operation));
      return all(`refusals: ${refusal.kind}`, written, refusals.brief(refusal, ASKED.operation));
    }),
    ...aboutPolicy(messages),
    ...aboutForms(messages),
  ];
  return said.filter(([, sentence]) => !WORDLESS.test(sentence));
}
