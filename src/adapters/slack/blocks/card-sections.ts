/** The parts of a card that are the same in every status: what is asked for, the precheck, the approval, the way by hand. */
import { progressOf } from '../../../domain/policy.ts';
import { CHECKS, type PrecheckReport } from '../../../domain/precheck.ts';
import type { Request } from '../../../domain/request.ts';
import { aliyunCommand, explorerLink } from '../../../messages/links.ts';
import type { Messages } from '../../../messages/messages.ts';
import { code, codeBlock, link, listed, oneLine } from '../../../messages/mrkdwn.ts';
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

export function approvalOf(request: Request, { card }: Messages): string {
  if (!('rule' in request)) return '';
  const { rule } = request;
  const approvals = 'approvals' in request ? request.approvals : [];
  const steps = rule.steps.map((step) => card.step(step, rule.steps.length === 1));
  const until = request.status === 'pending' || request.status === 'checking' ? [card.until(request.expiresAt)] : [];
  return [
    `*${card.labels.approval}* · ${card.rule(rule)}`,
    listed(steps, (left) => `… +${left}`, 1_000, '\n'),
    card.progress(
      progressOf(rule, approvals),
      approvals.map(({ by }) => by),
    ),
    ...until,
  ].join('\n');
}

/** Not while the bot does it, or may have done it: a second hand would make a second endpoint. */
export function byHandOf(request: Request, { accounts }: PresentationContext, { card }: Messages): string {
  if (request.status === 'failed' && request.sends?.uncertain) return '';
  switch (request.status) {
    case 'approved':
    case 'executing':
    case 'unknown':
    case 'needs-attention':
    case 'succeeded':
      return '';
    case 'checking':
    case 'refused':
    case 'checked':
    case 'pending':
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed': {
      const { operation } = request.asked;
      const region = accounts.get(operation.account)?.region;
      const command = aliyunCommand(operation, region);
      const explorer = link(explorerLink(operation, region), card.labels.explorer);
      return command === undefined ? '' : `${card.labels.byHand}\n${codeBlock(command)}\n${explorer}`;
    }
  }
}
