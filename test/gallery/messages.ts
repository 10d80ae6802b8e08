/** Every message that a request owes somebody, drawn as the announcer draws it. */
import { outgoingMessage } from '../../src/adapters/slack/blocks/outgoing.ts';
import { announce } from '../../src/application/announce.ts';
import type { About, Destination, Outgoing, RequestRecord, Told } from '../../src/application/record.ts';
import type { Locale } from '../../src/domain/locale.ts';
import type { ClickRefusal } from '../../src/domain/refusals.ts';
import type { Request } from '../../src/domain/request.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { ANSWERS, COMMANDS, ON_CARD } from './answers.ts';
import { CHANNELS, HERE } from './asked.ts';
import { by, pending, succeeded } from './builders.ts';
import { happenings } from './happenings.ts';
import { flattened, keysOf } from './named.ts';
import type { Pen } from './pen.ts';
import type { Rendering, Role } from './rendering.ts';
import { REQUESTS } from './requests.ts';

interface Sample {
  readonly state: string;
  readonly request: Request;
  readonly about: About;
  readonly to: Destination;
  readonly role: Role;
  readonly plain?: boolean;
}

/** A new kind of message does not compile without its samples. */
const SAMPLES: { readonly [K in About['kind']]: (pen: Pen) => readonly Sample[] } = {
  card: (pen) => cards(pen, 'card', approvalsChannel),
  copy: (pen) => cards(pen, 'copy', { kind: 'person', user: by(pen) }),
  result: (pen) =>
    Object.entries(REQUESTS.succeeded(pen)).map(([state, request]) => {
      const { channel } = request.asked;
      const to = channel === undefined ? person(request) : ({ kind: 'channel', channel } as const);
      return { state, request, about: { kind: 'result' }, to, role: roleIn(to) };
    }),
  thread: (pen) => [...singleReplies(pen), ...longReplies(pen)],
  notice: announced('notice'),
  'audit-line': announced('audit-line'),
  alert: announced('alert'),
  answer: (pen) =>
    keysOf(COMMANDS).flatMap((command) =>
      flattened<{ readonly role: Role; readonly refusal: ClickRefusal }>(ANSWERS, pen).map(
        ([name, { role, refusal }]) => ({
          state: `${name} to ${command}`,
          request: pending(pen),
          about: { kind: 'answer', command, refusal },
          to: { kind: 'ephemeral', user: pen.requester, channel: CHANNELS.approvals },
          role,
        }),
      ),
    ),
  receipt: (pen) =>
    keysOf(ON_CARD).map((command) => ({
      state: command,
      request: pending(pen),
      about: { kind: 'receipt', command, seq: 1 },
      to: { kind: 'ephemeral', user: pen.requester, channel: CHANNELS.approvals },
      role: 'approver',
    })),
};

/** In each state, with its buttons and without. */
function cards(pen: Pen, kind: 'card' | 'copy', to: Destination): readonly Sample[] {
  return flattened<Request>(REQUESTS, pen).flatMap(([state, request]) => {
    const card = { request, about: { kind }, to, role: kind === 'card' ? 'everyone' : 'approver' } as const;
    return [
      { ...card, state },
      { ...card, state: `${state} without blocks`, plain: true },
    ];
  });
}

export function* messageRenderings(pen: Pen): Iterable<Rendering> {
  for (const kind of keysOf(SAMPLES)) {
    for (const sample of SAMPLES[kind](pen)) yield drawn(sample, pen);
  }
}

const approvalsChannel: Destination = { kind: 'channel', channel: CHANNELS.approvals };
const person = ({ requester }: Request): Destination => ({ kind: 'person', user: requester });
const roleIn = ({ kind }: Destination): Role =>
  kind === 'channel' || kind === 'card-thread' ? 'everyone' : 'requester';

/** Those messages of a kind that an event calls for. */
function announced(kind: About['kind']) {
  return (pen: Pen): readonly Sample[] =>
    happenings(pen).flatMap(({ name, event, after }) =>
      announce(after, event, pen.at, CHANNELS)
        .messages.filter(({ about }) => about.kind === kind)
        .map(({ about, to }) => ({ state: name, request: after, about, to, role: roleIn(to) })),
    );
}

function singleReplies(pen: Pen): readonly Sample[] {
  return happenings(pen)
    .filter(({ event, after }) => announce(after, event, pen.at, CHANNELS).thread)
    .map(({ name, event, after }) => ({ ...reply([{ at: pen.at, event }]), state: name, request: after }));
}

/** Whatever is due together is one reply; after a long silence of Slack's that is a lot. */
function longReplies(pen: Pen): readonly Sample[] {
  const told = happenings(pen).map(({ event }): Told => ({ at: pen.at, event }));
  const times = Math.max(1, Math.floor(pen.many(1) / 100));
  return [
    { ...reply(Array.from({ length: times }, () => told).flat()), state: 'all at once', request: succeeded(pen) },
  ];
}

const reply = (told: readonly Told[]) =>
  ({ about: { kind: 'thread', told }, to: { kind: 'card-thread' }, role: 'everyone' }) as const;

function drawn({ state, request, about, to, role, plain = false }: Sample, pen: Pen): Rendering {
  const { locale, name } = pen;
  const outgoing: Outgoing = { key: about.kind, about, to, delivery: { state: 'wanted', notBefore: 0, failures: 0 } };
  // Whoever reads it has another language than the others: nobody must get theirs.
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const toOne = to.kind === 'person' || to.kind === 'ephemeral';
  const locales = { [request.requester]: other, ...(toOne ? { [to.user]: locale } : {}) };
  const record = { ...recordOf(request, outgoing, pen), locales };
  const accounts = new Map([[pen.account, { region: 'cn-hangzhou' }]]);
  return {
    id: [about.kind, state, to.kind, locale, name].join(' · '),
    surface: about.kind,
    state,
    locale,
    role,
    text: pen.text,
    message: outgoingMessage(outgoing, record, plain, { accounts, locale: toOne ? other : locale }),
    facts: facts(about, request, pen),
    ...(about.kind === 'card' || about.kind === 'copy' ? { mayCall: calledOn(request) } : {}),
    foreign: pen.foreign,
  };
}

/** With its card, as soon as there can be one. */
function recordOf(request: Request, outgoing: Outgoing, pen: Pen): RequestRecord {
  const early = request.status === 'checking' || request.status === 'refused' || request.status === 'checked';
  const card: Outgoing = {
    key: 'card',
    about: { kind: 'card' },
    to: approvalsChannel,
    delivery: {
      state: 'sent',
      channel: CHANNELS.approvals,
      ts: '1772439300.000100',
      notBefore: 0,
      failures: 0,
      sureAt: 0,
      ...(pen.link === '' ? {} : { permalink: pen.link }),
    },
  };
  const messages = early && request.revision === pen.revision ? [outgoing] : [card, outgoing];
  return { schema: 1, request, outgoing: messages, untold: [], messages: 1, audit: { count: 0, head: '' } };
}

/** A card names everybody in words but for those who asked or acted, and whom the rule wants told. */
function calledOn(request: Request): readonly string[] {
  const notify = request.status === 'pending' ? request.rule.notify : undefined;
  const emergency = 'emergency' in request ? request.emergency : undefined;
  return [
    request.requester,
    ...('approvals' in request ? request.approvals.map(({ by: giver }) => giver) : []),
    ...('by' in request ? [request.by] : []),
    ...(emergency === undefined ? [] : [emergency.by]),
    ...(emergency?.review.state === 'done' ? [emergency.review.by] : []),
    ...(notify === undefined ? [] : [...notify.users, ...notify.groups]),
  ];
}

function facts(about: About, request: Request, pen: Pen): readonly string[] {
  const { card } = messagesFor(pen.locale);
  const { instanceId, serviceId, zoneId } = request.asked.operation;
  const endpoint = request.status === 'succeeded' ? [request.endpoint.id, request.endpoint.domain] : [];
  switch (about.kind) {
    case 'card':
    case 'copy':
      return [card.headline(request), ...[instanceId, serviceId, zoneId, ...endpoint].map(pen.kept)];
    case 'result':
      return [instanceId, ...endpoint, serviceId, zoneId].map(pen.kept);
    case 'notice':
    case 'audit-line':
      return about.told.event.type === 'result-channel-closed' ? [`<#${HERE}>`] : [request.id];
    case 'alert':
      return [request.id, pen.kept(instanceId), pen.kept(pen.endpoint(1))];
    case 'thread':
    case 'answer':
    case 'receipt':
      return [];
  }
}
