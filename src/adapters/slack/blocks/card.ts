/** The card: a request as the approvers see it, in every status. */
import type { KnownBlock } from '@slack/types';
import { firstRefusal } from '../../../domain/precheck.ts';
import type { Failure } from '../../../domain/refusals.ts';
import type { Request } from '../../../domain/request.ts';
import type { Messages } from '../../../messages/messages.ts';
import { messagesFor } from '../../../messages/messages-for.ts';
import { cutToFit, quote } from '../../../messages/mrkdwn.ts';
import { approvalOf } from './approval-section.ts';
import { buttonRows } from './card-buttons.ts';
import { byHandOf, precheckOf, subjectOf } from './card-sections.ts';
import { context, fields, header, section, text } from './elements.ts';
import type { MessageView, PresentationContext } from './presentation.ts';

const OUTCOME = 2_400;
const PRECHECK = 2_200;
const APPROVAL = 1_800;

export function cardView(request: Request, presentation: PresentationContext): MessageView {
  const messages = messagesFor(presentation.locale);
  const words = messages.card;
  const { labels } = words;
  const title = words.title(request.asked.operation);
  // Cut here already: the text alone must have room for what is asked for, too.
  const status = cutToFit([words.headline(request), ...outcome(request, messages)].join('\n'), OUTCOME);
  const subject = subjectOf(request, presentation, messages);
  const reason = `*${labels.reason}*\n${quote(request.asked.reason, 1_400)}`;
  const asked = words.asked(request);
  const precheck = precheckOf(request, messages);
  const approval = approvalOf(request, messages);
  const byHand = byHandOf(request, presentation, messages);
  const { revision, before } = request;
  const edited = before === undefined ? '' : messages.policy.edited(revision, before, request.asked);
  const footer = words.footer(request);
  const rows = buttonRows(request, messages);

  const optional = (shown: string, max: number): readonly KnownBlock[] => (shown === '' ? [] : [section(shown, max)]);
  return {
    blocks: [
      header(title),
      section(status),
      fields(subject),
      section(`${reason}\n${asked}`),
      ...optional(edited, 1_500),
      ...optional(precheck, PRECHECK),
      ...optional(approval, APPROVAL),
      ...rows.map((row) => ({ type: 'actions' as const, elements: [...row] })),
      // Below the buttons: whoever decides from a phone should not have to scroll past it.
      ...optional(byHand, 2_000),
      context(footer),
    ],
    text: text([
      `*${title}*`,
      status,
      ...subject.map(([label, value]) => words.labelled(label, value.replaceAll('\n', ' '))),
      asked,
      reason,
      edited,
      approval,
      precheck,
      footer,
    ]),
  };
}

/** The card as text alone, since Slack refused its blocks. */
export function plainCard(request: Request, presentation: PresentationContext): string {
  const messages = messagesFor(presentation.locale);
  const { text: whole } = cardView(request, presentation);
  return buttonRows(request, messages).length === 0 ? whole : text([messages.card.plainHint(request), whole]);
}

function outcome(request: Request, messages: Messages): readonly string[] {
  switch (request.status) {
    case 'refused':
      return explained(request.refusal, request, messages);
    case 'failed':
      return explained(request.failure, request, messages);
    case 'checked': {
      const refusal = firstRefusal(request.precheck);
      return refusal === undefined ? [] : explained(refusal, request, messages);
    }
    case 'rejected':
      return [quote(request.reason, 1_000)];
    case 'approved':
      return [messages.card.waiting(request)];
    case 'unknown':
      return messages.failures.facts(request.problem);
    case 'needs-attention':
      return [messages.card.candidates(request)];
    case 'succeeded':
      return [...messages.card.outcome(request), ...messages.connection.advice(request)];
    case 'checking':
    case 'pending':
    case 'cancelled':
    case 'expired':
    case 'executing':
      return [];
  }
}

function explained(failure: Failure, { asked }: Request, { failures, refusals }: Messages): readonly string[] {
  const problem = refusals.problem(failure);
  const explanation = failures.written(refusals.explain(failure, asked.operation));
  return problem === undefined ? [explanation] : [explanation, ...failures.facts(problem)];
}
