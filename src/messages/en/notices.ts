/** English: what the requester is told, beside the card. */
import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { CHECKS, firstRefusal, type PrecheckReport } from '../../domain/precheck.ts';
import type { Failure } from '../../domain/refusals.ts';
import type { Request } from '../../domain/request.ts';
import type { NoticeFacts, NoticeWords } from '../messages.ts';
import { channel, code, codeBlock, link, listed, quote, user, when } from '../mrkdwn.ts';
import { namesIn } from '../names-in.ts';
import { card } from './card.ts';
import { connection } from './connection.ts';
import { events } from './events.ts';
import { failures } from './failures.ts';
import { CHECK_NAMES } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

const more = (left: number): string => `and ${left} more`;
const AGAIN = '*What to do:* ask again with `/vpc-endpoint create` if it is still needed.';

export const notices: NoticeWords = {
  paragraphs: (event, facts) => {
    if (isConnectionEvent(event)) return [...connection.notice(event, facts.request), ...cardLine(facts)];
    if (isPolicyEvent(event)) return [...policy.notice(event, facts.request), ...cardLine(facts)];
    return paragraphs(event, facts);
  },
};

function paragraphs(
  event: Exclude<RequestEvent, ConnectionEvent | PolicyEvent>,
  facts: NoticeFacts,
): readonly string[] {
  const { request } = facts;
  switch (event.type) {
    case 'submitted':
    case 'edited':
      return event.ruling.kind === 'refused'
        ? refused(event.ruling.refusal, request)
        : [`:mag: Your ${what(request)} is being checked with Alibaba Cloud.`];
    case 'refused':
      return [...refused(event.refusal, request), ...cardLine(facts)];
    case 'precheck-postponed':
      return [
        `:hourglass: The check of your ${what(request)} is held up. ${missing(event.report)}`,
        `It is repeated by itself, the next time on ${when(event.retryAt)}. There is nothing you need to do.`,
      ];
    case 'result-channel-closed':
      return [
        `:information_source: The bot can’t post in ${channel(event.channel)}, where the result of your ${what(request)} should go.`,
        '*What to do:* invite it there (`/invite` in that channel). Otherwise you get the result as a direct message.',
      ];
    case 'precheck-passed':
      return [
        `:hourglass_flowing_sand: Your ${what(request)} passed its precheck, and is waiting for approval.`,
        ...whoMay(request),
        ...cardLine(facts),
      ];
    case 'precheck-completed': {
      const refusal = firstRefusal(event.report);
      return refusal === undefined
        ? [
            `:white_check_mark: The precheck of your ${what(request)} is complete. Nothing was created.`,
            report(event.report, request),
          ]
        : [
            `:x: The precheck of your ${what(request)} is complete: it would not work as asked. Nothing was created.`,
            ...explained(refusal, request),
            report(event.report, request),
          ];
    }
    case 'rejected':
      return [
        `:x: ${user(event.by)} rejected your ${what(request)}.`,
        quote(event.reason, 1_200),
        `*What to do:* settle it with ${user(event.by)}, and ask again with \`/vpc-endpoint create\`.`,
        ...cardLine(facts),
      ];
    case 'expired':
      return [`:hourglass: Your ${what(request)} expired: nobody decided in time.`, AGAIN, ...cardLine(facts)];
    case 'sent-back':
      return [
        event.why.kind === 'approval-too-old'
          ? `:arrows_counterclockwise: Your ${what(request)} needs a new approval: the first one grew too old before the endpoint could be created.`
          : `:arrows_counterclockwise: Your ${what(request)} needs a new approval: just before the create the check came out differently.`,
        ...(event.why.kind === 'precheck-differs'
          ? [event.why.checks.map((name) => card.check(name, event.report[name], request.asked.operation)).join('\n')]
          : []),
        ...whoMay(request),
        ...cardLine(facts),
      ];
    case 'attention-needed':
      return [
        `:warning: The bot can’t tell by itself which endpoint belongs to your ${what(request)}: ${listed(
          event.candidates.map(({ id }) => code(id)),
          more,
        )}.`,
        '*What to do:* compare them with the console, and choose on the card. Nothing is sent or deleted meanwhile.',
        ...cardLine(facts),
      ];
    case 'succeeded':
      return [
        ...(event.endpoint.domain === ''
          ? [
              `:white_check_mark: Your ${what(request)} is done. The domain of ${code(event.endpoint.id)} is not known yet; you are told once it is.`,
            ]
          : [
              `:white_check_mark: Your ${what(request)} is done. The domain of ${code(event.endpoint.id)} is:`,
              codeBlock(event.endpoint.domain, 300),
            ]),
        ...(request.asked.channel === undefined ? [] : [`The details are in ${channel(request.asked.channel)}.`]),
        ...cardLine(facts),
      ];
    case 'failed':
      return [
        `:red_circle: Your ${what(request)} failed.`,
        ...explained(event.failure, request),
        // Otherwise trying again would only fail again.
        ...(refusals.problem(event.failure) === undefined ? [] : ['*Retry* on the card tries again.']),
        ...cardLine(facts),
      ];
    case 'ghost-seen':
      return [
        `:warning: Another endpoint turned up that could belong to your ${what(request)}: ${listed(
          event.endpoints.map(({ id }) => code(id)),
          more,
        )}.`,
        '*What to do:* look at it in the console, and delete it there if nobody needs it. The bot deletes nothing by itself.',
        ...cardLine(facts),
      ];
    case 'card-not-findable':
      return [
        `:warning: The card of your ${what(request)} may be missing: Slack’s answer to it was lost, and the bot may not read the channel to look for it.`,
        '*What to do:* look in the approvals channel. If the card is there, all is well. If it is not, have it posted again, or nobody can decide.',
      ];
    case 'card-missed':
      return [`:information_source: The card of your ${what(request)} was posted again.`, ...cardLine(facts)];
    case 'approval-given':
    case 'approved':
    case 'cancelled':
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
    case 'attempt-refused':
      return [`Your ${what(request)}: ${events.line(event, request)}.`, ...cardLine(facts)];
  }
}

function what({ id, asked }: Request): string {
  return `request ${code(id)} (an endpoint of ${code(asked.operation.instanceId)})`;
}

function refused(refusal: Failure, request: Request): readonly string[] {
  return [`:no_entry: Your ${what(request)} was refused.`, ...explained(refusal, request)];
}

/** What happened, what to do, and what the cloud said. */
function explained(refusal: Failure, request: Request): readonly string[] {
  const problem = refusals.problem(refusal);
  return [
    failures.written(refusals.explain(refusal, request.asked.operation)),
    ...(problem === undefined ? [] : [failures.facts(problem).join('\n')]),
  ];
}

function report(checks: PrecheckReport, request: Request): string {
  return CHECKS.map((name) => card.check(name, checks[name], request.asked.operation)).join('\n');
}

function missing(checks: PrecheckReport): string {
  const open = CHECKS.flatMap((name) => {
    const item = checks[name];
    return item.verdict === 'not-checked' ? [`${CHECK_NAMES[name]} (${failures.brief(item.reason)})`] : [];
  });
  return open.length === 0 ? '' : `Not checked yet: ${open.join(', ')}.`;
}

function whoMay(request: Request): readonly string[] {
  if (!('rule' in request)) return [];
  const { steps } = request.rule;
  const names = namesIn(request.roster);
  return [
    listed(
      steps.map((step) => policy.step(step, undefined, steps.length === 1, names)),
      (left) => `and ${left} more steps`,
      1_500,
      '\n',
    ),
  ];
}

function cardLine({ card: url }: NoticeFacts): readonly string[] {
  return url === undefined ? [] : [link(url, 'Open the card')];
}
