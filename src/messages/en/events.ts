/** English: what happened to a request, one line each, as its thread tells it. */
import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { firstRefusal } from '../../domain/precheck.ts';
import type { Request } from '../../domain/request.ts';
import type { EventWords } from '../messages.ts';
import { channel, code, listed, oneLine, user, when } from '../mrkdwn.ts';
import { refusedByChecks } from '../refused-by.ts';
import { changes } from './changes.ts';
import { connection } from './connection.ts';
import { CHECK_NAMES } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

const more = (left: number): string => `and ${left} more`;
const codes = (ids: readonly string[]): string =>
  listed(
    ids.map((id) => code(id)),
    more,
    500,
  );

export const events: EventWords = {
  line: (event, request) => {
    if (isConnectionEvent(event)) return connection.line(event, request);
    return isPolicyEvent(event) ? policy.line(event, request) : line(event, request);
  },
};

function line(event: Exclude<RequestEvent, ConnectionEvent | PolicyEvent>, request: Request): string {
  const { operation } = request.asked;
  switch (event.type) {
    case 'submitted':
      return `${user(event.by)} asked for it${ruledOut(event.ruling, request)}`;
    case 'edited':
      return `${user(event.by)} edited it: revision ${event.revision}, ${changes(event.before, event.asked)}. ${voided(event.voided)}${ruledOut(event.ruling, request)}`;
    case 'refused':
      return `${refusedByChecks(event.refusal) ? 'The check refused it' : 'It was refused'}. ${refusals.brief(event.refusal, operation)}`;
    case 'precheck-postponed':
      return `The check could not be completed, and is repeated on ${when(event.retryAt)}`;
    case 'result-channel-closed':
      return `The bot can’t post in ${channel(event.channel)}: the result will go to the requester`;
    case 'precheck-passed':
      return asksNobody(request) ? 'The precheck passed' : 'The precheck passed; it waits for approval';
    case 'precheck-completed':
      return firstRefusal(event.report) === undefined
        ? 'The precheck is complete; nothing was to be created'
        : 'The precheck is complete: it would not work as asked';
    case 'approval-given':
      return `${user(event.approval.by)} approved it (${event.progress.filled} of ${event.progress.required})${event.approval.note === undefined ? '' : `: “${oneLine(event.approval.note, 300)}”`}`;
    case 'approved':
      return approved(event, request);
    case 'rejected':
      return `${user(event.by)} rejected it: “${oneLine(event.reason, 400)}”`;
    case 'cancelled':
      return `${user(event.by)} cancelled it`;
    case 'expired':
      return 'It expired: nobody decided in time';
    case 'sent-back':
      return event.why.kind === 'approval-too-old'
        ? `The approval grew too old before the create: revision ${event.revision} needs a new one`
        : `Just before the create the check came out differently (${event.why.checks
            .map((check) => CHECK_NAMES[check])
            .join(', ')}): revision ${event.revision} needs a new approval`;
    case 'recheck-postponed':
      return `The check before the create could not be completed, and is repeated on ${when(event.retryAt)}`;
    case 'rechecked':
      return 'The check before the create passed';
    case 'slot-reserved':
      return `It takes its turn on ${when(event.slotAt)}`;
    case 'account-halted':
      return `Creates of the account ${code(operation.account)} are stopped; it waits until an operator resumes them`;
    case 'create-claimed':
      return `The create is being sent (attempt ${event.attempt}${event.generation > 1 ? `, with ClientToken number ${event.generation}` : ''})`;
    case 'create-postponed':
      return `Nothing was created (${code(event.problem.code)}${requestId(event.problem.requestId)}); the next attempt is on ${when(event.retryAt)}`;
    case 'create-unclear':
      return `The create’s outcome is unclear (${code(event.problem.code)}${requestId(event.problem.requestId)}): it is read back, and nothing is sent meanwhile`;
    case 'looked':
      return event.complete
        ? `Looked at the instance’s endpoints: ${event.found} could be its own`
        : 'The instance’s endpoints could not be listed; looking again';
    case 'resend-cleared':
      return 'Two complete listings showed no new endpoint: the create is sent again with the same ClientToken';
    case 'attention-needed':
      return `The bot can’t tell by itself which endpoint belongs to it (${codes(event.candidates.map(({ id }) => id))}): a person must choose`;
    case 'succeeded':
      return `The endpoint ${code(event.endpoint.id)} ${found(event)}; its domain is ${event.endpoint.domain === '' ? 'not known yet' : code(event.endpoint.domain, 250)}`;
    case 'failed':
      return `It failed. ${refusals.brief(event.failure, operation)}${requestId(refusals.problem(event.failure)?.requestId)}`;
    case 'retried':
      return `${user(event.by)} retried it`;
    case 'disowned':
      return `${user(event.by)} said that none of ${codes(event.candidates)} belongs to it: everything is checked again before anything is sent`;
    case 'ghost-seen':
      return `Another endpoint turned up that could be its own: ${codes(event.endpoints.map(({ id }) => id))}. Nothing is deleted automatically`;
    case 'watched':
      return event.watch === undefined ? 'No other endpoint turned up' : 'No other endpoint turned up so far';
    case 'card-not-findable':
      return 'Slack’s answer to the card was lost, and the bot may not read the channel to look for it';
    case 'card-missed':
      return `${user(event.by)} found no card, and had it posted again`;
    case 'attempt-refused':
      return `${user(event.by)} tried to ${oneLine(event.what, 40)}, which was refused`;
  }
}

function asksNobody(request: Request): boolean {
  return 'rule' in request && request.rule.steps.length === 0;
}

function approved({ by, rule, emergency }: Extract<RequestEvent, { type: 'approved' }>, request: Request): string {
  if (emergency !== undefined) {
    return `:rotating_light: ${user(emergency.by)} approved it alone, in an emergency: “${oneLine(emergency.reason, 400)}”. The approvers of the rule ${code(rule)} owe a review${policy.reviewers(request)}`;
  }
  return by.length === 0
    ? `Approved by itself: the rule ${code(rule)} asks nobody`
    : `Approved by ${listed(by.map(user), more, 500)} under the rule ${code(rule)}`;
}

/** Those who said yes are called: what they agreed to has changed. */
function voided(people: readonly string[] | undefined): string {
  return `Earlier approvals are void${people === undefined ? '' : `: ${listed(people.map(user), more, 400)}, please look again`}`;
}

type Submitted = Extract<RequestEvent, { type: 'submitted' }>;

function ruledOut(ruling: Submitted['ruling'], request: Request): string {
  return ruling.kind === 'refused'
    ? `, and it was refused. ${refusals.brief(ruling.refusal, request.asked.operation)}`
    : '';
}

function found({ how, by }: Extract<RequestEvent, { type: 'succeeded' }>): string {
  switch (how) {
    case 'answered':
      return 'was created';
    case 'found':
      return 'was found by reading back';
    case 'chosen':
      return `was chosen${by === undefined ? '' : ` by ${user(by)}`}`;
  }
}

function requestId(id: string | undefined): string {
  return id === undefined ? '' : `, RequestId ${code(id)}`;
}
