/** The parts of a card that are the same in every status: what is asked for, the precheck, the way by hand. */
import { CHECKS, firstRefusal, type PrecheckReport } from '../../../domain/precheck.ts';
import type { Request } from '../../../domain/request.ts';
import { aliyunCommand, explorerLink } from '../../../messages/links.ts';
import type { CardWords, Messages } from '../../../messages/messages.ts';
import { code, codeBlock, link, oneLine } from '../../../messages/mrkdwn.ts';
import type { PresentationContext } from './presentation.ts';

type Pair = readonly [string, string];

export function subjectOf(
  { asked, ...request }: Request,
  { accounts }: PresentationContext,
  messages: Messages,
): readonly Pair[] {
  const { labels, lifetime, mode } = messages.card;
  const { operation } = asked;
  const region = accounts.get(operation.account)?.region;
  const report = 'precheck' in request ? request.precheck : undefined;
  return [
    [labels.instance, named(operation.instanceId, report, 'instance')],
    [labels.service, named(operation.serviceId, report, 'service')],
    [labels.zone, code(operation.zoneId)],
    [
      labels.account,
      region === undefined ? code(operation.account) : `${code(operation.account)} (${oneLine(region, 60)})`,
    ],
    [labels.lifetime, lifetime(asked.lifetime)],
    [labels.mode, mode(asked.mode)],
  ];
}

/** An id with the name that the precheck read for it. */
function named(id: string, report: PrecheckReport | undefined, check: 'instance' | 'service'): string {
  const item = report?.[check];
  const detail = item?.verdict === 'passed' ? item.detail : undefined;
  return detail === undefined ? code(id) : `${code(id)}\n${oneLine(detail, 200)}`;
}

export function precheckOf(request: Request, { card }: Messages): string {
  const report = 'precheck' in request ? request.precheck : undefined;
  if (report === undefined) return '';
  const { operation } = request.asked;
  return [`*${card.labels.precheck}*`, ...CHECKS.map((name) => card.check(name, report[name], operation))].join('\n');
}

/** What the bot does, for whoever wants to compare it. Not where it would lead round a no, or to a second endpoint. */
export function byHandOf(request: Request, { accounts }: PresentationContext, { card }: Messages): string {
  const label = byHandLabel(request, card.labels);
  if (label === undefined) return '';
  const { operation } = request.asked;
  const region = accounts.get(operation.account)?.region;
  const command = aliyunCommand(operation, region);
  const explorer = link(explorerLink(operation, region), card.labels.explorer);
  return command === undefined ? '' : `${label}\n${codeBlock(command)}\n${explorer}`;
}

function byHandLabel(request: Request, { onceApproved, byHand }: CardWords['labels']): string | undefined {
  switch (request.status) {
    case 'pending':
      return onceApproved;
    case 'checked':
      return firstRefusal(request.precheck) === undefined ? byHand : undefined;
    case 'failed':
      return request.failure.kind === 'cloud' && !request.sends?.uncertain ? byHand : undefined;
    case 'checking':
    case 'refused':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
    case 'succeeded':
      return undefined;
  }
}
