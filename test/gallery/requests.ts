/** The gallery's requests: each status in each of its variants. */
import type { Acceptance, ConnectionPhase, ConnectionState } from '../../src/domain/connection.ts';
import type { Failure, Refusal } from '../../src/domain/refusals.ts';
import type { EmergencyApproval, Request, Status } from '../../src/domain/request.ts';
import { approvals, asked, elsewhere, fullRule, HERE, HOUR, openRule, strictRule } from './asked.ts';
import {
  alone,
  approved,
  by,
  checking,
  claim,
  common,
  connection,
  due,
  executing,
  failed,
  governed,
  needsAttention,
  pending,
  sends,
  succeeded,
  unknown,
} from './builders.ts';
import { flattened, keysOf, type Member, mapped, type Named, nameOf } from './named.ts';
import type { Pen } from './pen.ts';
import { approvalsPending } from './pending-approvals.ts';
import { FAILURES, listing, PASSING, passed, problem, REASONS, REFUSALS, reports } from './problems.ts';

const ACCEPTANCES: { readonly [S in Acceptance['state']]: (pen: Pen) => Named<Member<Acceptance, 'state', S>> } = {
  wanted: (pen) => ({ '': { state: 'wanted', tries: 0, notBefore: pen.at, afterLooks: 0 } }),
  claimed: (pen) => ({ '': { state: 'claimed', tries: 1, claim: claim(pen) } }),
  accepted: (pen) => ({ '': { state: 'accepted', at: pen.at } }),
  // After the last of several tries it is given up, whatever was the matter.
  refused: (pen) =>
    Object.fromEntries(REASONS.map((reason) => [reason, { state: 'refused', problem: problem(reason, pen) }])),
};

/** The cloud's word in each phase, and how far an acceptance can be. */
const PHASES: Readonly<Record<ConnectionPhase, readonly [word: string, ...Acceptance['state'][]]>> = {
  connecting: ['Connecting', 'accepted'],
  unaccepted: ['Disconnected', 'wanted', 'claimed', 'refused'],
  connected: ['Connected'],
  down: ['Disconnected', 'accepted'],
  ended: ['ServiceDeleted'],
  unwatched: ['Connecting'],
};

export function connections(pen: Pen): Named<ConnectionState> {
  const all = keysOf(PHASES).flatMap((phase): [string, ConnectionState][] => {
    const [word, ...states] = PHASES[phase];
    const state = connection(pen, { phase, status: pen.word(word) });
    const accepting = flattened<Acceptance>(
      Object.fromEntries(states.map((each) => [each, ACCEPTANCES[each]])),
      pen,
    ).map(([how, acceptance]): [string, ConnectionState] => [nameOf(phase, how), { ...state, acceptance }]);
    return [[phase, state], [`${phase}/unseen`, connection(pen, { phase })], ...accepting];
  });
  return Object.fromEntries(all);
}

export const REQUESTS: { readonly [S in Status]: (pen: Pen) => Named<Member<Request, 'status', S>> } = {
  checking: (pen) => ({
    '': checking(pen),
    edited: { ...checking(pen), revision: pen.revision + 1, before: elsewhere(pen) },
  }),
  refused: (pen) =>
    mapped(flattened<Refusal>(REFUSALS, pen), (refusal) => ({
      ...common(pen),
      status: 'refused',
      refusal,
      at: pen.at,
    })),
  checked: (pen) =>
    mapped(Object.entries(reports(pen)), (precheck) => ({
      ...governed(pen),
      asked: asked(pen, { mode: 'precheck' }),
      status: 'checked',
      precheck,
      at: pen.at,
    })),
  pending: (pen) => ({
    '': pending(pen),
    'to a channel, for good': pending(pen, { asked: asked(pen, { channel: HERE, lifetime: 'permanent' }) }),
    'one of two': pending(pen, { rule: strictRule(pen), approvals: approvals(pen) }),
    ...approvalsPending(pen),
    'sent back': pending(pen, { revision: pen.revision + 1, precheck: { ...passed(pen), ...oneMissing(pen) } }),
    ...mapped(
      Object.entries(reports(pen)).filter(([name]) => name.startsWith('not-checked/')),
      (precheck) => pending(pen, { precheck }),
    ),
  }),
  rejected: (pen) => ({
    '': {
      ...governed(pen),
      status: 'rejected',
      precheck: passed(pen),
      approvals: [],
      by: by(pen),
      reason: pen.no,
      at: pen.at,
    },
  }),
  cancelled: (pen) => ({
    '': { ...governed(pen), status: 'cancelled', precheck: passed(pen), by: pen.requester, at: pen.at },
    early: { ...governed(pen), status: 'cancelled', precheck: undefined, by: pen.requester, at: pen.at },
  }),
  expired: (pen) => ({
    '': { ...governed(pen), status: 'expired', precheck: passed(pen), at: pen.at },
    unchecked: { ...governed(pen), status: 'expired', precheck: undefined, at: pen.at },
  }),
  approved: (pen) => ({
    '': approved(pen),
    'in line': approved(pen, { slotAt: pen.at }),
    halted: approved(pen, { halted: true }),
    frozen: approved(pen, { frozen: { until: pen.at + HOUR } }),
    'frozen with a reason': approved(pen, { frozen: { until: pen.at + HOUR, reason: pen.no } }),
    'by itself': approved(pen, { rule: openRule(pen), approvals: [] }),
    ...mapped(Object.entries(emergencies(pen)), (emergency) => approved(pen, { rule: fullRule(pen), emergency })),
    ...mapped(
      PASSING.map((reason) => [`put off/${reason}`, reason] as const),
      (reason) => approved(pen, { setback: problem(reason, pen), sends: sends(pen) }),
    ),
  }),
  executing: (pen) => ({
    '': executing(pen),
    'review due': { ...executing(pen), emergency: alone(pen, due(pen)) },
  }),
  unknown: (pen) => ({
    '': unknown(pen),
    answered: unknown(pen, { problem: problem('token-reused', pen), afterwards: 'give-up' }),
  }),
  'needs-attention': (pen) => ({
    '': needsAttention(pen),
    'one, and another request': needsAttention(pen, { candidates: listing(1, pen), targetLost: true }),
  }),
  failed: (pen) => ({
    ...mapped(flattened<Failure>(FAILURES, pen), (failure) => failed(pen, { failure })),
    'watched for an endpoint': failed(pen, {
      failure: { kind: 'gave-up', problem: problem('outcome-unclear', pen) },
      sends: sends(pen, { uncertain: true }),
      watch: { nextAt: pen.at, left: 2 },
    }),
  }),
  succeeded: (pen) => ({
    ...mapped(Object.entries(connections(pen)), (state) => succeeded(pen, { connection: state })),
    'found, without a domain': succeeded(pen, { how: 'found', endpoint: { id: pen.endpoint(1), domain: '' } }),
    'chosen, with others': succeeded(pen, { how: 'chosen', ghosts: listing(2, pen), approvals: approvals(pen, 2) }),
    'with one other': succeeded(pen, { ghosts: listing(1, pen) }),
    'another service': succeeded(pen, {
      endpoint: { id: pen.endpoint(1), domain: pen.domain(1), serviceId: 'epsrv-hp3somethingelse00001' },
    }),
    'by itself': succeeded(pen, { rule: openRule(pen), approvals: [] }),
    ...mapped(Object.entries(emergencies(pen)), (emergency) => succeeded(pen, { emergency })),
    'to a channel': succeeded(pen, { asked: asked(pen, { channel: HERE }) }),
  }),
};

function emergencies(pen: Pen): Named<EmergencyApproval> {
  const done = { state: 'done', by: 'U0EVE', at: pen.at, verdict: 'in-order' } as const;
  return {
    'emergency, review due': alone(pen, due(pen)),
    'emergency, in order': alone(pen, done),
    'emergency, not in order': alone(pen, { ...done, verdict: 'not-in-order', note: pen.no }),
  };
}

const oneMissing = (pen: Pen) => {
  const refusal = { kind: 'service-not-active', status: pen.word('Pending') } as const;
  return { service: { verdict: 'failed', refusal } } as const;
};
