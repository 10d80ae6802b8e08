/** Simplified Chinese: what the requester is told, beside the card. */
import type { RequestEvent } from '../../domain/events.ts';
import { type ConnectionEvent, isConnectionEvent } from '../../domain/evolve-connection.ts';
import { isPolicyEvent, type PolicyEvent } from '../../domain/policy-events.ts';
import { CHECKS, firstRefusal, type PrecheckReport } from '../../domain/precheck.ts';
import type { Failure } from '../../domain/refusals.ts';
import type { Request } from '../../domain/request.ts';
import type { NoticeFacts, NoticeWords } from '../messages.ts';
import { channel, code, codeBlock, link, listed, quote, user, when } from '../mrkdwn.ts';
import { namesIn } from '../names-in.ts';
import { refusedByChecks } from '../refused-by.ts';
import { card } from './card.ts';
import { connection } from './connection.ts';
import { events } from './events.ts';
import { failures } from './failures.ts';
import { CHECK_NAMES, codes } from './names.ts';
import { policy } from './policy.ts';
import { refusals } from './refusals.ts';

const AGAIN = '*处理办法：* 如果仍然需要，请用 `/vpc-endpoint create` 重新申请。';

export const notices: NoticeWords = {
  paragraphs: (event, facts) => {
    if (isConnectionEvent(event)) return [...connection.notice(event, facts.request), ...cardLine(facts)];
    if (isPolicyEvent(event)) return [...policy.notice(event, facts.request), ...cardLine(facts)];
    return paragraphs(event, facts);
  },
};

function paragraphs(
  event: Exclude<RequestEvent, ConnectionEvent | PolicyEvent>,
  facts: NoticeFacts,
): readonly string[] {
  const { request } = facts;
  switch (event.type) {
    case 'submitted':
    case 'edited':
      return event.ruling.kind === 'refused'
        ? refused(event.ruling.refusal, request)
        : [`:mag: 正在预检${what(request)}。`];
    case 'refused':
      return [...refused(event.refusal, request), ...cardLine(facts)];
    case 'precheck-postponed':
      return [
        `:hourglass: ${what(request)}的预检暂时无法完成。${missing(event.report)}`,
        `机器人会自动重试，下一次在 ${when(event.retryAt)}，你无需操作。`,
      ];
    case 'result-channel-closed':
      return [
        `:information_source: ${what(request)}的结果应发到 ${channel(event.channel)}，但机器人无法在那里发消息。`,
        '*处理办法：* 请在该频道用 `/invite` 邀请机器人，否则结果会私信发给你。',
      ];
    case 'precheck-passed':
      return [
        `:hourglass_flowing_sand: ${what(request)}已通过预检，等待审批。`,
        ...whoMay(request),
        ...cardLine(facts),
      ];
    case 'precheck-completed': {
      const refusal = firstRefusal(event.report);
      return refusal === undefined
        ? [`:white_check_mark: ${what(request)}预检完成，没有创建终端节点。`, report(event.report, request)]
        : [
            `:x: ${what(request)}预检完成：按目前的内容无法创建，没有创建终端节点。`,
            ...explained(refusal, request),
            report(event.report, request),
          ];
    }
    case 'rejected':
      return [
        `:x: ${user(event.by)} 驳回了${what(request)}。`,
        quote(event.reason, 1_200),
        `*处理办法：* 与 ${user(event.by)} 沟通后，用 \`/vpc-endpoint create\` 重新申请。`,
        ...cardLine(facts),
      ];
    case 'expired':
      return [`:hourglass: ${what(request)}已过期：期限内无人审批。`, AGAIN, ...cardLine(facts)];
    case 'sent-back':
      return [
        event.why.kind === 'approval-too-old'
          ? `:arrows_counterclockwise: ${what(request)}需要重新审批：终端节点还没创建，之前的批准就超过了有效期。`
          : `:arrows_counterclockwise: ${what(request)}需要重新审批：创建前的复查结果有变化。`,
        ...(event.why.kind === 'precheck-differs'
          ? [event.why.checks.map((name) => card.check(name, event.report[name], request.asked.operation)).join('\n')]
          : []),
        ...whoMay(request),
        ...cardLine(facts),
      ];
    case 'attention-needed':
      return [
        `:warning: 机器人无法自行判断哪个终端节点属于${what(request)}：${codes(event.candidates.map(({ id }) => id))}。`,
        '*处理办法：* 请在控制台核对，然后在卡片上选择。期间机器人不会创建或删除任何终端节点。',
        ...cardLine(facts),
      ];
    case 'succeeded':
      return [
        ...(event.endpoint.domain === ''
          ? [
              `:white_check_mark: ${what(request)}已完成。终端节点 ${code(event.endpoint.id)} 的域名尚未显示，得知后会告诉你。`,
            ]
          : [
              `:white_check_mark: ${what(request)}已完成。终端节点 ${code(event.endpoint.id)} 的域名：`,
              codeBlock(event.endpoint.domain, 300),
            ]),
        ...(request.asked.channel === undefined ? [] : [`详情见 ${channel(request.asked.channel)}。`]),
        ...cardLine(facts),
      ];
    case 'failed':
      return [
        `:red_circle: ${what(request)}创建失败。`,
        ...explained(event.failure, request),
        // Otherwise trying again would only fail again.
        ...(refusals.problem(event.failure) === undefined ? [] : ['要再试一次，请在卡片上点击“重试”。']),
        ...cardLine(facts),
      ];
    case 'ghost-seen':
      return [
        `:warning: 又发现可能属于${what(request)}的终端节点：${codes(event.endpoints.map(({ id }) => id))}。`,
        '*处理办法：* 请在控制台查看，如果没有人需要就在那里删除。机器人不会自动删除任何终端节点。',
        ...cardLine(facts),
      ];
    case 'card-not-findable':
      return [
        `:warning: ${what(request)}的卡片可能没有发布：没有收到 Slack 的答复，而机器人无权读取该频道来确认。`,
        '*处理办法：* 请到审批频道查看。如果卡片在，就没有问题；如果不在，请让机器人重新发布，否则没有人能审批。',
      ];
    case 'card-missed':
      return [`:information_source: ${what(request)}的卡片已重新发布。`, ...cardLine(facts)];
    case 'approval-given':
    case 'approved':
    case 'cancelled':
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
    case 'attempt-refused':
      return [`${what(request)}：${events.line(event, request)}。`, ...cardLine(facts)];
  }
}

function what({ id, asked }: Request): string {
  return `你的申请 ${code(id)}（实例 ${code(asked.operation.instanceId)} 的终端节点）`;
}

function refused(refusal: Failure, request: Request): readonly string[] {
  return [
    `:no_entry: ${what(request)}${refusedByChecks(refusal) ? '未通过检查' : '未获受理'}。`,
    ...explained(refusal, request),
  ];
}

/** What happened, what to do, and what the cloud said. */
function explained(refusal: Failure, request: Request): readonly string[] {
  const problem = refusals.problem(refusal);
  return [
    failures.written(refusals.explain(refusal, request.asked.operation)),
    ...(problem === undefined ? [] : [failures.facts(problem).join('\n')]),
  ];
}

function report(checks: PrecheckReport, request: Request): string {
  return CHECKS.map((name) => card.check(name, checks[name], request.asked.operation)).join('\n');
}

function missing(checks: PrecheckReport): string {
  const open = CHECKS.flatMap((name) => {
    const item = checks[name];
    return item.verdict === 'not-checked' ? [`${CHECK_NAMES[name]}，${failures.brief(item.reason)}`] : [];
  });
  return open.length === 0 ? '' : `尚未检查：${open.join('；')}。`;
}

function whoMay(request: Request): readonly string[] {
  if (!('rule' in request)) return [];
  const { steps } = request.rule;
  const names = namesIn(request.roster);
  return [
    listed(
      steps.map((step) => policy.step(step, undefined, steps.length === 1, names)),
      (left) => `另有 ${left} 个步骤`,
      1_500,
      '\n',
    ),
  ];
}

function cardLine({ card: url }: NoticeFacts): readonly string[] {
  return url === undefined ? [] : [link(url, '查看审批卡片')];
}
