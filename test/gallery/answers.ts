/** The gallery's clicks that change nothing: every reason for every command, told to whom. */
import type { OnCard, PersonCommand } from '../../src/domain/commands.ts';
import type { ClickRefusal, Standing } from '../../src/domain/refusals.ts';
import type { Status } from '../../src/domain/request.ts';
import { approvals, asked, elsewhere, REQUEST } from './asked.ts';
import { by } from './builders.ts';
import { each, keysOf, type Member, type Named } from './named.ts';
import type { Pen } from './pen.ts';
import { STANDINGS } from './problems.ts';
import type { Role } from './rendering.ts';
import { connections, REQUESTS } from './requests.ts';

export const COMMANDS: Readonly<Record<PersonCommand['kind'], true>> = {
  submit: true,
  approve: true,
  'approve-alone': true,
  remind: true,
  review: true,
  reject: true,
  cancel: true,
  edit: true,
  retry: true,
  'accept-connection': true,
  'repost-card': true,
  'choose-endpoint': true,
};

const { submit: _submit, 'repost-card': _repost, ...onCard } = COMMANDS;
export const ON_CARD: Readonly<Record<OnCard, true>> = onCard;

/** As whom the reader sees it, by what Slack says of them. */
export const ROLE_OF: Readonly<Record<Standing, Role>> = {
  member: 'member',
  guest: 'guest',
  bot: 'stranger',
  stranger: 'stranger',
  deactivated: 'stranger',
  unknown: 'member',
};

export interface Answer<K extends ClickRefusal['kind'] = ClickRefusal['kind']> {
  readonly role: Role;
  readonly refusal: Member<ClickRefusal, 'kind', K>;
}

const STATUSES = keysOf<Status>(REQUESTS);

export const ANSWERS: { readonly [K in ClickRefusal['kind']]: (pen: Pen) => Named<Answer<K>> } = {
  'already-decided': (pen) =>
    each(
      STATUSES.filter((status) => status !== 'checking' && status !== 'pending'),
      (status) => ({
        role: 'approver',
        refusal: { kind: 'already-decided', status, ...deciders(status, pen), at: pen.at },
      }),
    ),
  'old-revision': (pen) => ({
    '': { role: 'approver', refusal: { kind: 'old-revision', current: pen.revision + 1 } },
    edited: {
      role: 'approver',
      refusal: { kind: 'old-revision', current: pen.revision + 1, edit: { before: asked(pen), asked: elsewhere(pen) } },
    },
  }),
  'reminded-lately': ({ at }) => ({
    '': { role: 'requester', refusal: { kind: 'reminded-lately', at, againAt: at } },
  }),
  'reminded-enough': () => ({ '': { role: 'requester', refusal: { kind: 'reminded-enough', times: 5 } } }),
  'not-for-emergencies': (pen) => ({
    '': { role: 'approver', refusal: { kind: 'not-for-emergencies', rule: pen.rule } },
  }),
  'nothing-to-review': () => ({ '': { role: 'approver', refusal: { kind: 'nothing-to-review' } } }),
  'reviewed-before': (pen) => ({
    '': { role: 'approver', refusal: { kind: 'reviewed-before', by: by(pen), at: pen.at } },
  }),
  'own-emergency': () => ({ '': { role: 'approver', refusal: { kind: 'own-emergency' } } }),
  'not-an-approver': (pen) => ({ '': { role: 'member', refusal: { kind: 'not-an-approver', rule: pen.rule } } }),
  'requester-may-not-approve': (pen) => ({
    '': { role: 'requester', refusal: { kind: 'requester-may-not-approve', rule: pen.rule } },
  }),
  'approved-before': ({ at }) => ({ '': { role: 'approver', refusal: { kind: 'approved-before', at } } }),
  'no-place-left': (pen) => ({ '': { role: 'approver', refusal: { kind: 'no-place-left', rule: pen.rule } } }),
  'only-requester': () => ({ '': { role: 'approver', refusal: { kind: 'only-requester' } } }),
  'only-requester-or-approver': (pen) => ({
    '': { role: 'member', refusal: { kind: 'only-requester-or-approver', rule: pen.rule } },
  }),
  standing: () =>
    each(
      keysOf(STANDINGS).filter((standing) => standing !== 'member'),
      (standing) => ({ role: ROLE_OF[standing], refusal: { kind: 'standing', standing } }),
    ),
  'groups-unreadable': () => ({ '': { role: 'approver', refusal: { kind: 'groups-unreadable' } } }),
  'not-possible-now': () =>
    each(STATUSES, (status) => ({ role: 'approver', refusal: { kind: 'not-possible-now', status } })),
  'target-taken': ({ link }) => ({
    '': { role: 'requester', refusal: { kind: 'target-taken', by: REQUEST.other } },
    linked: { role: 'requester', refusal: { kind: 'target-taken', by: REQUEST.other, link } },
  }),
  'endpoint-not-a-candidate': () => ({ '': { role: 'requester', refusal: { kind: 'endpoint-not-a-candidate' } } }),
  'nothing-to-accept': (pen) =>
    each([...new Set(Object.values(connections(pen)).map(({ phase }) => phase))], (phase) => ({
      role: 'approver',
      refusal: { kind: 'nothing-to-accept', phase },
    })),
  'no-such-request': () => ({ '': { role: 'member', refusal: { kind: 'no-such-request' } } }),
};

/** Nobody decides what time or a check decides. */
function deciders(status: Status, pen: Pen): { readonly by: readonly string[] } {
  switch (status) {
    case 'refused':
    case 'checked':
    case 'expired':
    case 'checking':
    case 'pending':
      return { by: [] };
    case 'cancelled':
      return { by: [pen.requester] };
    case 'rejected':
      return { by: [by(pen)] };
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
    case 'failed':
    case 'succeeded':
      return { by: approvals(pen, 2).map((approval) => approval.by) };
  }
}
