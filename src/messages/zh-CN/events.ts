/** Simplified Chinese: what happened to a request, one line each, as its thread tells it. */
import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { firstRefusal } from '../../domain/precheck.ts';
import type { Request } from '../../domain/request.ts';
import type { EventWords } from '../messages.ts';
import { channel, code, oneLine, user, when } from '../mrkdwn.ts';
import { refusedByChecks } from '../refused-by.ts';
import { changes } from './changes.ts';
import { connection } from './connection.ts';
import { CHECK_NAMES, codes, enumerated } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

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
      return `${user(event.by)} 提交了申请${ruledOut(event.ruling, request)}`;
    case 'edited':
      return `${user(event.by)} 修改为第 ${event.revision} 版（${changes(event.before, event.asked)}）${voided(event.voided)}${ruledOut(event.ruling, request)}`;
    case 'refused':
      return `${refusedByChecks(event.refusal) ? '检查未通过' : '未获受理'}：${refusals.brief(event.refusal, operation)}`;
    case 'precheck-postponed':
      return `预检未能完成，将于 ${when(event.retryAt)} 重试`;
    case 'result-channel-closed':
      return `机器人无法在 ${channel(event.channel)} 发消息，结果将私信发给申请人`;
    case 'precheck-passed':
      return asksNobody(request) ? '预检通过' : '预检通过，等待审批';
    case 'precheck-completed':
      return firstRefusal(event.report) === undefined
        ? '预检完成，本次不创建终端节点'
        : '预检完成：按目前的内容无法创建';
    case 'approval-given':
      return `${user(event.approval.by)} 批准了申请（${event.progress.filled}/${event.progress.required}）${event.approval.note === undefined ? '' : `：“${oneLine(event.approval.note, 300)}”`}`;
    case 'approved':
      return approved(event, request);
    case 'rejected':
      return `${user(event.by)} 驳回：“${oneLine(event.reason, 400)}”`;
    case 'cancelled':
      return `${user(event.by)} 取消了申请`;
    case 'expired':
      return '期限内无人审批，申请已过期';
    case 'sent-back':
      return event.why.kind === 'approval-too-old'
        ? `创建前批准已超过有效期，第 ${event.revision} 版需要重新审批`
        : `创建前的复查结果有变化（${event.why.checks
            .map((check) => CHECK_NAMES[check])
            .join('、')}），第 ${event.revision} 版需要重新审批`;
    case 'recheck-postponed':
      return `创建前的复查未能完成，将于 ${when(event.retryAt)} 重试`;
    case 'rechecked':
      return '创建前的复查通过';
    case 'slot-reserved':
      return `排队创建，轮到的时间是 ${when(event.slotAt)}`;
    case 'account-halted':
      return `账号 ${code(operation.account)} 的创建操作已暂停，申请等待运维人员恢复`;
    case 'create-claimed':
      return `正在发送创建请求（第 ${event.attempt} 次${event.generation > 1 ? `，使用第 ${event.generation} 个 ClientToken` : ''}）`;
    case 'create-postponed':
      return `没有创建（${code(event.problem.code)}${requestId(event.problem.requestId)}），将于 ${when(event.retryAt)} 重试`;
    case 'create-unclear':
      return `创建结果不明确（${code(event.problem.code)}${requestId(event.problem.requestId)}），正在核对，期间不会发送任何请求`;
    case 'looked':
      return event.complete
        ? `已查询实例的终端节点，其中 ${event.found} 个可能属于这个申请`
        : '未能列出实例的终端节点，将再次查询';
    case 'resend-cleared':
      return '两次完整查询都没有发现新的终端节点，将用同一个 ClientToken 再次发送创建请求';
    case 'attention-needed':
      return `机器人无法自行判断哪个终端节点属于这个申请（${codes(
        event.candidates.map(({ id }) => id),
        500,
      )}），需要人工选择`;
    case 'succeeded':
      return `终端节点 ${code(event.endpoint.id)} ${found(event)}，${event.endpoint.domain === '' ? '域名尚未显示' : `域名：${code(event.endpoint.domain, 250)}`}`;
    case 'failed':
      return `创建失败：${refusals.brief(event.failure, operation)}${requestId(refusals.problem(event.failure)?.requestId)}`;
    case 'retried':
      return `${user(event.by)} 发起重试`;
    case 'disowned':
      return `${user(event.by)} 确认 ${codes(event.candidates, 500)} 都不属于这个申请；再次发送之前会全部重新检查`;
    case 'ghost-seen':
      return `又发现可能属于这个申请的终端节点：${codes(
        event.endpoints.map(({ id }) => id),
        500,
      )}。机器人不会自动删除任何终端节点`;
    case 'watched':
      return event.watch === undefined ? '没有发现其他终端节点' : '目前没有发现其他终端节点';
    case 'card-not-findable':
      return '发布卡片时没有收到 Slack 的答复，且机器人无权读取该频道来确认';
    case 'card-missed':
      return `${user(event.by)} 没有看到卡片，已让机器人重新发布`;
    case 'attempt-refused':
      return `${user(event.by)} 尝试执行 ${code(event.what, 40)}，被拒绝`;
  }
}

function asksNobody(request: Request): boolean {
  return 'rule' in request && request.rule.steps.length === 0;
}

function approved({ by, rule, emergency }: Extract<RequestEvent, { type: 'approved' }>, request: Request): string {
  if (emergency !== undefined) {
    return `:rotating_light: ${user(emergency.by)} 在紧急情况下单独批准：“${oneLine(emergency.reason, 400)}”。规则 ${code(rule)} 的审批人须事后复核${policy.reviewers(request)}`;
  }
  return by.length === 0
    ? `自动批准：规则 ${code(rule)} 不要求任何人审批`
    : `审批通过，审批人：${enumerated(by.map(user), '人', 500)}，规则：${code(rule)}`;
}

/** Those who said yes are called: what they agreed to has changed. */
function voided(people: readonly string[] | undefined): string {
  return `，之前的批准作废${people === undefined ? '' : `，请 ${enumerated(people.map(user), '人', 400)} 重新查看`}`;
}

type Submitted = Extract<RequestEvent, { type: 'submitted' }>;

function ruledOut(ruling: Submitted['ruling'], request: Request): string {
  return ruling.kind === 'refused' ? `，未获受理：${refusals.brief(ruling.refusal, request.asked.operation)}` : '';
}

function found({ how, by }: Extract<RequestEvent, { type: 'succeeded' }>): string {
  switch (how) {
    case 'answered':
      return '已创建';
    case 'found':
      return '经核对已创建';
    case 'chosen':
      return by === undefined ? '已选定' : `由 ${user(by)} 选定`;
  }
}

function requestId(id: string | undefined): string {
  return id === undefined ? '' : `，RequestId ${code(id)}`;
}
