/** The card's part about the approval: whose yes it takes, whose it has, who was told, and what is wrong with the rule's names. */
import { progressOf, progressOfSteps } from '../../../domain/policy/progress.ts';
import { canBeMet, mayStillApprove, rosterTroubles, toldDirectly } from '../../../domain/policy/roster.ts';
import type { Rule } from '../../../domain/policy/rule.ts';
import type { Pending, Request } from '../../../domain/request.ts';
import type { Messages } from '../../../messages/messages.ts';
import { listed } from '../../../messages/mrkdwn.ts';
import { namesIn } from '../../../messages/names-in.ts';

type Governed = Extract<Request, { rule: Rule }>;

const STEPS = 900;
const NOTES = 5;
const TROUBLES = 6;

export function approvalOf(request: Request, messages: Messages): string {
  if (!('rule' in request)) return '';
  const { card, policy } = messages;
  const { rule } = request;
  const approvals = 'approvals' in request ? request.approvals : [];
  const head = `*${card.labels.approval}* · ${policy.rule(rule)}`;
  if (rule.steps.length === 0) return [head, policy.automatic].join('\n');
  const names = namesIn(request.roster);
  const progress = progressOfSteps(rule, approvals);
  const steps = rule.steps.map((step, index) => policy.step(step, progress[index], rule.steps.length === 1, names));
  return [
    head,
    listed(steps, (left) => `… +${left}`, STEPS, '\n'),
    ...(isAlone(request) ? [] : [policy.progress(progressOf(rule, approvals), approvals)]),
    ...approvals
      .filter(({ note }) => note !== undefined)
      .slice(-NOTES)
      .map(policy.note),
    ...(request.status === 'pending' ? whileItWaits(request, messages) : []),
    ...(request.status === 'pending' || request.status === 'checking' ? [policy.until(request.expiresAt)] : []),
    ...(isAlone(request) ? policy.emergency(request.emergency) : []),
  ].join('\n');
}

/** In words alone: nobody is alerted but those whom the rule says to notify. */
function whileItWaits(request: Pending, { policy }: Messages): readonly string[] {
  const { rule, roster, requester, approvals, since, escalatedAt } = request;
  const names = namesIn(roster);
  const escalation =
    rule.escalation === undefined ? [] : [policy.escalates(since + rule.escalation.afterMs, rule.escalation, names)];
  const widened = escalatedAt === undefined ? [] : [policy.escalated(escalatedAt)];
  if (roster === undefined) return [...unlessEmpty(policy.told(rule.notify, [], names)), ...escalation, ...widened];
  const still = mayStillApprove(rule, roster, requester, approvals);
  const direct = toldDirectly(rule, roster, requester, approvals);
  return [
    ...(still.length === 0 ? [] : [policy.mayStill(still, names)]),
    ...unlessEmpty(policy.told(rule.notify, direct, names)),
    ...escalation,
    ...widened,
    ...rosterTroubles(rule.steps, roster)
      .slice(0, TROUBLES)
      .map((trouble) => policy.trouble(trouble, names)),
    ...(canBeMet(rule, roster, requester, approvals) === false ? [policy.cannotBeMet] : []),
  ];
}

function unlessEmpty(words: string): readonly string[] {
  return words === '' ? [] : [words];
}

function isAlone(request: Governed): request is Extract<Governed, { emergency?: unknown }> & {
  readonly emergency: NonNullable<Extract<Governed, { emergency?: unknown }>['emergency']>;
} {
  return 'emergency' in request && request.emergency !== undefined;
}
