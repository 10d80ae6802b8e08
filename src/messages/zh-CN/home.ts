/** Simplified Chinese: requests in lists. */
import { lifetimeEnd } from '../../domain/lifetime.ts';
import { progressOf } from '../../domain/policy/progress.ts';
import type { Request } from '../../domain/request.ts';
import type { CardPlace } from '../help.ts';
import type { HomeWords } from '../home.ts';
import { channel, code, link, user, when } from '../mrkdwn.ts';

export const home: HomeWords = {
  newRequest: '申请 VPC 终端节点…',
  headings: {
    waiting: '等待你审批',
    asked: '我的申请',
    owned: '我的终端节点',
    decided: '最近的审批结果',
  },
  empty: {
    waiting: '没有等待你审批的申请。',
    asked: '你还没有提出过申请，可以用上面的按钮打开表单。',
    owned: '还没有为你创建过终端节点。',
    decided: '还没有审批结果。',
  },
  more: (left) => `另有 ${left} 个`,
  target: ({ account, instanceId, serviceId, zoneId }) =>
    `${code(instanceId)} → ${code(serviceId)}，可用区 ${code(zoneId)}，账号 ${code(account)}`,
  waits: ({ request, card }) => {
    const { rule, approvals, requester, askedAt, expiresAt } = request;
    const { filled, required } = progressOf(rule, approvals);
    return [
      `${home.target(request.asked.operation)} · ${user(requester)} 于 ${when(askedAt)} 提出申请`,
      `规则 ${code(rule.name)} · *批准进度 ${filled}/${required}* · 审批截止时间：${when(expiresAt)}${cardIn(card, request)}`,
    ].join('\n');
  },
  asked: ({ request, card }, headline) =>
    `${home.target(request.asked.operation)} · 申请于 ${when(request.askedAt)}\n${headline}${cardIn(card, request)}`,
  owned: ({ request, card }, connection) => {
    const { endpoint, asked, at } = request;
    const end = lifetimeEnd(asked.lifetime, at);
    const domain = endpoint.domain === '' ? '域名尚未显示' : code(endpoint.domain, 250);
    const until = end === undefined ? '长期使用' : `使用期限至 ${when(end)}`;
    return `${code(asked.operation.instanceId)}：${code(endpoint.id)}，${domain}\n${connection}\n创建于 ${when(at)} · ${until}${cardIn(card, request)}`;
  },
  decided: ({ request, card }, headline) =>
    `${home.target(request.asked.operation)} · 申请人：${user(request.requester)}\n${headline}${cardIn(card, request)}`,
  pending: {
    mine: '*等待你审批*',
    others: '*等待其他人审批*',
    nothingForYou: '没有等待你审批的申请。',
    nothing: '没有等待审批的申请。',
  },
};

/** Without a card the id, by which it can be looked up. */
function cardIn(card: CardPlace | undefined, { id }: Pick<Request, 'id'>): string {
  if (card === undefined) return ` · ${code(id)}`;
  return ` · ${card.permalink === undefined ? `卡片：${channel(card.channel)}` : link(card.permalink, '打开卡片')}`;
}
