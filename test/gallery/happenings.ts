/** The gallery's events: each kind in its variants, with the request that it happened to. */
import type { RequestEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { CHECKS, type CheckName } from '../../src/domain/precheck.ts';
import type { Failure, Refusal } from '../../src/domain/refusals.ts';
import type { Request } from '../../src/domain/request.ts';
import {
  approvals,
  asked,
  elsewhere,
  fullRule,
  HERE,
  HOUR,
  openRule,
  REQUEST,
  roster,
  rule,
  strictRule,
} from './asked.ts';
import {
  approved,
  by,
  checking,
  claim,
  executing,
  failed,
  needsAttention,
  pending,
  sends,
  succeeded,
  unknown,
} from './builders.ts';
import { CONNECTION_EVENTS, type Happens } from './connection-events.ts';
import { flattened, keysOf, mapped, type Named, nameOf } from './named.ts';
import type { Pen } from './pen.ts';
import { POLICY_EVENTS } from './policy-events.ts';
import { FAILURES, listing, passed, problem, REFUSALS, reports } from './problems.ts';

type Type = RequestEvent['type'];

export interface Happening {
  readonly name: string;
  readonly event: RequestEvent;
  /** The request as the event leaves it. */
  readonly after: Request;
}

export function happenings(pen: Pen): readonly Happening[] {
  const moment = { now: pen.at, wall: pen.at };
  return keysOf(EVENTS).flatMap((type) => {
    const variants: Named<readonly [Request | undefined, RequestEvent]> = EVENTS[type](pen);
    return Object.entries(variants).map(([variant, [before, event]]) => ({
      name: nameOf(type, variant),
      event,
      after: evolve(before, event, moment),
    }));
  });
}

/** What nobody but the policy can refuse; the rest is the check's. */
const RULED: readonly Refusal['kind'][] = ['no-rule', 'rule-unclear', 'too-many-open', 'not-allowed', 'target-taken'];
const refusals = (pen: Pen, ruled: boolean): readonly [string, Refusal][] =>
  flattened<Refusal>(REFUSALS, pen).filter(([, { kind }]) => RULED.includes(kind) === ruled);

const EVENTS: { readonly [T in Type]: (pen: Pen) => Named<Happens<T>> } = {
  ...CONNECTION_EVENTS,
  submitted: (pen) => {
    const base = { type: 'submitted', id: REQUEST.own, by: pen.requester, asked: asked(pen), origin: HERE } as const;
    const { origin: _origin, ...byShortcut } = base;
    const governed = { kind: 'governed', rule: rule(pen), expiresAt: pen.at + 24 * HOUR } as const;
    return {
      '': [undefined, { ...base, ruling: governed }],
      'by shortcut': [undefined, { ...byShortcut, ruling: { kind: 'refused', refusal: { kind: 'no-rule' } } }],
      ...mapped(refusals(pen, true), (refusal) => [undefined, { ...base, ruling: { kind: 'refused', refusal } }]),
    };
  },
  edited: (pen) => {
    const revision = pen.revision + 1;
    const base = { type: 'edited', by: pen.requester, revision, asked: elsewhere(pen), before: asked(pen) } as const;
    const governed = { kind: 'governed', rule: rule(pen), expiresAt: pen.at + 24 * HOUR } as const;
    return {
      '': [pending(pen), { ...base, ruling: governed }],
      unchanged: [pending(pen), { ...base, asked: asked(pen), ruling: governed }],
      'with approvals': [
        pending(pen, { approvals: approvals(pen, 2) }),
        { ...base, voided: approvals(pen, 2).map((each) => each.by), ruling: governed },
      ],
      refused: [pending(pen), { ...base, ruling: { kind: 'refused', refusal: { kind: 'no-rule' } } }],
    };
  },
  refused: (pen) => mapped(refusals(pen, false), (refusal) => [checking(pen), { type: 'refused', refusal }]),
  // The third try is the first one that people are told of.
  'precheck-postponed': (pen) => ({
    '': [
      checking(pen, 2),
      { type: 'precheck-postponed', report: reports(pen).nothing ?? passed(pen), retryAt: pen.at },
    ],
  }),
  'result-channel-closed': (pen) => ({ '': [checking(pen), { type: 'result-channel-closed', channel: HERE }] }),
  'precheck-passed': (pen) => ({
    '': [checking(pen), { type: 'precheck-passed', report: passed(pen) }],
    'people known': [checking(pen), { type: 'precheck-passed', report: passed(pen), roster: roster(pen) }],
    'nobody asked': [
      { ...checking(pen), rule: openRule(pen) },
      { type: 'precheck-passed', report: passed(pen) },
    ],
    'several steps': [
      { ...checking(pen), rule: strictRule(pen) },
      { type: 'precheck-passed', report: passed(pen) },
    ],
  }),
  'precheck-completed': (pen) =>
    mapped(Object.entries(reports(pen)), (report) => [checking(pen), { type: 'precheck-completed', report }]),
  'approval-given': (pen) => {
    const approval = { by: by(pen), at: pen.at, groups: pen.groups };
    const required = pen.name === 'longest' ? 1_200 : 2;
    return {
      '': [pending(pen), { type: 'approval-given', approval, progress: { filled: 1, required, complete: false } }],
      noted: [
        pending(pen),
        {
          type: 'approval-given',
          approval: { ...approval, note: pen.no },
          progress: { filled: 1, required, complete: false },
        },
      ],
    };
  },
  approved: (pen) => ({
    '': [pending(pen), { type: 'approved', by: approvals(pen, 2).map((each) => each.by), rule: pen.rule }],
    'by itself': [pending(pen, { rule: openRule(pen) }), { type: 'approved', by: [], rule: pen.rule }],
    'in an emergency': [
      pending(pen, { rule: fullRule(pen) }),
      { type: 'approved', by: [by(pen)], rule: pen.rule, emergency: { by: by(pen), reason: pen.reason } },
    ],
  }),
  ...POLICY_EVENTS,
  rejected: (pen) => ({ '': [pending(pen), { type: 'rejected', by: by(pen), reason: pen.no }] }),
  cancelled: (pen) => ({ '': [pending(pen), { type: 'cancelled', by: pen.requester }] }),
  expired: (pen) => ({ '': [pending(pen), { type: 'expired' }], unchecked: [checking(pen), { type: 'expired' }] }),
  'sent-back': (pen) => {
    const refusal = { kind: 'service-not-active', status: pen.word('Pending') } as const;
    const report = { ...passed(pen), service: { verdict: 'failed', refusal } } as const;
    const checks: readonly CheckName[] = pen.name === 'longest' ? CHECKS : ['service'];
    const differs = { kind: 'precheck-differs', checks } as const;
    const back = { type: 'sent-back', revision: pen.revision + 1 } as const;
    return {
      'precheck-differs': [approved(pen), { ...back, why: differs, report }],
      'approval-too-old': [approved(pen), { ...back, why: { kind: 'approval-too-old' }, report: passed(pen) }],
    };
  },
  'recheck-postponed': (pen) => ({
    '': [approved(pen), { type: 'recheck-postponed', retryAt: pen.at, problem: problem('throttled', pen) }],
  }),
  rechecked: (pen) => ({ '': [approved(pen), { type: 'rechecked', report: passed(pen), endpoints: [] }] }),
  'slot-reserved': (pen) => ({ '': [approved(pen), { type: 'slot-reserved', slotAt: pen.at }] }),
  'account-halted': (pen) => ({ '': [approved(pen), { type: 'account-halted', retryAt: pen.at }] }),
  'create-claimed': (pen) => {
    const base = { type: 'create-claimed', claim: claim(pen), clientToken: 'vpce-1', baseline: [] } as const;
    return {
      '': [approved(pen), { ...base, attempt: 1, generation: 1 }],
      'a new token': [approved(pen), { ...base, attempt: pen.name === 'longest' ? 999 : 3, generation: 2 }],
    };
  },
  'create-postponed': (pen) => ({
    '': [executing(pen), { type: 'create-postponed', problem: problem('throttled', pen), retryAt: pen.at }],
  }),
  'create-unclear': (pen) => ({
    '': [executing(pen), { type: 'create-unclear', problem: problem('outcome-unclear', pen), afterwards: 'resend' }],
    answered: [
      executing(pen),
      { type: 'create-unclear', problem: problem('token-reused', pen), afterwards: 'give-up' },
    ],
  }),
  looked: (pen) => ({
    '': [unknown(pen), { type: 'looked', found: 0, complete: true, nextLookAt: pen.at }],
    incomplete: [unknown(pen), { type: 'looked', found: 0, complete: false, nextLookAt: pen.at }],
  }),
  'resend-cleared': (pen) => ({ '': [unknown(pen), { type: 'resend-cleared', retryAt: pen.at }] }),
  'attention-needed': (pen) => ({
    '': [unknown(pen), { type: 'attention-needed', candidates: listing(2, pen) }],
    'after a failure': [
      failed(pen, { sends: sends(pen, { uncertain: true }) }),
      { type: 'attention-needed', candidates: listing(1, pen), targetLost: true },
    ],
  }),
  succeeded: (pen) => {
    const endpoint = succeeded(pen).endpoint;
    const toChannel = { ...executing(pen), asked: asked(pen, { channel: HERE }) };
    const watch = { nextAt: pen.at, left: 2 };
    return {
      answered: [executing(pen), { type: 'succeeded', endpoint, how: 'answered' }],
      'answered, to a channel': [toChannel, { type: 'succeeded', endpoint, how: 'answered' }],
      found: [unknown(pen), { type: 'succeeded', endpoint: { ...endpoint, domain: '' }, how: 'found', watch }],
      'found, to a channel': [toChannel, { type: 'succeeded', endpoint: { ...endpoint, domain: '' }, how: 'found' }],
      chosen: [needsAttention(pen), { type: 'succeeded', endpoint, how: 'chosen', by: by(pen) }],
    };
  },
  failed: (pen) =>
    mapped(flattened<Failure>(FAILURES, pen), (failure) => [executing(pen), { type: 'failed', failure }]),
  retried: (pen) => ({ '': [failed(pen), { type: 'retried', by: pen.requester }] }),
  disowned: (pen) => ({
    '': [needsAttention(pen), { type: 'disowned', by: by(pen), candidates: listing(2, pen).map(({ id }) => id) }],
  }),
  'ghost-seen': (pen) => ({
    '': [succeeded(pen), { type: 'ghost-seen', endpoints: listing(2, pen) }],
    one: [succeeded(pen), { type: 'ghost-seen', endpoints: listing(1, pen) }],
  }),
  watched: (pen) => ({
    '': [succeeded(pen), { type: 'watched', watch: { nextAt: pen.at, left: 1 } }],
    over: [succeeded(pen), { type: 'watched' }],
  }),
  'card-not-findable': (pen) => ({ '': [pending(pen), { type: 'card-not-findable' }] }),
  'card-missed': (pen) => ({ '': [pending(pen), { type: 'card-missed', by: pen.requester }] }),
  'attempt-refused': (pen) => ({
    '': [pending(pen), { type: 'attempt-refused', by: by(pen), what: 'cancel', refusal: { kind: 'only-requester' } }],
  }),
};
