/** Whose yes counts, who may give one alone, who may remind, and who reviews an emergency afterwards. */
import type { PersonCommand } from './commands.ts';
import { accepted, type Context, type Decision, type Person, refused } from './decision.ts';
import { type Approval, mayActAlone, mayApprove, progressOf } from './policy/progress.ts';
import type { Rule } from './policy/rule.ts';
import type { ClickRefusal } from './refusals.ts';
import type { Pending, Request } from './request.ts';

type Of<K extends PersonCommand['kind']> = Extract<PersonCommand, { kind: K }>;

/** The requester reminds no sooner than this after the last time anybody was told, and only so often. */
export const REMIND_PAUSE_MS = 15 * 60_000;
export const REMINDERS_BY_HAND = 5;

/** @param now `Moment.now`. */
export function approve(
  pending: Pick<Pending, 'rule' | 'approvals' | 'requester'>,
  command: Of<'approve'>,
  person: Person,
  now: number,
): Decision {
  const { rule, approvals, requester } = pending;
  const { by, note } = command;
  if (by === requester && !rule.selfApproval) return refused({ kind: 'requester-may-not-approve', rule: rule.name });
  const before = approvals.find((approval) => approval.by === by);
  if (before !== undefined) return refused({ kind: 'approved-before', at: before.at });
  const barred = barredFrom(rule, by, person);
  if (barred !== undefined) return refused(barred);

  const approval: Approval = { by, at: now, groups: person.groups, ...(note === undefined ? {} : { note }) };
  const progress = progressOf(rule, [...approvals, approval]);
  if (progress.filled === progressOf(rule, approvals).filled) {
    return refused({ kind: 'no-place-left', rule: rule.name });
  }
  const given = { type: 'approval-given', approval, progress } as const;
  if (!progress.complete) return accepted(given);
  return accepted(given, { type: 'approved', by: [...approvals.map((each) => each.by), by], rule: rule.name });
}

/** Also the requester, if the rule names them for that: in an emergency there may be nobody else. */
export function approveAlone(
  waiting: Pick<Pending, 'rule' | 'approvals'>,
  { by, reason }: Of<'approve-alone'>,
  person: Person,
): Decision {
  const { rule, approvals } = waiting;
  if (!mayActAlone(rule, by, person.groups)) {
    const mayBe = rule.emergency?.groups.some((group) => person.unreadable.includes(group));
    return refused(mayBe === true ? { kind: 'groups-unreadable' } : { kind: 'not-for-emergencies', rule: rule.name });
  }
  const others = approvals.map((each) => each.by).filter((each) => each !== by);
  return accepted({ type: 'approved', by: [...others, by], rule: rule.name, emergency: { by, reason } });
}

export function remind(pending: Pending, { by }: Of<'remind'>, { moment: { now } }: Context): Decision {
  const { requester, since, reminders } = pending;
  if (by !== requester) return refused({ kind: 'only-requester' });
  if (reminders.byHand >= REMINDERS_BY_HAND) return refused({ kind: 'reminded-enough', times: reminders.byHand });
  const at = reminders.lastAt ?? since;
  const againAt = at + REMIND_PAUSE_MS;
  if (now < againAt) return refused({ kind: 'reminded-lately', at, againAt });
  const nextAt = reminders.nextAt === undefined ? {} : { nextAt: Math.max(reminders.nextAt, now + REMIND_PAUSE_MS) };
  return accepted({ type: 'reminded', by, ...nextAt });
}

/** By whoever could have approved it, but not by those who asked for it or acted alone. */
export function review(state: Request, command: Of<'review'>, person: Person): Decision {
  const emergency = 'emergency' in state ? state.emergency : undefined;
  if (emergency === undefined || !('rule' in state)) return refused({ kind: 'nothing-to-review' });
  if (command.revision !== state.revision) return refused(oldRevision(state));
  const { by, verdict, note } = command;
  if (emergency.review.state === 'done') {
    return refused({ kind: 'reviewed-before', by: emergency.review.by, at: emergency.review.at });
  }
  if (by === emergency.by || by === state.requester) return refused({ kind: 'own-emergency' });
  const barred = barredFrom(state.rule, by, person);
  return barred
    ? refused(barred)
    : accepted({ type: 'reviewed', by, verdict, ...(note === undefined ? {} : { note }) });
}

export function barredFrom(rule: Rule, by: string, { groups, unreadable }: Person): ClickRefusal | undefined {
  if (mayApprove(rule, by, groups)) return undefined;
  // A group that can't be read might have had this person in it: say so, and count nothing.
  return rule.steps.some((step) => step.groups.some((group) => unreadable.includes(group)))
    ? { kind: 'groups-unreadable' }
    : { kind: 'not-an-approver', rule: rule.name };
}

/** With what is new since the revision that was clicked, where the last one came by an edit. */
export function oldRevision({ revision, before, asked }: Request): ClickRefusal {
  return { kind: 'old-revision', current: revision, ...(before === undefined ? {} : { edit: { before, asked } }) };
}
