/** The gallery's events that the approval policy brings about by itself, or afterwards. */
import type { PolicyEvent } from '../../src/domain/policy-events.ts';
import { approvals, fullRule, HOUR, roster, strictRule } from './asked.ts';
import { alone, approved, by, due, pending } from './builders.ts';
import type { Happens } from './connection-events.ts';
import { each, type Named } from './named.ts';
import type { Pen } from './pen.ts';

export const POLICY_EVENTS: { readonly [T in PolicyEvent['type']]: (pen: Pen) => Named<Happens<T>> } = {
  'roster-read': (pen) => ({ '': [waiting(pen), { type: 'roster-read', roster: roster(pen) }] }),
  reminded: (pen) => ({
    '': [waiting(pen), { type: 'reminded', nextAt: pen.at + HOUR }],
    'by the requester': [waiting(pen), { type: 'reminded', by: pen.requester }],
    'half approved': [half(pen), { type: 'reminded', nextAt: pen.at + HOUR }],
    'outside the channel': [outside(pen), { type: 'reminded', nextAt: pen.at + HOUR }],
  }),
  escalated: (pen) => {
    const { users, groups } = fullRule(pen).escalation ?? { users: [], groups: [] };
    const event = { type: 'escalated', to: { users, groups } } as const;
    return { '': [waiting(pen), event], 'outside the channel': [outside(pen), event] };
  },
  'rule-kept': (pen) => ({
    '': [waiting(pen), { type: 'rule-kept', version: 'v2' }],
    'another one now': [waiting(pen), { type: 'rule-kept', version: 'v2', instead: pen.rule }],
  }),
  'rule-tightened': (pen) => {
    const event = { type: 'rule-tightened', version: 'v2', rule: strictRule(pen), was: pen.rule } as const;
    return { '': [pending(pen), event], 'half approved': [half(pen), event] };
  },
  frozen: (pen) => ({
    '': [approved(pen), { type: 'frozen', until: pen.at + HOUR }],
    'with a reason': [approved(pen), { type: 'frozen', until: pen.at + HOUR, reason: pen.no }],
  }),
  'review-reminded': (pen) => ({ '': [acted(pen), { type: 'review-reminded', nextAt: pen.at + HOUR }] }),
  reviewed: (pen) => {
    const event = { type: 'reviewed', by: by(pen) } as const;
    return {
      ...each(['in-order', 'not-in-order'], (verdict) => [acted(pen), { ...event, verdict }] as const),
      noted: [acted(pen), { ...event, verdict: 'not-in-order', note: pen.no }],
    };
  },
};

const waiting = (pen: Pen) => pending(pen, { rule: fullRule(pen), roster: roster(pen) });
const half = (pen: Pen) => pending(pen, { rule: strictRule(pen), approvals: approvals(pen), roster: roster(pen) });
const acted = (pen: Pen) => approved(pen, { emergency: alone(pen, due(pen)) });
const outside = (pen: Pen) => {
  const { people, groups } = roster(pen);
  const moved = people.map((one, index) => (index === 0 ? { ...one, outside: true as const } : one));
  return pending(pen, { roster: { people: moved, groups } });
};
