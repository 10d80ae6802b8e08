/** Simplified Chinese: the result, where the requester wanted it. */
import type { Succeeded } from '../../domain/request.ts';
import type { ResultWords } from '../messages.ts';
import { code, link, oneLine, user } from '../mrkdwn.ts';
import { serviceDiffers } from './card.ts';
import { connection } from './connection.ts';
import { enumerated } from './names.ts';

export const result: ResultWords = {
  headline: ({ asked, endpoint }) =>
    `:white_check_mark: *实例 ${code(asked.operation.instanceId)} 的 VPC 终端节点已创建。* ${
      endpoint.domain === '' ? '域名尚未显示，得知后会更新在这里。' : '域名：'
    }`,
  details,
  usage: (request) => [
    '*使用方法：* 在 Watcher 告警、跨集群 reindex、LDAP 或 Active Directory 认证的配置中，主机填这个域名，端口填服务监听的端口。',
    `${code(request.asked.operation.serviceId)} 的负载均衡需要监听该端口，安全组也要放行。`,
    connection.progress(request),
    ...connection.advice(request),
  ],
  cardLink: (url) => link(url, '查看审批卡片'),
};

function details(request: Succeeded): readonly string[] {
  const { endpoint, asked, approvals, requester } = request;
  const { serviceId } = endpoint;
  const differs = serviceId !== undefined && serviceId !== asked.operation.serviceId;
  const approvers = enumerated(
    approvals.map(({ by }) => user(by)),
    '人',
    600,
  );
  return [
    `终端节点：${code(endpoint.id)}${endpoint.name === undefined ? '' : `（${oneLine(endpoint.name, 120)}）`}`,
    `终端节点服务：${code(serviceId ?? asked.operation.serviceId)} · 可用区：${code(asked.operation.zoneId)}`,
    ...(differs ? [serviceDiffers(request)] : []),
    ...(endpoint.requestId === undefined ? [] : [`RequestId：${code(endpoint.requestId)}`]),
    `申请人：${user(requester)}${approvers === '' ? '' : ` · 审批人：${approvers}`}`,
  ];
}
