/** The gallery's findings of the doctor: each in its variants. */
import type { CheckedArea, ClockOwner, Finding, RedisSetting } from '../../src/domain/doctor/findings.ts';
import { ALL_SCOPES } from '../../src/domain/doctor/scopes.ts';
import { CHANNELS } from './asked.ts';
import { each, keysOf, type Member, type Named } from './named.ts';
import type { Pen } from './pen.ts';
import { REASONS, STANDINGS } from './problems.ts';

const AREAS: Readonly<Record<CheckedArea, true>> = {
  slack: true,
  channels: true,
  people: true,
  redis: true,
  cloud: true,
};
const SETTINGS: Readonly<Record<RedisSetting, true>> = {
  appendonly: true,
  appendfsync: true,
  'maxmemory-policy': true,
};
const CLOCKS: { readonly [K in ClockOwner['kind']]: (pen: Pen) => Member<ClockOwner, 'kind', K> } = {
  'this-machine': () => ({ kind: 'this-machine' }),
  slack: () => ({ kind: 'slack' }),
  cloud: ({ account }) => ({ kind: 'cloud', account }),
};
const MINUTE = 60_000;

const rules = (pen: Pen): readonly string[] => Array.from({ length: Math.max(1, pen.many(2)) }, () => pen.rule);
const places = (pen: Pen): readonly string[] => [
  'channels.approvals',
  ...Array.from({ length: pen.many(1) }, (_, n) => `rules.${n}.channel`),
];
const someone = (pen: Pen): string => pen.approvers[0] ?? 'U0BEN';
const group = (pen: Pen): string => pen.groups[0] ?? 'S0SRE';

export const FINDINGS: { readonly [I in Finding['id']]: (pen: Pen) => Named<Member<Finding, 'id', I>> } = {
  'setting-wrong': ({ error }) => ({
    '': { id: 'setting-wrong', where: 'PORT', message: error('expected a port number') },
  }),
  'not-looked-at': ({ error }) =>
    each(keysOf(AREAS), (area) => ({ id: 'not-looked-at', area, error: error('no answer in time') })),
  'slack-ready': ({ word }) => ({ '': { id: 'slack-ready', team: word('Acme'), teamId: 'T0ACME' } }),
  'slack-unreachable': ({ error }) => ({ '': { id: 'slack-unreachable', error: error('ECONNREFUSED') } }),
  'bot-token-refused': ({ error }) => ({ '': { id: 'bot-token-refused', error: error('invalid_auth') } }),
  'workspace-unknown': () => ({ '': { id: 'workspace-unknown', teamId: 'T0ACME' } }),
  'scopes-granted': () => ({ '': { id: 'scopes-granted', count: 10 } }),
  'scope-missing': () => each(ALL_SCOPES, (scope) => ({ id: 'scope-missing', scope })),
  'scopes-unknown': () => ({ '': { id: 'scopes-unknown' } }),
  'socket-ready': () => ({ '': { id: 'socket-ready' } }),
  'app-token-refused': ({ error }) => ({ '': { id: 'app-token-refused', error: error('invalid_auth') } }),
  'socket-unknown': ({ error }) => ({ '': { id: 'socket-unknown', error: error('ETIMEDOUT') } }),
  'signing-secret-unproven': () => ({ '': { id: 'signing-secret-unproven' } }),

  'channels-ready': () => ({ '': { id: 'channels-ready', count: 2 } }),
  'channel-absent': (pen) => ({
    '': { id: 'channel-absent', channel: CHANNELS.approvals, places: places(pen) },
    audit: { id: 'channel-absent', channel: CHANNELS.audit, places: ['channels.audit'] },
  }),
  'channel-archived': (pen) => ({
    '': { id: 'channel-archived', channel: CHANNELS.approvals, places: places(pen) },
    audit: { id: 'channel-archived', channel: CHANNELS.audit, places: ['channels.audit'] },
  }),
  'channel-not-joined': (pen) => ({
    '': { id: 'channel-not-joined', channel: CHANNELS.approvals, places: places(pen) },
    audit: { id: 'channel-not-joined', channel: CHANNELS.audit, places: ['channels.audit'] },
  }),
  'channel-unknown': (pen) => ({
    '': {
      id: 'channel-unknown',
      channel: CHANNELS.approvals,
      places: places(pen),
      error: pen.error('missing_scope'),
    },
  }),

  'people-ready': () => ({ '': { id: 'people-ready', users: 2, groups: 1 } }),
  'approver-absent': (pen) => ({ '': { id: 'approver-absent', user: someone(pen), rules: rules(pen) } }),
  'approver-unfit': (pen) =>
    each(
      keysOf(STANDINGS).filter((standing) => standing !== 'member' && standing !== 'unknown'),
      (standing) => ({ id: 'approver-unfit', user: someone(pen), standing, rules: rules(pen) }),
    ),
  'approver-unknown': (pen) => ({
    '': { id: 'approver-unknown', user: someone(pen), rules: rules(pen), error: pen.error('ratelimited') },
  }),
  'group-absent': (pen) => ({ '': { id: 'group-absent', group: group(pen), rules: rules(pen) } }),
  'group-disabled': (pen) => ({ '': { id: 'group-disabled', group: group(pen), rules: rules(pen) } }),
  'group-empty': (pen) => ({ '': { id: 'group-empty', group: group(pen), rules: rules(pen) } }),
  'groups-unknown': (pen) => ({
    '': { id: 'groups-unknown', groups: pen.groups, error: pen.error('missing_scope') },
  }),
  'rule-unmet': (pen) => ({ '': { id: 'rule-unmet', rule: pen.rule, filled: 1, required: 2 } }),

  'rule-shadowed': (pen) => ({ '': { id: 'rule-shadowed', rule: pen.rule, by: pen.word('everything') } }),
  'account-without-rule': ({ account }) => ({ '': { id: 'account-without-rule', account } }),
  'policy-ready': () => ({ '': { id: 'policy-ready', rules: 2 } }),

  'redis-ready': () => ({ '': { id: 'redis-ready', version: '7.2.5' } }),
  'redis-unreachable': ({ error }) => ({ '': { id: 'redis-unreachable', error: error('ECONNREFUSED') } }),
  'redis-old': ({ word }) => ({ '': { id: 'redis-old', version: word('5.0.14'), wanted: '6.2' } }),
  'redis-replica': () => ({ '': { id: 'redis-replica' } }),
  'redis-evicts': ({ word }) => ({ '': { id: 'redis-evicts', policy: word('allkeys-lru') } }),
  'redis-forgets': () => ({
    '': { id: 'redis-forgets', snapshots: false },
    snapshots: { id: 'redis-forgets', snapshots: true },
  }),
  'redis-syncs-late': ({ word }) => ({ '': { id: 'redis-syncs-late', appendfsync: word('everysec') } }),
  'redis-no-replica': () => ({ '': { id: 'redis-no-replica' } }),
  'redis-one-replica': () => ({ '': { id: 'redis-one-replica' } }),
  'redis-setting-unknown': () => each(keysOf(SETTINGS), (setting) => ({ id: 'redis-setting-unknown', setting })),
  'data-folder-unusable': ({ error }) => ({ '': { id: 'data-folder-unusable', dir: '.data', error: error('EACCES') } }),

  'clocks-agree': () => ({ '': { id: 'clocks-agree', count: 3 } }),
  'clock-off': (pen) => ({
    ...each(keysOf(CLOCKS), (kind) => ({ id: 'clock-off', whose: CLOCKS[kind](pen), ms: 20 * MINUTE })),
    'slack, behind': { id: 'clock-off', whose: { kind: 'slack' }, ms: -2 * MINUTE },
  }),

  'account-ready': ({ account }) => ({ '': { id: 'account-ready', account, instances: 4 } }),
  'credentials-absent': ({ account, error }) => ({
    '': { id: 'credentials-absent', account, error: error('no provider had any') },
  }),
  'permission-missing': ({ account, error }) => ({
    '': { id: 'permission-missing', account, action: error('elasticsearch:ListInstance') },
  }),
  'permission-unknown': ({ account, error }) => ({
    '': {
      id: 'permission-unknown',
      account,
      actions: [error('elasticsearch:CreateVpcEndpoint'), error('privatelink:EnableVpcEndpointConnection')],
    },
  }),
  'cloud-refuses': (pen) =>
    each(REASONS, (reason) => ({
      id: 'cloud-refuses',
      account: pen.account,
      action: 'elasticsearch:ListInstance',
      reason,
      code: pen.error('SomeCode'),
    })),
};
