/** Simplified Chinese: how far an endpoint's connection is, who must accept it, and why it may stay down. */
import type { CloudProblem } from '../../domain/cloud.ts';
import { judgeProblem } from '../../domain/cloud-errors.ts';
import type { ConnectionEvent } from '../../domain/evolve-connection.ts';
import type { Request, Succeeded } from '../../domain/request.ts';
import type { ConnectionWords } from '../connection.ts';
import { code, codeBlock, user, when } from '../mrkdwn.ts';
import { failures } from './failures.ts';

export const connection: ConnectionWords = { progress, advice, line, notice };

function progress(request: Succeeded): string {
  const { phase, status, acceptance } = request.connection;
  const shown = status === undefined ? '' : `（阿里云显示为 ${code(status, 60)}）`;
  switch (phase) {
    case 'connecting':
      return acceptance?.state === 'accepted'
        ? `:electric_plug: 连接：已于 ${when(acceptance.at)} 接受，尚未连通${shown}。`
        : `:electric_plug: 连接：尚未连通${shown}，机器人会持续查看。`;
    case 'unaccepted':
      return acceptance?.state === 'wanted' || acceptance?.state === 'claimed'
        ? `:electric_plug: 连接：机器人即将接受连接${shown}。`
        : `:warning: 连接：等待 ${code(request.asked.operation.serviceId)} 的所有者接受${shown}。`;
    case 'connected':
      return ':large_green_circle: 连接：已连通。';
    case 'down':
      return `:warning: 连接：仍未连通${shown}。机器人会持续查看，连通后会告知。`;
    case 'ended':
      return `:black_circle: 连接：已终止${shown}，终端节点或终端节点服务已删除或正在删除。`;
    case 'unwatched':
      return `:black_circle: 连接：七天后仍未连通${shown}，机器人已停止查看。`;
  }
}

function advice(request: Succeeded): readonly string[] {
  const { phase, acceptance } = request.connection;
  switch (phase) {
    case 'unaccepted': {
      if (acceptance?.state === 'wanted' || acceptance?.state === 'claimed') return [];
      return [...(acceptance?.state === 'refused' ? [refused(acceptance.problem)] : []), ownerMust(request)];
    }
    case 'down':
      return [reasons(request)];
    case 'unwatched':
      return [`${reasons(request)}\n处理完成后，可在控制台查看连接状态。`];
    case 'connecting':
    case 'connected':
    case 'ended':
      return [];
  }
}

/** What is advised for a create does not hold for it: nobody tries again unless somebody asks for it. */
function refused(problem: CloudProblem): string {
  const { what, why } = failures.explain(judgeProblem(problem).reason, problem);
  const next = '请按下述方式接受，或再次点击卡片上的按钮。';
  const said = failures.written({ what, ...(why === undefined ? {} : { why }), next });
  return [`机器人未能接受连接。${said}`, ...failures.facts(problem)].join('\n');
}

function ownerMust({ asked, endpoint }: Request & Pick<Succeeded, 'endpoint'>): string {
  const { serviceId, account } = asked.operation;
  return [
    `*需要 ${code(serviceId)} 的所有者处理。* 所有者是账号 ${code(account)}，或共享该服务的账号。请接受终端节点 ${code(endpoint.id)} 的连接，方式任选其一：`,
    '• 在专有网络控制台：终端节点 → 终端节点服务 → 该服务 → 终端节点连接 → 允许；',
    `• 使用命令行：${code(`aliyun privatelink EnableVpcEndpointConnection --ServiceId ${serviceId} --EndpointId ${endpoint.id}`, 250)}`,
    '有权审批该申请的人，也可以点击卡片上的按钮，让机器人接受连接。',
  ].join('\n');
}

function reasons({ asked }: Pick<Request, 'asked'>): string {
  const { serviceId, zoneId } = asked.operation;
  return [
    '*可能的原因：*',
    `• ${code(serviceId)} 的所有者尚未接受或已拒绝该连接；`,
    `• 终端节点服务已锁定或欠费，或不再提供可用区 ${code(zoneId)}；`,
    `• 其负载均衡在 ${code(zoneId)} 没有健康的后端服务器。`,
    '*处理办法：* 在专有网络控制台查看该终端节点服务及其连接。',
  ].join('\n');
}

function line(event: ConnectionEvent, request: Request): string {
  const { serviceId, account } = request.asked.operation;
  switch (event.type) {
    case 'connection-looked':
      return `查看了连接状态${event.status === undefined ? '' : `：${code(event.status, 60)}`}`;
    case 'connection-unaccepted':
      return event.byBot
        ? `${code(serviceId)} 不自动接受连接：由机器人接受`
        : `${code(serviceId)} 不自动接受连接：需由其所有者接受`;
    case 'acceptance-ordered':
      return event.by === undefined
        ? `按账号 ${code(account)} 的配置，将自动接受该连接`
        : `${user(event.by)} 让机器人接受该连接`;
    case 'acceptance-claimed':
      return '正在发送接受连接的请求';
    case 'acceptance-postponed':
      return `接受连接推迟到 ${when(event.retryAt)}${event.problem === undefined ? '' : `（${code(event.problem.code)}）`}`;
    case 'connection-accepted':
      return `机器人已接受连接${event.requestId === undefined ? '' : `，RequestId ${code(event.requestId)}`}`;
    case 'acceptance-refused':
      return `机器人未能接受连接（${code(event.problem.code)}）：需由服务所有者接受`;
    case 'connected':
      return '连接已连通';
    case 'connection-down':
      return '连接仍未连通，机器人会持续查看';
    case 'connection-ended':
      return `连接已终止${event.status === undefined ? '' : `（${code(event.status, 60)}）`}`;
    case 'connection-unwatched':
      return '七天后仍未连通，机器人已停止查看';
    case 'domain-known':
      return `已获知域名：${code(event.domain, 250)}`;
  }
}

function notice(event: ConnectionEvent, request: Request): readonly string[] {
  switch (event.type) {
    case 'connection-unaccepted':
    case 'acceptance-refused':
    case 'connection-down':
      return [`:warning: ${what(request)}尚未连通。`, ...(made(request) ? advice(request) : [])];
    case 'connected':
      return [`:large_green_circle: ${what(request)}已连通。`];
    case 'connection-ended':
      return [
        `:black_circle: ${what(request)}的连接已终止：终端节点或终端节点服务已删除或正在删除。`,
        '*处理办法：* 在控制台查看该终端节点。如果仍然需要，请用 `/vpc-endpoint create` 重新申请。',
      ];
    case 'domain-known':
      return [`:information_source: ${what(request)}已经有域名了：`, codeBlock(event.domain, 300)];
    case 'connection-looked':
    case 'acceptance-ordered':
    case 'acceptance-claimed':
    case 'acceptance-postponed':
    case 'connection-accepted':
    case 'connection-unwatched':
      return [`${line(event, request)}。`];
  }
}

function made(request: Request): request is Succeeded {
  return request.status === 'succeeded';
}

function what(request: Request): string {
  const of = `你通过 ${code(request.id)} 申请的终端节点`;
  return made(request) ? `${of} ${code(request.endpoint.id)} ` : of;
}
