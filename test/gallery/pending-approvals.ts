/** The gallery's requests that wait for their approval: who may, who has, who was told, and what is wrong with the names. */
import type { GroupProblem, Roster, RosterPerson } from '../../src/domain/policy/roster.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import type { Standing } from '../../src/domain/refusals.ts';
import type { Pending } from '../../src/domain/request.ts';
import { approvals, elsewhere, fullRule, HOUR, openRule, roster, rule, strictRule } from './asked.ts';
import { pending } from './builders.ts';
import { each, keysOf, mapped, type Named } from './named.ts';
import type { Pen } from './pen.ts';
import { STANDINGS } from './problems.ts';

const GROUP_PROBLEMS: Readonly<Record<GroupProblem, true>> = {
  disabled: true,
  absent: true,
  'missing-scope': true,
  'rate-limited': true,
  unreadable: true,
};

/** Without which a step of one person and one group would be one of nobody. */
const someone = (pen: Pen): Rule => ({
  ...rule(pen),
  steps: [{ users: ['U0EVE', ...pen.approvers], groups: ['S0LEADS', ...pen.groups], required: 1 }],
});

export function approvalsPending(pen: Pen): Named<Pending> {
  const known = roster(pen);
  const full = fullRule(pen);
  const notified = { ...rule(pen), notify: { users: pen.approvers, groups: pen.groups } };
  const others = { ...elsewhere(pen), mode: 'create' } as const;
  const { escalation: _escalation, ...escalated } = full;
  return {
    'people known': pending(pen, { roster: known }),
    'people outside the channel': pending(pen, { roster: { ...known, people: known.people.map(moved) } }),
    notified: pending(pen, { rule: notified }),
    'notified, people known': pending(pen, { rule: notified, roster: known }),
    'with a note': pending(pen, { rule: strictRule(pen), approvals: noted(pen, 1), roster: known }),
    'with notes': pending(pen, { rule: strictRule(pen), approvals: noted(pen, 2), roster: known }),
    'one of two, people known': pending(pen, { rule: strictRule(pen), approvals: approvals(pen), roster: known }),
    'everything that a rule can have': pending(pen, {
      rule: full,
      roster: { ...known, people: known.people.map(moved) },
      approvals: noted(pen, 1),
      before: others,
      revision: pen.revision + 1,
      reminders: { times: 2, byHand: 1, lastAt: pen.at, nextAt: pen.at + HOUR },
    }),
    'to be escalated': pending(pen, { rule: full }),
    escalated: pending(pen, { rule: escalated, roster: known, escalatedAt: pen.at }),
    'an emergency possible': pending(pen, { rule: full, roster: known }),
    edited: pending(pen, { revision: pen.revision + 1, before: others }),
    'edited in nothing': pending(pen, { revision: pen.revision + 1, before: pending(pen).asked }),
    'asks nobody': pending(pen, { rule: openRule(pen) }),
    'nobody left': pending(pen, { rule: someone(pen), roster: nobodyLeft(pen) }),
    'nobody known': pending(pen, { rule: someone(pen), roster: { people: [], groups: [] } }),
    ...mapped(Object.entries(troubled(pen)), (troubles) => pending(pen, { rule: someone(pen), roster: troubles })),
  };
}

const moved = (person: RosterPerson): RosterPerson => ({ ...person, outside: true });
const noted = (pen: Pen, count: number) => approvals(pen, count).map((approval) => ({ ...approval, note: pen.no }));

/** One for each way in which a name is of no use. */
function troubled(pen: Pen): Named<Roster> {
  const { people, groups } = roster(pen);
  const but = (standing: Standing): Roster => ({
    people: people.map((one) => (one.id === 'U0EVE' ? { ...one, standing } : one)),
    groups: [...groups, { id: 'S0LEADS', members: ['U0FIN'] }],
  });
  return {
    ...prefixed(
      'a person who is',
      each(
        keysOf(STANDINGS).filter((standing) => standing !== 'member'),
        but,
      ),
    ),
    ...prefixed(
      'a group that is',
      each(keysOf(GROUP_PROBLEMS), (problem) => ({ people, groups: [...groups, { id: 'S0LEADS', problem }] })),
    ),
    'a group that is empty': { people, groups: [...groups, { id: 'S0LEADS', members: [] }] },
    'a group by its name that is absent': {
      people,
      groups: [...groups, { id: 'S0LEADS', name: pen.groupName, problem: 'disabled' }],
    },
  };
}

function nobodyLeft(pen: Pen): Roster {
  const { people, groups } = roster(pen);
  return {
    people: people.map((one) => ({ ...one, standing: 'deactivated' })),
    groups: [...groups, { id: 'S0LEADS' }].map((group) => ({ ...group, problem: 'disabled' as const })),
  };
}

const prefixed = <T>(prefix: string, samples: Named<T>): Named<T> =>
  Object.fromEntries(Object.entries(samples).map(([name, sample]) => [`${prefix} ${name}`, sample]));
