/** The gallery's forms and searched lists: empty, filled in, and with whatever can be wrong beside each field. */
import type { ModalView } from '@slack/types';
import { formErrors } from '../../src/adapters/slack/listeners/views/form-errors.ts';
import { choiceOption } from '../../src/adapters/slack/modals/choice-option.ts';
import { chooseEndpointModal } from '../../src/adapters/slack/modals/choose-endpoint.ts';
import { createEndpointModal } from '../../src/adapters/slack/modals/create-endpoint.ts';
import {
  approveAloneModal,
  approveRequestModal,
  rejectRequestModal,
  reviewRequestModal,
} from '../../src/adapters/slack/modals/decision-forms.ts';
import { editRequestModal } from '../../src/adapters/slack/modals/edit-request.ts';
import type { Choice } from '../../src/application/choices.ts';
import type { FormField, FormProblem } from '../../src/application/form.ts';
import type { CloudIdKind, IdProblem } from '../../src/domain/ids.ts';
import type { Messages } from '../../src/messages/messages.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import type { ModalMessages } from '../../src/messages/modals.ts';
import { asked, CHANNELS, HERE, REQUEST } from './asked.ts';
import { flattened, keysOf, type Member, type Named } from './named.ts';
import type { Pen } from './pen.ts';
import { listing } from './problems.ts';
import type { Rendering, Role } from './rendering.ts';

/** Whatever has a title is a form: a new one does not compile without its samples. */
type Form = {
  [K in keyof ModalMessages]: ModalMessages[K] extends { readonly title: string } ? K : never;
}[keyof ModalMessages];

interface Sample {
  readonly role: Role;
  readonly view: ModalView;
}

const FORMS: { readonly [F in Form]: (pen: Pen, words: ModalMessages) => Named<Sample> } = {
  create: (pen, words) => {
    const form = { metadata: { request: REQUEST.own, origin: HERE }, typed: {}, account: undefined } as const;
    const typed = { instance: pen.instance, service: pen.service, zone: pen.zone.slice(0, 75) };
    const view = (over: object, named = false): Sample => ({
      role: 'requester',
      view: createEndpointModal({ ...form, accounts: [pen.account], ...over }, known(pen, named), words),
    });
    return {
      'one account': view({}),
      'several accounts': view({ accounts: [pen.account, 'another', ...pen.accounts] }),
      'what was typed': view({ typed, account: pen.account, accounts: [pen.account, 'another'] }),
      'what was typed, by name': view({ typed }, true),
      'ask again': view({ typed, account: pen.account, before: asked(pen, { channel: HERE }) }, true),
      'from a direct message': view({ metadata: { request: REQUEST.own, origin: 'D0ANN' } }),
    };
  },
  edit: (pen, words) => {
    const form = { metadata: clicked(pen), asked: asked(pen, { channel: HERE }), accounts: pen.accounts };
    return {
      '': { role: 'requester', view: editRequestModal(form, known(pen, true), words) },
      'unknown ids': { role: 'requester', view: editRequestModal({ ...form, accounts: [] }, known(pen, false), words) },
    };
  },
  reject: (pen, words) => ({ '': { role: 'approver', view: rejectRequestModal(clicked(pen), words) } }),
  approve: (pen, words) => ({ '': { role: 'approver', view: approveRequestModal(clicked(pen), words) } }),
  approveAlone: (pen, words) => ({ '': { role: 'approver', view: approveAloneModal(clicked(pen), words) } }),
  review: (pen, words) => ({ '': { role: 'approver', view: reviewRequestModal(clicked(pen), words) } }),
  choose: (pen, words) => ({
    '': { role: 'requester', view: chooseEndpointModal(clicked(pen), listing(2, pen), words) },
    'in a menu': { role: 'approver', view: chooseEndpointModal(clicked(pen), listing(12, pen), words) },
  }),
};

const clicked = (pen: Pen) => ({
  request: REQUEST.own,
  revision: pen.revision,
  channel: CHANNELS.approvals,
  responseUrl: `https://hooks.slack.com/actions/${'x'.repeat(pen.many(60))}`,
  card: { channel: CHANNELS.approvals, ts: '1772439300.000100' },
});

const known =
  (pen: Pen, named: boolean) =>
  (kind: 'instance' | 'service', id: string): Choice | undefined =>
    named ? { id, name: kind === 'instance' ? pen.instanceName : pen.serviceName } : undefined;

const KINDS: Readonly<Record<CloudIdKind, true>> = { instance: true, service: true, zone: true };
const ID_PROBLEMS: Readonly<Record<IdProblem, true>> = { missing: true, masked: true, malformed: true };

/** What is wrong with a form, and beside which field. */
const PROBLEMS: {
  readonly [K in FormProblem['kind']]: (pen: Pen) => Named<readonly [FormField, Member<FormProblem, 'kind', K>]>;
} = {
  id: () =>
    Object.fromEntries(
      keysOf(KINDS).flatMap((of) =>
        keysOf(ID_PROBLEMS).map((problem) => [`${of} ${problem}`, [of, { kind: 'id', of, problem }]] as const),
      ),
    ),
  'no-account': () => ({ '': ['account', { kind: 'no-account' }] }),
  'unknown-account': () => ({ '': ['account', { kind: 'unknown-account', account: 'gone' }] }),
  'no-reason': () => ({ '': ['reason', { kind: 'no-reason' }] }),
  'zone-not-offered': (pen) => ({
    '': ['zone', { kind: 'zone-not-offered', zone: pen.zone, offered: pen.zones }],
    none: ['zone', { kind: 'zone-not-offered', zone: pen.zone, offered: [] }],
  }),
};

/** What stands beside the first field of a form that could not be taken as a whole. */
const WHOLE: Readonly<Record<Form, readonly (readonly [string, (modals: ModalMessages) => string])[]>> = (() => {
  const any = [
    ['not stored', ({ problems }: ModalMessages) => problems.notStored],
    ['no such request', ({ problems }: ModalMessages) => problems.noSuchRequest],
    ['an old form', ({ problems }: ModalMessages) => problems.oldForm],
    ['unreadable', ({ unreadable }: ModalMessages) => unreadable],
    ['not installed', ({ notInstalled }: ModalMessages) => notInstalled],
  ] as const;
  return {
    create: [...any, ['sent before', ({ problems }) => problems.sentBefore]],
    edit: any,
    reject: [...any, ['no reason', ({ problems }) => problems.noReasonToReject]],
    approve: any,
    approveAlone: [...any, ['no reason', ({ problems }) => problems.noReasonToActAlone]],
    review: [...any, ['no verdict', ({ problems }) => problems.noVerdict]],
    choose: [...any, ['no choice', ({ problems }) => problems.noChoice]],
  };
})();

export function* formRenderings(pen: Pen): Iterable<Rendering> {
  const { modals } = messagesFor(pen.locale);
  for (const form of keysOf(FORMS)) {
    const samples = Object.entries(FORMS[form](pen, modals));
    for (const [name, sample] of samples) yield shown(`${form} ${name}`.trim(), sample, {}, pen);
    const [first] = samples;
    if (first === undefined) continue;
    for (const [name, sentence] of WHOLE[form]) {
      yield shown(`${form}: ${name}`, first[1], { [firstField(first[1].view)]: sentence(modals) }, pen);
    }
  }
  const { 'one account': one, 'several accounts': several } = FORMS.create(pen, modals);
  const forms = { one: [one, [pen.account]], several: [several, [pen.account, 'another', ...pen.accounts]] } as const;
  for (const [name, [field, problem]] of flattened<readonly [FormField, FormProblem]>(PROBLEMS, pen)) {
    for (const count of keysOf(forms)) {
      const [sample, accounts] = forms[count];
      if (sample === undefined) continue;
      const errors = formErrors(new Map([[field, problem]]), accounts, modals);
      yield shown(`create, accounts: ${count}: ${name}`, sample, errors, pen);
    }
  }
}

const firstField = ({ blocks }: ModalView): string => blocks.find(({ type }) => type === 'input')?.block_id ?? '';

function shown(state: string, { role, view }: Sample, errors: Readonly<Record<string, string>>, pen: Pen): Rendering {
  const { locale, name, text, foreign } = pen;
  return {
    id: ['modal', state, locale, name].join(' · '),
    surface: 'modal',
    state,
    locale,
    role,
    text,
    view,
    errors,
    facts: [],
    foreign,
  };
}

/** As the searched lists offer them: what can't be used, what has no name, what another account has. */
export function* optionRenderings(pen: Pen): Iterable<Rendering> {
  const { modals }: Messages = messagesFor(pen.locale);
  const { locale, name: hand, text, foreign } = pen;
  const choices = (id: string, name: string): readonly Choice[] => {
    const variants: readonly Choice[] = [
      { id, name },
      { id, name: '' },
      { id, name, unusable: pen.word('inactive') },
      { id, name, account: pen.account },
      { id, name: '', account: pen.account, unusable: pen.word('inactive') },
    ];
    const more = Math.max(1, Math.floor(pen.many(1) / 15));
    return Array.from({ length: more }, () => variants).flat();
  };
  const lists: Readonly<Record<CloudIdKind, readonly Choice[]>> = {
    instance: choices(pen.instance, pen.instanceName),
    service: choices(pen.service, pen.serviceName),
    // The lists leave out what no option can carry.
    zone: pen.zones.slice(0, 100).map((id) => ({ id: id.slice(0, 75), name: '' })),
  };
  for (const kind of keysOf(lists)) {
    yield {
      id: ['options', kind, locale, hand].join(' · '),
      surface: 'options',
      state: kind,
      locale,
      role: 'requester',
      text,
      options: lists[kind].map((choice) => choiceOption(choice, modals)),
      facts: kind === 'zone' ? [] : lists[kind].map(({ id }) => id),
      foreign,
    };
  }
}
