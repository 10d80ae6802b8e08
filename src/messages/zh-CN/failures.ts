/** Simplified Chinese: why Alibaba Cloud did not do what it was asked. */

import type { CloudProblem } from '../../domain/cloud.ts';
import type { FailureReason } from '../../domain/cloud-errors.ts';
import type { Explanation } from '../explanation.ts';
import { troubleshootingLink } from '../links.ts';
import type { FailureWords } from '../messages.ts';
import { code, link, oneLine } from '../mrkdwn.ts';

type Sentences = Explanation & { readonly brief: string };

const BY_ITSELF = '无需操作，机器人会自动重试。';

const SENTENCES: Readonly<Record<FailureReason, Sentences>> = {
  'instance-not-found': {
    what: '阿里云找不到这个 Elasticsearch 实例。',
    why: '可能是实例 ID 有误、实例已释放，或实例属于其他账号或地域。',
    next: '请在控制台核对实例 ID，再用正确的实例和账号重新申请。',
    brief: '找不到该实例',
  },
  'instance-activating': {
    what: '实例正在变更或启动（生效中）。',
    why: '恢复正常之前，阿里云不会为它创建终端节点。',
    next: `${BY_ITSELF}如果长时间没有恢复，请到控制台查看该实例。`,
    brief: '实例正在变更',
  },
  'instance-busy': {
    what: '实例正在执行其他操作。',
    why: '阿里云同一时间只允许执行一个操作。',
    next: BY_ITSELF,
    brief: '实例正在执行其他操作',
  },
  'service-not-found': {
    what: '阿里云找不到这个终端节点服务。',
    why: '可能是服务 ID 有误、服务已删除，或当前账号无权使用它。',
    next: '请在专有网络控制台核对服务 ID。如果服务属于其他账号，请让服务所有者把当前账号加入服务白名单。',
    brief: '找不到该终端节点服务',
  },
  'service-busy': {
    what: '终端节点服务暂时不能变更。',
    why: '它正在执行另一项变更，已被锁定。',
    next: BY_ITSELF,
    brief: '终端节点服务正在变更，已被锁定',
  },
  'connection-not-found': {
    what: '还查不到这个终端节点的连接。',
    why: '终端节点创建后，连接要过一会儿才会出现。',
    next: '无需操作，机器人会自动再次查询。',
    brief: '还查不到终端节点的连接',
  },
  'no-available-resource': {
    what: '终端节点服务在该可用区没有可用的服务资源。',
    why: '服务在该可用区的负载均衡都无法再接入终端节点。',
    next: '请在该可用区添加服务资源（专有网络控制台 → 终端节点服务 → 服务资源），或换一个可用区。',
    brief: '该可用区没有可用的服务资源',
  },
  'parameter-invalid': {
    what: '阿里云不接受这些参数。',
    why: '实例、服务或可用区无效，或者不能这样搭配。',
    next: '请核对实例、服务和可用区，再重新申请。',
    brief: '参数不被接受',
  },
  'token-reused': {
    what: '阿里云提示这个 ClientToken 已用于其他请求。',
    why: '之前的某次尝试可能已经创建了终端节点。',
    next: '重试之前，请先在控制台查看该实例的终端节点；在这里重试会换用新的 ClientToken。',
    brief: 'ClientToken 已被使用过',
  },
  'previous-try-running': {
    what: '使用同一个 ClientToken 的上一次请求仍在处理中。',
    next: '无需操作，机器人会自动核对结果。',
    brief: '上一次请求仍在处理中',
  },
  'access-denied': {
    what: '机器人的 RAM 身份无权执行此操作。',
    why: '缺少 RAM 权限策略，或有策略明确拒绝了它。',
    next: '请让阿里云账号的管理员在 RAM 中授权，然后重试。',
    brief: '缺少 RAM 权限',
  },
  'product-not-activated': {
    what: '该账号没有开通私网连接（PrivateLink）或 Elasticsearch。',
    next: '请让账号所有者在控制台开通，然后重试。',
    brief: '产品尚未开通',
  },
  'access-key-invalid': {
    what: '机器人的 AccessKey 无效。',
    why: '它可能已删除、已禁用，或配置有误。',
    next: '请告知机器人的运维人员：需要更换凭证。',
    brief: '机器人的 AccessKey 无效',
  },
  'security-token-expired': {
    what: '机器人的临时凭证已失效。',
    next: '请过几分钟再试。如果一直这样，请告知机器人的运维人员。',
    brief: '机器人的临时凭证已失效',
  },
  'signature-wrong': {
    what: '阿里云拒绝了机器人的签名。',
    why: 'AccessKey Secret 与 AccessKey ID 不匹配。',
    next: '请告知机器人的运维人员：需要检查凭证。',
    brief: '机器人的签名被拒绝',
  },
  'clock-skew': {
    what: '机器人的时钟偏差超过 15 分钟。',
    next: '请告知机器人的运维人员：需要校准机器时间。',
    brief: '机器人的时钟不准',
  },
  'no-credentials': {
    what: '机器人没有该账号的凭证。',
    next: '请告知机器人的运维人员。凭证配置好之后，机器人会自动继续。',
    brief: '机器人没有该账号的凭证',
  },
  throttled: {
    what: '阿里云正在对该账号的调用限流。',
    next: '无需操作，机器人会放慢速度自动重试。',
    brief: '调用被阿里云限流',
  },
  'cloud-unavailable': {
    what: '阿里云服务出现异常。',
    next: BY_ITSELF,
    brief: '阿里云服务暂时不可用',
  },
  'cloud-unreachable': {
    what: '机器人无法连接阿里云。',
    why: '连接被拒绝或域名无法解析，请求没有发出。',
    next: `${BY_ITSELF}如果一直这样，请告知机器人的运维人员。`,
    brief: '无法连接阿里云',
  },
  'call-window-over': {
    what: '这次请求没来得及在时限内发出。',
    why: '机器人处理延迟，请求没有发出。',
    next: BY_ITSELF,
    brief: '请求没来得及在时限内发出',
  },
  'outcome-unclear': {
    what: '阿里云没有给出明确的答复。',
    why: '这次调用可能已经生效，也可能没有。',
    next: '无需操作，机器人会先核对结果，再做下一步。',
    brief: '没有得到明确的答复',
  },
  'refused-otherwise': {
    what: '阿里云拒绝了这次调用。',
    next: '请查看下方阿里云返回的信息和链接，改正后重试。',
    brief: '阿里云拒绝了调用',
  },
};

export const failures: FailureWords = {
  explain: (reason, problem) => {
    const { what, why, next } = SENTENCES[reason];
    const missing = reason === 'access-denied' ? problem?.missingAction : undefined;
    const advice =
      missing === undefined ? next : `请让阿里云账号的管理员在 RAM 中授予 ${code(missing)} 权限，然后重试。`;
    return { what, ...(why === undefined ? {} : { why }), next: advice };
  },
  brief: (reason) => SENTENCES[reason].brief,
  facts: (problem) => facts(problem),
  written: ({ what, why, next }) => `${what}${why ?? ''}\n*处理办法：* ${next}`,
};

function facts(problem: CloudProblem): readonly string[] {
  const { httpStatus, message, requestId, missingAction } = problem;
  const url = troubleshootingLink(problem);
  const status = httpStatus === undefined ? '' : `（HTTP ${httpStatus}）`;
  return [
    `错误码：${code(problem.code)}${status}`,
    ...(message === undefined || message === '' ? [] : [`阿里云返回：“${oneLine(message)}”`]),
    ...(missingAction === undefined ? [] : [`缺少的 RAM 权限：${code(missingAction)}`]),
    ...(requestId === undefined ? [] : [`RequestId：${code(requestId)}`]),
    ...(url === undefined ? [] : [link(url, '阿里云的诊断与解决方案')]),
  ];
}
