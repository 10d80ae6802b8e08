/** Simplified Chinese: the words on a request's card. */

import type { Operation } from '../../domain/asked.ts';
import { judgeProblem } from '../../domain/cloud-errors.ts';
import { type CheckName, firstRefusal, type Verdict } from '../../domain/precheck.ts';
import type { Request, Succeeded } from '../../domain/request.ts';
import type { CardWords } from '../messages.ts';
import { code, oneLine, user, when } from '../mrkdwn.ts';
import { refusedByChecks } from '../refused-by.ts';
import { connection } from './connection.ts';
import { failures } from './failures.ts';
import { CHECK_NAMES, codes, enumerated, LIFETIMES } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

export const card: CardWords = {
  title: ({ kind }) => {
    switch (kind) {
      case 'create':
        return '创建 VPC 终端节点';
    }
  },
  headline,
  labels: {
    instance: 'Elasticsearch 实例',
    service: '终端节点服务',
    zone: '可用区',
    account: '账号',
    lifetime: '使用期限',
    mode: '操作',
    reason: '申请理由',
    precheck: '预检',
    approval: '审批',
    onceApproved: '批准后机器人执行的等价命令（供核对）：',
    byHand: '创建它的等价命令（供核对）：',
    explorer: '在 OpenAPI Explorer 中打开 CreateVpcEndpoint',
  },
  labelled: (label, value) => `${label}：${value}`,
  lifetime: (lifetime) => LIFETIMES[lifetime],
  mode: (mode) => (mode === 'create' ? '创建终端节点' : '仅预检，不创建'),
  asked: ({ requester, askedAt }) => `${user(requester)} 于 ${when(askedAt)} 提出申请`,
  footer: ({ id, revision }) => `申请 ${code(id)} · 第 ${revision} 版`,
  check,
  waiting: (request) => {
    if (request.frozen !== undefined) return policy.frozen(request.frozen.until, request.frozen.reason);
    if (request.halted) {
      return `账号 ${code(request.asked.operation.account)} 的创建操作已暂停，等待运维人员恢复。这个申请的批准仍然有效，会继续等待。`;
    }
    if (request.setback !== undefined) {
      const { code: word, message } = request.setback;
      const said = message === undefined ? '' : `：“${oneLine(message, 200)}”`;
      const why = failures.brief(judgeProblem(request.setback).reason);
      return `上一次尝试没有创建出终端节点：${why}（${code(word)}${said}）。${when(request.notBefore)} 之后再试。`;
    }
    return request.slotAt === undefined
      ? '创建前会再检查一次，然后在该账号的创建队列中排队。'
      : `正在该账号的创建队列中排队，轮到的时间是 ${when(request.slotAt)}。`;
  },
  candidates: ({ candidates, targetLost }) => {
    const shown = candidates.map(({ id, domain }) =>
      domain === '' ? code(id) : `${code(id)}（${code(domain, 250)}）`,
    );
    const lost = targetLost ? '现在还有另一个申请在申请同样的终端节点，请一并核对。' : '';
    return `可能属于这个申请的终端节点：${enumerated(shown, '个', 1_200)}。${lost}\n*处理办法：* 请在控制台核对，然后在这张卡片上选择，申请人或审批人都可以选择。期间机器人不会创建或删除任何终端节点。`;
  },
  outcome,
  plainHint: ({ id }) =>
    `Slack 暂时无法显示这张卡片的按钮，按钮会自动恢复。用 \`/vpc-endpoint show ${oneLine(id, 60)}\` 可以查看这个申请。`,
  buttons: {
    approve: '批准',
    approveWithNote: '批准并附言…',
    approveAlone: '紧急批准…',
    reject: '驳回…',
    edit: '修改…',
    cancel: '取消申请',
    retry: '重试',
    choose: '选择终端节点…',
    repost: '没有看到卡片，重新发布',
    remind: '提醒审批人',
    why: '为什么？',
    review: '复核紧急批准…',
    askAgain: '重新申请…',
    acceptConnection: '接受连接',
  },
};

function headline(request: Request): string {
  switch (request.status) {
    case 'checking':
      return `:mag: *${request.revision > 1 ? '修改后正在重新预检。' : '正在预检。'}* 通过后才能审批。`;
    case 'refused':
      return `:no_entry: *${refusedByChecks(request.refusal) ? '检查未通过。' : '未获受理。'}* 按目前的内容不会进入审批。`;
    case 'checked':
      return firstRefusal(request.precheck) === undefined
        ? ':white_check_mark: *预检完成。* 本次只做预检，不创建终端节点。'
        : ':x: *预检完成：按目前的内容无法创建。*';
    case 'pending':
      return ':hourglass_flowing_sand: *等待审批。*';
    case 'rejected':
      return `:x: *已驳回* · ${user(request.by)} · ${when(request.at)}`;
    case 'cancelled':
      return `:no_entry_sign: *已取消* · ${user(request.by)} · ${when(request.at)}`;
    case 'expired':
      return `:hourglass: *已过期。* 截至 ${when(request.at)} 无人审批。如果仍然需要，请重新申请。`;
    case 'approved':
      return `:large_green_circle: *已批准* · ${when(request.approvedAt)} · 终端节点尚未创建。`;
    case 'executing':
      return ':rocket: *正在创建终端节点。*';
    case 'unknown':
      return ':eyes: *创建结果尚不明确。* 正在向阿里云核对，期间不会发送任何请求。';
    case 'needs-attention':
      return ':warning: *需要人工确认。* 机器人无法自行判断哪个终端节点属于这个申请。';
    case 'failed':
      return `:red_circle: *创建失败* · ${when(request.at)}`;
    case 'succeeded':
      return `:white_check_mark: *创建成功* · ${when(request.at)}`;
  }
}

/** The three things that a dry run checks are named whatever came of it. */
const DRY_RUN = 'AccessKey、RAM 授权、必填参数';

function check(name: CheckName, verdict: Verdict, operation: Operation): string {
  const about = name === 'dry-run' ? `（${DRY_RUN}）` : '';
  switch (verdict.verdict) {
    case 'passed': {
      const detail = verdict.detail === undefined ? '' : `：${oneLine(verdict.detail, 200)}`;
      return `✓ ${passed(name, operation)}${detail}`;
    }
    case 'failed':
      return `✗ ${CHECK_NAMES[name]}${about}：${refusals.brief(verdict.refusal, operation)}`;
    case 'not-checked':
      return `– ${CHECK_NAMES[name]}${about}：未检查，${failures.brief(verdict.reason)}`;
  }
}

function passed(name: CheckName, operation: Operation): string {
  switch (name) {
    case 'instance':
      return '实例状态正常，支持私网连接';
    case 'service':
      return '终端节点服务可用';
    case 'zone':
      return `服务支持可用区 ${code(operation.zoneId)}`;
    case 'duplicate':
      return '该实例在此可用区还没有连接该服务的终端节点';
    case 'dry-run':
      return `预检请求（DryRun）通过：${DRY_RUN}均正常`;
  }
}

function outcome(request: Succeeded): readonly string[] {
  const { endpoint, how, ghosts, asked, approvals } = request;
  const ways: Readonly<Record<Succeeded['how'], string>> = {
    answered: '由 CreateVpcEndpoint 直接返回。',
    found: '创建请求的响应丢失，通过查询实例的终端节点确认。',
    chosen: '由人工从多个候选中选定。',
  };
  const differs = endpoint.serviceId !== undefined && endpoint.serviceId !== asked.operation.serviceId;
  const approvers =
    approvals.length === 0
      ? '无'
      : enumerated(
          approvals.map(({ by }) => user(by)),
          '人',
          500,
        );
  return [
    `终端节点：${code(endpoint.id)}${endpoint.name === undefined ? '' : `（${oneLine(endpoint.name, 120)}）`}`,
    `域名：${endpoint.domain === '' ? '阿里云尚未显示' : code(endpoint.domain, 250)}`,
    connection.progress(request),
    `申请人：${user(request.requester)}，审批人：${approvers}`,
    ways[how],
    ...(endpoint.requestId === undefined ? [] : [`RequestId：${code(endpoint.requestId)}`]),
    ...(differs ? [serviceDiffers(request)] : []),
    ...(ghosts.length === 0
      ? []
      : [
          `:warning: 又发现 ${ghosts.length} 个可能也属于这个申请的终端节点：${codes(
            ghosts.map(({ id }) => id),
            400,
          )}。请在控制台核对，机器人不会自动删除任何终端节点。`,
        ]),
  ];
}

/** Also said with the result. */
export function serviceDiffers({ endpoint, asked }: Succeeded): string {
  return `:warning: 阿里云返回的服务 ID 是 ${code(endpoint.serviceId ?? '')}，与申请的 ${code(asked.operation.serviceId)} 不一致。请核对终端节点连接的服务是否正确。`;
}
