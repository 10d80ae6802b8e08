/** Simplified Chinese: what those who answer for the bot are told: the audit channel's lines, and alerts. */
import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { dryRunEndpoint, resumeCommand } from '../incident.ts';
import type { NoticeFacts, OperatorWords } from '../messages.ts';
import { code, codeBlock, link, user } from '../mrkdwn.ts';
import { refusedByChecks } from '../refused-by.ts';
import { events } from './events.ts';
import { codes } from './names.ts';
import { refusals } from './refusals.ts';

export const operators: OperatorWords = {
  auditLine: (event, { request, card }) => {
    const parts = [
      code(request.id),
      isConnectionEvent(event) || isPolicyEvent(event) ? events.line(event, request) : outcome(event, request),
      ...(card === undefined ? [] : [link(card, '卡片')]),
    ];
    return parts.join(' · ');
  },
  alert,
};

function outcome(event: Exclude<RequestEvent, ConnectionEvent | PolicyEvent>, request: NoticeFacts['request']): string {
  switch (event.type) {
    case 'succeeded':
      return `*创建成功* · ${code(event.endpoint.id)} · ${event.endpoint.domain === '' ? '域名尚未显示' : code(event.endpoint.domain, 250)}`;
    case 'failed':
      return `*创建失败*${made(event)} · ${refusals.brief(event.failure, request.asked.operation)}`;
    case 'refused':
      return `*${refusedByChecks(event.refusal) ? '检查未通过' : '未获受理'}*${made(event)} · ${refusals.brief(event.refusal, request.asked.operation)}`;
    case 'rejected':
      return `*已驳回* · ${user(event.by)}`;
    case 'cancelled':
      return `*已取消* · ${user(event.by)}`;
    case 'expired':
      return '*已过期*';
    case 'attention-needed':
      return `*需要人工确认* · ${ids(event.candidates)}`;
    case 'ghost-seen':
      return `*又发现终端节点* · ${ids(event.endpoints)}`;
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
  return codes(
    endpoints.map(({ id }) => id),
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
    `:rotating_light: *预检请求创建了终端节点。* 对于 ${user(request.requester)} 的申请 ${code(request.id)}，阿里云收到的只是预检请求，却真的为实例 ${code(instanceId)} 创建了终端节点${endpoint === undefined ? '' : ` ${code(endpoint.id)}`}。没有人批准过这次创建。`,
    `账号 ${code(account)} 的创建操作已全部暂停，等待运维人员恢复。`,
    '*处理办法：* 请在控制台查看这个终端节点，决定保留还是删除，然后恢复该账号：',
    codeBlock(resumeCommand(account)),
    ...(card === undefined ? [] : [link(card, '查看审批卡片')]),
  ];
}
