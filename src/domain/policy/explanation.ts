/** Why a request needs whose yes: the rule, who could say it now, why the reader can't, and what happens while nobody does. */
import { approve } from '../decide-approval.ts';
import type { Person } from '../decision.ts';
import type { UserGroupId, UserId } from '../ids.ts';
import { LIFETIMES, type Lifetime } from '../lifetime.ts';
import type { ClickRefusal } from '../refusals.ts';
import type { Request } from '../request.ts';
import { type OpenFreeze, openFreeze } from './freeze.ts';
import { type PolicySubject, type Which, whichRule } from './match.ts';
import { type Approval, mayActAlone, type Progress, progressOf, progressOfSteps } from './progress.ts';
import { canBeMet, couldApprove, type Roster, type RosterTrouble, rosterTroubles } from './roster.ts';
import type { People, Rule, Step } from './rule.ts';

/** At a moment of `Moment.now`; or, where nobody has asked yet, so many milliseconds afterwards. */
export type When = { readonly at: number } | { readonly afterMs: number };

export interface ExplainedStep {
  readonly step: Step;
  readonly progress: Progress;
  /** Who could still say yes to it, whether or not it has a free place. */
  readonly could: readonly UserId[];
}

/** What comes by itself. */
export interface Meanwhile {
  readonly expires: When;
  /** The next one; absent: none comes by itself. */
  readonly reminder?: When;
  /** Absent too once it has happened. */
  readonly escalation?: { readonly when: When; readonly to: People };
  readonly escalatedAt?: number;
}

/** Why somebody's yes would not count, of all that a click can be refused for. */
export type NotYours = Extract<
  ClickRefusal,
  {
    kind: 'requester-may-not-approve' | 'approved-before' | 'no-place-left' | 'groups-unreadable' | 'not-an-approver';
  }
>;

const NOT_YOURS: Readonly<Record<NotYours['kind'], true>> = {
  'requester-may-not-approve': true,
  'approved-before': true,
  'no-place-left': true,
  'groups-unreadable': true,
  'not-an-approver': true,
};

export interface Explanation {
  readonly rule: Rule;
  readonly steps: readonly ExplainedStep[];
  readonly approvals: readonly Approval[];
  readonly progress: Progress;
  /** Of the reader; absent once there is nothing to approve any more. */
  readonly you?: {
    /** Absent: their yes counts. */
    readonly refusal?: NotYours;
    /** Those of the rule's groups that Slack did not tell. */
    readonly unreadable: readonly UserGroupId[];
    readonly alone: boolean;
  };
  /** Absent once nobody has to decide any more. */
  readonly meanwhile?: Meanwhile;
  readonly freeze?: OpenFreeze;
  readonly troubles: readonly RosterTrouble[];
  /** Nobody is left who could complete it. */
  readonly hopeless: boolean;
}

export interface Situation {
  readonly reader: UserId;
  /** The reader, with those of the rule's groups that they are in. */
  readonly person: Person;
  readonly roster: Roster;
  /** `Moment.now`. */
  readonly now: number;
}

type Governed = Extract<Request, { rule: Rule }>;

/** @param of a request, or a rule that the reader's own request would fall under. */
export function explain(of: Governed | Rule, situation: Situation): Explanation {
  const { reader, roster, now } = situation;
  const request = 'status' in of ? of : undefined;
  const rule = 'status' in of ? of.rule : of;
  const requester = request?.requester ?? reader;
  const approvals = request !== undefined && 'approvals' in request ? request.approvals : [];
  const isOpen = request === undefined || request.status === 'checking' || request.status === 'pending';
  const progress = progressOfSteps(rule, approvals);
  const freeze = openFreeze(rule.freezes, now);
  const named = [...rule.steps, ...[rule.escalation, rule.emergency].filter((each) => each !== undefined)];
  return {
    rule,
    approvals,
    steps: rule.steps.map((step, index) => ({
      step,
      progress: progress[index] ?? { filled: 0, required: step.required, complete: false },
      could: couldApprove({ ...rule, steps: [step] }, roster, requester).filter(
        (user) => !approvals.some(({ by }) => by === user),
      ),
    })),
    progress: progressOf(rule, approvals),
    ...(isOpen ? { you: youAre(rule, requester, approvals, situation), meanwhile: meanwhile(rule, request) } : {}),
    ...(freeze === undefined ? {} : { freeze }),
    troubles: isOpen ? rosterTroubles(named, roster) : [],
    hopeless: isOpen && canBeMet(rule, roster, requester, approvals) === false,
  };
}

/** As it would be decided, by what decides it. */
function youAre(
  rule: Rule,
  requester: UserId,
  approvals: readonly Approval[],
  { reader, person, now }: Situation,
): NonNullable<Explanation['you']> {
  const decision = approve({ rule, requester, approvals }, { kind: 'approve', by: reader, revision: 1 }, person, now);
  return {
    ...(decision.kind === 'refused' ? { refusal: notYours(decision.refusal) } : {}),
    unreadable: person.unreadable,
    alone: mayActAlone(rule, reader, person.groups),
  };
}

function notYours(refusal: ClickRefusal): NotYours {
  if (isNotYours(refusal)) return refusal;
  throw new Error(`a yes is not refused with ${refusal.kind}`);
}

function isNotYours(refusal: ClickRefusal): refusal is NotYours {
  return Object.hasOwn(NOT_YOURS, refusal.kind);
}

function meanwhile(rule: Rule, request: Governed | undefined): Meanwhile {
  const { escalation, reminders } = rule;
  const to = escalation === undefined ? undefined : { users: escalation.users, groups: escalation.groups };
  if (request?.status === 'pending') {
    const { expiresAt, since, escalatedAt } = request;
    const { nextAt } = request.reminders;
    return {
      expires: { at: expiresAt },
      ...(nextAt === undefined ? {} : { reminder: { at: nextAt } }),
      ...(escalation === undefined || to === undefined
        ? {}
        : { escalation: { when: { at: since + escalation.afterMs }, to } }),
      ...(escalatedAt === undefined ? {} : { escalatedAt }),
    };
  }
  return {
    expires: request?.status === 'checking' ? { at: request.expiresAt } : { afterMs: rule.expiresAfterMs },
    ...(reminders === undefined ? {} : { reminder: { afterMs: reminders.afterMs } }),
    ...(escalation === undefined || to === undefined
      ? {}
      : { escalation: { when: { afterMs: escalation.afterMs }, to } }),
  };
}

/** What somebody's request would fall under, by how long they want it for. */
export interface Prospect {
  readonly lifetimes: readonly Lifetime[];
  readonly which: Which;
}

/** In the order of the lifetimes, those together that fall under the same. */
export function prospects(
  rules: readonly Rule[],
  subject: Omit<PolicySubject, 'lifetime'>,
  unreadable: readonly UserGroupId[],
): readonly Prospect[] {
  const found: { lifetimes: Lifetime[]; which: Which }[] = [];
  for (const lifetime of LIFETIMES) {
    const which = whichRule(rules, { ...subject, lifetime }, unreadable);
    const same = found.find((each) => isSame(each.which, which));
    if (same === undefined) found.push({ lifetimes: [lifetime], which });
    else same.lifetimes.push(lifetime);
  }
  return found;
}

function isSame(one: Which, other: Which): boolean {
  if (one.kind === 'unclear' || other.kind === 'unclear') return one.kind === other.kind;
  return one.rule === other.rule;
}
