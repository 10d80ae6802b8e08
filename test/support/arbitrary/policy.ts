/** Arbitrary rules, the people behind them, and what they said. */
import fc from 'fast-check';
import { LIFETIMES } from '../../../src/domain/lifetime.ts';
import { WEEKDAYS } from '../../../src/domain/policy/freeze.ts';
import { count, type In, is, some, text, texts, time } from './fields.ts';
import { standing } from './refusals.ts';

type Rule = import('../../../src/domain/policy/rule.ts').Rule;
type Freeze = NonNullable<Rule['freezes']>[number];
export const people = { users: texts, groups: texts };
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

export const rule = some<Rule>(
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
export const approval = some<import('../../../src/domain/policy/progress.ts').Approval>(
  { by: text, at: time, groups: texts, note: text },
  'note',
);
const rosterPerson = some<import('../../../src/domain/policy/roster.ts').RosterPerson>(
  { id: text, name: text, standing, outside: is(true) },
  'name',
  'outside',
);
type RosterGroup = import('../../../src/domain/policy/roster.ts').RosterGroup;
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
export const roster = some<import('../../../src/domain/policy/roster.ts').Roster>({
  people: fc.array(rosterPerson, { maxLength: 3 }),
  groups: fc.array(rosterGroup, { maxLength: 2 }),
});
export const approvals = fc.array(approval, { maxLength: 2 });
export const progress = some<import('../../../src/domain/policy/progress.ts').Progress>({
  filled: count,
  required: count,
  complete: fc.boolean(),
});
