/** Simplified Chinese: why a request may not go on, or ended without an endpoint. */

import type { Operation } from '../../domain/asked.ts';
import type { Failure, Standing } from '../../domain/refusals.ts';
import type { Explanation } from '../explanation.ts';
import type { RefusalWords } from '../messages.ts';
import { code, link, oneLine } from '../mrkdwn.ts';
import { failures } from './failures.ts';
import { codes } from './names.ts';
import { policy } from './policy.ts';

/** What Slack says of a person that keeps them from using the bot; shared with the refusals of clicks. */
export function standing(of: Standing, who: '你' | '申请人'): string {
  switch (of) {
    case 'member':
      return `在 Slack 中，${who}是本工作区的正式成员。`;
    case 'guest':
      return `在 Slack 中，${who}是访客。只有本工作区的正式成员可以使用机器人。`;
    case 'bot':
      return 'Slack 显示这是机器人的操作。只有真人可以使用机器人。';
    case 'stranger':
      return `在 Slack 中，${who}属于其他工作区。只有本工作区的成员可以使用机器人。`;
    case 'deactivated':
      return 'Slack 显示这个账号已停用。';
    case 'unknown':
      return `Slack 没有及时确认${who}的身份，因此没有执行任何操作。`;
  }
}

export const refusals: RefusalWords = {
  explain,
  brief: (refusal, operation) => brief(refusal, operation),
  problem: (refusal) => (refusal.kind === 'cloud' || refusal.kind === 'gave-up' ? refusal.problem : undefined),
};

function explain(refusal: Failure, operation: Operation): Explanation {
  switch (refusal.kind) {
    case 'no-rule':
      return {
        what: '没有审批规则适用于这个申请。',
        why: `账号 ${code(operation.account)} 下的实例 ${code(operation.instanceId)} 没有配置审批人。`,
        next: '请换一个实例或账号，或让机器人的运维人员在配置文件中添加规则。',
      };
    case 'rule-unclear':
    case 'too-many-open':
      return policy.explain(refusal);
    case 'not-allowed':
      return {
        what: '申请人不能申请终端节点。',
        why: standing(refusal.standing, '申请人'),
        next: refusal.standing === 'unknown' ? '请一分钟后重新申请。' : '请让本工作区的正式成员来申请。',
      };
    case 'target-taken':
      return {
        what: `已有另一个申请（${other(refusal.by, refusal.link)}）在申请同样的终端节点。`,
        why: '同一实例、服务和可用区，同时只能有一个进行中的申请。',
        next: '请关注那个申请。如果它结束时没有创建终端节点，你可以重新申请。',
      };
    case 'endpoint-exists':
      return {
        what: `该实例${refusal.domain === '' ? '' : '在此可用区'}已有连接该服务的终端节点：${code(refusal.endpoint)}。`,
        ...(refusal.domain === '' ? {} : { why: `域名是 ${code(refusal.domain, 250)}。` }),
        next: '直接使用这个终端节点即可，不需要再创建一个。',
      };
    case 'instance-not-active':
      return {
        what: `实例当前不可用，状态为 ${code(refusal.status)}。`,
        next: '请等实例恢复正常后重新申请。',
      };
    case 'instance-too-old':
      return {
        what: '该实例不支持私网连接。',
        why: `2020 年 10 月之前创建的实例使用旧网络架构${
          refusal.createdAt === undefined ? '' : `（该实例创建于 ${oneLine(refusal.createdAt, 40)}）`
        }。`,
        next: '请换用较新的实例，或先把该实例迁移到新网络架构。',
      };
    case 'service-not-active':
      return {
        what: `终端节点服务不可用，状态为 ${code(refusal.status)}。`,
        next: '请联系服务所有者恢复服务，然后重新申请。',
      };
    case 'zone-not-offered':
      return {
        what: `终端节点服务不支持可用区 ${code(operation.zoneId)}。`,
        why: refusal.zones.length === 0 ? '它目前没有任何可用区。' : `它支持的可用区：${codes(refusal.zones, 400)}。`,
        next:
          refusal.zones.length === 0
            ? '请让服务所有者添加这个可用区。'
            : '请选择它支持的可用区，或让服务所有者添加这个可用区。',
      };
    case 'dry-run-created':
      return {
        what: `阿里云收到的只是预检请求，却真的创建了终端节点 ${code(refusal.endpoint.id)}。`,
        why: '没有人批准过这次创建，因此该账号的创建操作已暂停。',
        next: '请等待运维人员检查该终端节点并恢复账号。',
      };
    case 'cloud':
      return failures.explain(refusal.reason, refusal.problem);
    case 'gave-up':
      return {
        what: '无法确定创建结果，也不能再用同一个 ClientToken 发送。',
        why: '两次完整查询该实例的终端节点，都没有发现可能由它创建的。',
        next: '请在控制台查看该实例的终端节点。如果确实没有，重试会换用新的 ClientToken 重新创建。',
      };
  }
}

function brief(refusal: Failure, operation: Operation): string {
  const what = explain(refusal, operation).what.replace(/。$/, '');
  return refusal.kind === 'cloud' ? `${what}（${code(refusal.problem.code)}）` : what;
}

export function other(request: string, url: string | undefined): string {
  return url === undefined ? code(request) : `${code(request)}，${link(url, '查看卡片')}`;
}
