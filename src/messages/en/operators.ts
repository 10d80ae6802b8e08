/** English: what those who answer for the bot are told: the audit channel's lines, and alerts. */

import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { dryRunEndpoint, resumeCommand } from '../incident.ts';
import type { NoticeFacts, OperatorWords } from '../messages.ts';
import { code, codeBlock, link, listed, user } from '../mrkdwn.ts';
import { events } from './events.ts';
import { refusals } from './refusals.ts';

export const operators: OperatorWords = {
  auditLine: (event, { request, card }) => {
    const parts = [
      code(request.id),
      isConnectionEvent(event) || isPolicyEvent(event) ? events.line(event, request) : outcome(event, request),
      ...(card === undefined ? [] : [link(card, 'card')]),
    ];
    return parts.join(' · ');
  },
  alert,
};

function outcome(event: Exclude<RequestEvent, ConnectionEvent | PolicyEvent>, request: NoticeFacts['request']): string {
  switch (event.type) {
    case 'succeeded':
      return `*succeeded* · ${code(event.endpoint.id)} · ${event.endpoint.domain === '' ? 'domain not known yet' : code(event.endpoint.domain, 250)}`;
    case 'failed':
      return `*failed*${made(event)} · ${refusals.brief(event.failure, request.asked.operation)}`;
    case 'refused':
      return `*refused*${made(event)} · ${refusals.brief(event.refusal, request.asked.operation)}`;
    case 'rejected':
      return `*rejected* by ${user(event.by)}`;
    case 'cancelled':
      return `*cancelled* by ${user(event.by)}`;
    case 'expired':
      return '*expired*';
    case 'attention-needed':
      return `*needs attention* · ${ids(event.candidates)}`;
    case 'ghost-seen':
      return `*another endpoint seen* · ${ids(event.endpoints)}`;
    case 'submitted':
    case 'edited':
    case 'precheck-postponed':
    case 'result-channel-closed':
    case 'precheck-passed':
    case 'precheck-completed':
    case 'approval-given':
    case 'approved':
    case 'sent-back':
    case 'recheck-postponed':
    case 'rechecked':
    case 'slot-reserved':
    case 'account-halted':
    case 'create-claimed':
    case 'create-postponed':
    case 'create-unclear':
    case 'looked':
    case 'resend-cleared':
    case 'retried':
    case 'disowned':
    case 'watched':
    case 'card-not-findable':
    case 'card-missed':
    case 'attempt-refused':
      return events.line(event, request);
  }
}

function ids(endpoints: readonly { readonly id: string }[]): string {
  return listed(
    endpoints.map(({ id }) => code(id)),
    (left) => `and ${left} more`,
    600,
  );
}

function made(event: RequestEvent): string {
  const endpoint = dryRunEndpoint(event);
  return endpoint === undefined ? '' : ` · ${code(endpoint.id)}`;
}

function alert(event: RequestEvent, { request, card }: NoticeFacts): readonly string[] {
  const endpoint = dryRunEndpoint(event);
  const { account, instanceId } = request.asked.operation;
  return [
    `:rotating_light: *A dry run created an endpoint.* Alibaba Cloud made ${endpoint === undefined ? 'an endpoint' : code(endpoint.id)} for ${code(instanceId)} although it was asked only to check request ${code(request.id)} of ${user(request.requester)}. Nobody had approved it.`,
    `All creates of the account ${code(account)} are stopped until an operator resumes them.`,
    '*What to do:* look at the endpoint in the console, and keep or delete it there. Then resume the account:',
    codeBlock(resumeCommand(account)),
    ...(card === undefined ? [] : [link(card, 'Open the card')]),
  ];
}
