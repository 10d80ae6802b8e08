/** A rule's schema: as people write it, in; the domain's rule, out. */
import * as z from 'zod';
import { LIFETIMES } from '../domain/lifetime.ts';
import { type Freeze, WEEKDAYS } from '../domain/policy/freeze.ts';
import { GLOB } from '../domain/policy/glob.ts';
import type { People, Rule } from '../domain/policy/rule.ts';
import {
  accountName,
  channel,
  inPeople,
  list,
  mapping,
  once,
  present,
  scalarOrList,
  somebody,
  wholeFrom1,
  words,
  yesOrNo,
} from './shapes.ts';
import { duration, text } from './values.ts';

const DAY_MS = 86_400_000;

const somePeople = mapping(inPeople)
  .transform(once)
  .refine(...somebody);

const match = mapping({
  account: scalarOrList(accountName, 'an account or a list of them').optional(),
  action: scalarOrList(
    z.enum(['create', 'delete'], { error: 'expected create or delete' }),
    'create, delete or a list of them',
  ).optional(),
  instance: scalarOrList(
    text('a pattern of letters, digits, -, ., _, * and ?, such as es-cn-*', GLOB),
    'a pattern, such as es-cn-*, or a list of them',
  ).optional(),
  requester: somePeople.optional(),
  lifetime: scalarOrList(
    z.enum(LIFETIMES, { error: `expected one of ${LIFETIMES.join(', ')}` }),
    `${LIFETIMES.join(', ')} or a list of them`,
  ).optional(),
});

const instant = z
  .string({ error: 'expected a date with its time and zone, such as 2026-12-31T18:00+08:00' })
  .transform((typed, context) => {
    const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(typed);
    const ms = isWhole ? Date.parse(typed) : Number.NaN;
    if (Number.isFinite(ms)) return ms;
    context.addIssue({
      code: 'custom',
      message: 'expected a date with its time and zone, such as 2026-12-31T18:00+08:00',
    });
    return z.NEVER;
  });

const timeOfDay = text('a time of day, such as 18:00', /^([01]\d|2[0-3]):[0-5]\d$/).transform(
  (typed) => Number(typed.slice(0, 2)) * 60 + Number(typed.slice(3)),
);

const timeZone = z
  .string({ error: 'expected a time zone, such as Asia/Shanghai' })
  .refine(isTimeZone, { error: 'expected a time zone, such as Asia/Shanghai' });

const reason = words('a reason').optional();
const freeze = z.union(
  [
    mapping({ from: instant, until: instant, reason }).refine(({ from, until }) => from < until, {
      path: ['until'],
      error: 'expected a later time than from',
    }),
    mapping({
      days: scalarOrList(
        z.enum(WEEKDAYS, { error: `expected one of ${WEEKDAYS.join(', ')}` }),
        `${WEEKDAYS.join(', ')} or a list of them`,
      ),
      from: timeOfDay,
      until: timeOfDay,
      time_zone: timeZone,
      reason,
    }),
  ],
  {
    error:
      'expected a mapping with from and until, such as 2026-12-31T18:00+08:00, or with days, from, until, such as 18:00, and time_zone',
  },
);

const emergency = mapping({ ...inPeople, review_within: duration().default(DAY_MS) })
  .transform(once)
  .refine(...somebody);
const escalate = mapping({ ...inPeople, after: duration() })
  .transform(once)
  .refine(...somebody);

export const rule = mapping({
  name: words('a name'),
  match: match.default({}),
  steps: list(mapping({ ...inPeople, required: wholeFrom1(100).default(1) }).transform(once), 'a list of steps')
    .min(1, { error: 'expected at least one step' })
    .optional(),
  auto_approve: yesOrNo.default(false),
  self_approval: yesOrNo.default(false),
  notify: z
    .union([z.literal('approvers'), somePeople], {
      error: 'expected approvers, or a mapping with users, groups or both',
    })
    .optional(),
  expires_after: duration().default(DAY_MS),
  remind_after: duration().optional(),
  remind_at_most_after: duration().default(DAY_MS),
  escalate: escalate.optional(),
  emergency: emergency.optional(),
  freezes: list(freeze, 'a list of freeze windows').optional(),
  approval_valid_for: duration().default(DAY_MS),
  channel: channel.optional(),
});

export type RawRule = z.output<typeof rule>;

export function toRule(given: RawRule): Rule {
  const steps = (given.steps ?? []).map(({ users, groups, required }) => ({ users, groups, required }));
  const { remind_after: afterMs, remind_at_most_after: capMs, escalate: escalation, emergency: alone } = given;
  return {
    name: given.name,
    match: present(given.match),
    steps,
    selfApproval: given.self_approval,
    expiresAfterMs: given.expires_after,
    approvalValidForMs: given.approval_valid_for,
    ...present({
      reminders: afterMs === undefined ? undefined : { afterMs, capMs: Math.max(afterMs, capMs) },
      escalation: escalation && { ...peopleIn(escalation), afterMs: escalation.after },
      emergency: alone && { ...peopleIn(alone), reviewWithinMs: alone.review_within },
      freezes: given.freezes?.map(toFreeze),
      notify: given.notify === 'approvers' ? everybodyIn(steps) : given.notify && peopleIn(given.notify),
      channel: given.channel,
    }),
  };
}

function toFreeze(given: z.output<typeof freeze>): Freeze {
  const { from, until } = given;
  const why = present({ reason: given.reason });
  return 'days' in given
    ? { kind: 'weekly', days: given.days, from, until, timeZone: given.time_zone, ...why }
    : { kind: 'once', from, until, ...why };
}

function peopleIn({ users, groups }: People): People {
  return { users, groups };
}

function everybodyIn(steps: readonly People[]): People {
  return {
    users: [...new Set(steps.flatMap(({ users }) => users))],
    groups: [...new Set(steps.flatMap(({ groups }) => groups))],
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
