/** What one person is told at once: by the slash command, and when something could not be taken. */
import { findingsMessages } from '../../src/adapters/slack/blocks/findings.ts';
import type { Finding } from '../../src/domain/doctor/findings.ts';
import type { Request } from '../../src/domain/request.ts';
import type { DoctorWords } from '../../src/messages/doctor.ts';
import type { HelpMessages } from '../../src/messages/help.ts';
import type { Messages } from '../../src/messages/messages.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import type { ModalMessages } from '../../src/messages/modals.ts';
import { code } from '../../src/messages/mrkdwn.ts';
import { ROLE_OF } from './answers.ts';
import { CHANNELS, REQUEST } from './asked.ts';
import { pending } from './builders.ts';
import { FINDINGS } from './findings.ts';
import { flattened, keysOf } from './named.ts';
import type { Pen } from './pen.ts';
import { STANDINGS } from './problems.ts';
import type { Rendering, Role } from './rendering.ts';
import { REQUESTS } from './requests.ts';

const COMMAND = '/vpc-endpoint';

type Whisper = readonly [state: string, role: Role, text: string];
/** A room's sentences, each with what the listeners say of it. */
type Whispers<Room> = { readonly [K in keyof Room]: (words: Room, pen: Pen, all: Messages) => readonly Whisper[] };

const HELP: Whispers<HelpMessages> = {
  help: ({ help }, { word }) => [
    ['help', 'member', help(COMMAND)],
    ['help for a misspelt word', 'member', help(COMMAND, word('creat'), 'create')],
    ['help for another word', 'member', help(COMMAND, word('frobnicate'))],
  ],
  showWhat: ({ showWhat }) => [['show what', 'member', showWhat(COMMAND)]],
  shown: ({ shown }, pen, { card }) => {
    const about = ({ id, requester, asked, ...rest }: Request) => {
      const headline = card.headline({ id, requester, asked, ...rest });
      return { id, requester, operation: asked.operation, headline };
    };
    const channel = CHANNELS.approvals;
    return [
      ...flattened<Request>(REQUESTS, pen).map(([state, request]): Whisper => {
        return [`show ${state}`, 'member', shown({ ...about(request), card: { channel, permalink: pen.link } })];
      }),
      ['show, card without a link', 'member', shown({ ...about(pending(pen)), card: { channel } })],
      ['show, no card', 'member', shown(about(pending(pen)))],
    ];
  },
  shownTooEarly: ({ shownTooEarly }) => [['show too early', 'member', shownTooEarly(REQUEST.own)]],
  noSuchRequest: ({ noSuchRequest }) => [['show nothing', 'member', noSuchRequest(REQUEST.own)]],
  notLoaded: ({ notLoaded }) => [['show, not loaded', 'member', notLoaded]],
};

const CLICKS: { readonly [K in keyof ModalMessages['clicks']]: Role } = {
  notStored: 'approver',
  notLoaded: 'requester',
  unknownButton: 'approver',
  unreadableButton: 'approver',
  formNotOpened: 'approver',
};

/** The doctor's words that are messages of their own. */
const DOCTOR: { readonly [K in keyof DoctorWords as DoctorWords[K] extends string ? K : never]: Role | undefined } = {
  looking: 'admin',
  notAdmin: 'member',
  adminUnknown: 'admin',
  failed: 'admin',
  // These two stand above the parts of a finding.
  why: undefined,
  mend: undefined,
};

export function* whisperRenderings(pen: Pen): Iterable<Rendering> {
  const all = messagesFor(pen.locale);
  const { help, modals, doctor, clicks } = all;
  for (const key of keysOf(HELP)) {
    for (const whisper of HELP[key](help, pen, all)) yield said('whisper', whisper, pen);
  }
  for (const key of keysOf(CLICKS)) yield said('whisper', [`click, ${key}`, CLICKS[key], modals.clicks[key]], pen);
  for (const standing of keysOf(STANDINGS).filter((each) => each !== 'member')) {
    for (const command of ['submit', 'show']) {
      const text = clicks.answer({ kind: 'standing', standing }, command);
      yield said('whisper', [`${command} by ${standing}`, ROLE_OF[standing], text], pen);
    }
  }
  const again = code(`${COMMAND} create ${pen.instance} ${pen.service} ${pen.zone}`, 300);
  yield said('whisper', ['create, not opened', 'requester', modals.createNotOpened(again)], pen);
  yield said('whisper', ['not installed', 'stranger', modals.notInstalled], pen);
  yield said('whisper', ['unreadable', 'approver', modals.unreadable], pen);
  for (const key of keysOf(DOCTOR)) {
    const role = DOCTOR[key];
    if (role !== undefined) yield said('doctor', [key, role, doctor[key]], pen);
  }
  yield* examinations(doctor, pen);
}

function* examinations(words: DoctorWords, pen: Pen): Iterable<Rendering> {
  const findings = flattened<Finding>(FINDINGS, pen);
  const cases: readonly (readonly [string, readonly Finding[]])[] = [
    ...findings.map(([name, finding]) => [name, [finding]] as const),
    ['everything at once', findings.map(([, finding]) => finding)],
  ];
  for (const [name, found] of cases) {
    for (const [index, text] of findingsMessages(found, words).entries()) {
      yield said('doctor', [index === 0 ? name : `${name}, continued`, 'admin', text], pen);
    }
  }
}

function said(surface: 'whisper' | 'doctor', [state, role, text]: Whisper, { locale, name, ...pen }: Pen): Rendering {
  const id = [surface, state, locale, name].join(' · ');
  return {
    id,
    surface,
    state,
    locale,
    role,
    text: pen.text,
    message: { text, blocks: [] },
    facts: [],
    foreign: pen.foreign,
  };
}
