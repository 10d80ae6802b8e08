/** Simplified Chinese: who may approve, why the reader may not, and what happens while nobody does. */
import type { Explanation, NotYours, When } from '../../domain/policy/explanation.ts';
import type { People, RuleMatch } from '../../domain/policy/rule.ts';
import type { ExplainWords } from '../explain.ts';
import { channel, code, link, listed, oneLine, when } from '../mrkdwn.ts';
import type { Names } from '../policy.ts';
import { codes, duration, enumerated, LIFETIMES } from './names.ts';
import { policy } from './policy.ts';

const ACTIONS: Readonly<Record<NonNullable<RuleMatch['action']>[number], string>> = { create: '创建', delete: '删除' };

export const explain: ExplainWords = {
  title: '谁可以审批',
  close: '关闭',
  askWhat: (command) =>
    `请指明要申请的实例或已有的申请：\`${command} who-can-approve es-cn-… [account]\` 或 \`${command} who-can-approve req_01…\`。`,
  whichAccount: (command, instance, accounts) =>
    `请指明实例所在的账号：${codes(accounts, 300)}。例如 \`${command} who-can-approve ${oneLine(instance, 80)} ${oneLine(accounts[0] ?? 'account', 60)}\`。`,
  aboutRequest: ({ id, asked }, headline, card) => {
    const where =
      card === undefined
        ? ''
        : ` · ${card.permalink === undefined ? `卡片：${channel(card.channel)}` : link(card.permalink, '打开卡片')}`;
    return `${code(id)}（实例 ${code(asked.operation.instanceId)} 的终端节点）：${headline}${where}`;
  },
  aboutProspect: (account, instance) => `如果由你申请账号 ${code(account)} 下实例 ${code(instance)} 的终端节点：`,
  noRule: (account, instance) =>
    `:no_entry: *没有审批规则适用，申请会被拒绝。* 由你申请时，账号 ${code(account)} 下的实例 ${code(instance)} 没有配置审批人。机器人的运维人员可以在配置文件中添加规则。`,
  unclear: (groups) =>
    `:grey_question: *暂时无法判断适用哪条审批规则。* 这取决于以下用户组，而 Slack 没有返回它们的成员：${codes(groups, 300)}。请稍后再试。`,
  ungoverned: '这个申请未获受理，没有进入审批，因此不需要任何人批准。',
  explained,
  otherwise: ({ lifetimes, which }) => {
    const wanted = enumerated(
      lifetimes.map((each) => LIFETIMES[each]),
      '个',
    );
    const what =
      which.kind === 'unclear'
        ? '暂时无法判断适用哪条规则'
        : which.rule === undefined
          ? '没有规则适用，申请会被拒绝'
          : `适用规则 ${code(which.rule.name)}`;
    return `使用期限为 ${wanted} 时：${what}。`;
  },
};

function explained(explanation: Explanation, names: Names): readonly string[] {
  const { rule, steps, approvals, progress, you, freeze, troubles, hopeless } = explanation;
  const isOpen = you !== undefined;
  const alone = steps.length === 1;
  return [
    `*规则：* ${code(rule.name)}，是第一条匹配的规则：${criteria(rule.match, names)}。`,
    ...(rule.steps.length === 0 ? [`*审批：* ${policy.automatic}。`] : ['*审批：*']),
    ...steps.flatMap(({ step, progress: filled, could }) => [
      `• ${policy.step(step, filled, alone, names)}`,
      ...(!isOpen || filled.complete
        ? []
        : [
            could.length === 0
              ? '   目前没有人可以批准。'
              : `   目前可以批准的人：${enumerated(could.map(names.person), '人', 400)}。`,
          ]),
    ]),
    ...(approvals.length === 0
      ? []
      : [
          `批准进度 ${progress.filled}/${progress.required}：${enumerated(
            approvals.map(({ by, at }) => `${names.person(by)}（${when(at)}）`),
            '人',
            600,
          )}。`,
        ]),
    ...(you === undefined || rule.steps.length === 0 ? [] : [`*你：* ${yourPart(you, explanation, names)}`]),
    ...(you?.alone === true ? ['紧急情况下，你可以说明理由后单独批准。'] : []),
    ...(rule.steps.length === 0 ? [] : whileNobodyDecides(explanation, names)),
    ...(freeze === undefined || !isOpen ? [] : [policy.frozen(freeze.until, freeze.reason)]),
    ...troubles.slice(0, 6).map((trouble) => policy.trouble(trouble, names)),
    ...(hopeless ? [policy.cannotBeMet] : []),
  ];
}

function criteria({ account, action, instance, requester, lifetime }: RuleMatch, names: Names): string {
  const all = [
    ...(account === undefined ? [] : [`账号为 ${or(account.map((each) => code(each)))}`]),
    ...(action === undefined ? [] : [`操作为${or(action.map((each) => ACTIONS[each]))}`]),
    ...(instance === undefined ? [] : [`实例为 ${or(instance.map((glob) => code(glob)))}`]),
    ...(requester === undefined ? [] : [`申请人为 ${people(requester, names)}`]),
    ...(lifetime === undefined ? [] : [`使用期限为 ${or(lifetime.map((each) => LIFETIMES[each]))}`]),
  ];
  return all.length === 0 ? '适用于所有申请' : all.join('，');
}

function yourPart(
  { refusal, unreadable }: NonNullable<Explanation['you']>,
  { rule }: Explanation,
  names: Names,
): string {
  if (refusal === undefined) return '你可以批准，你的批准会计入。';
  return whyNot(refusal, unreadable.map(names.group), rule.name);
}

function whyNot(refusal: NotYours, groups: readonly string[], rule: string): string {
  switch (refusal.kind) {
    case 'requester-may-not-approve':
      return '申请人不能批准自己的申请，这条规则要求由其他人批准。';
    case 'approved-before':
      return `你已于 ${when(refusal.at)} 批准，现在等待其他人审批。`;
    case 'no-place-left':
      return '你所在的审批步骤已经满足，还需要其他步骤的人批准。';
    case 'groups-unreadable':
      return `暂时无法判断你能否批准：Slack 没有返回 ${enumerated(groups, '个', 300)} 的成员。请稍后再试。`;
    case 'not-an-approver':
      return `你不能批准：规则 ${code(rule)} 没有指定你，也没有指定你所在的用户组。`;
  }
}

function whileNobodyDecides({ rule, meanwhile }: Explanation, names: Names): readonly string[] {
  if (meanwhile === undefined) return [];
  const { expires, reminder, escalation, escalatedAt } = meanwhile;
  return [
    '*无人审批期间：*',
    reminder === undefined ? '• 机器人不会自动提醒审批人。' : `• ${moment(reminder)}提醒审批人，之后间隔逐渐变长。`,
    ...(escalation === undefined
      ? []
      : [`• ${from(escalation.when)}，以下人员也可以审批：${people(escalation.to, names)}。`]),
    ...(escalatedAt === undefined ? [] : [`• ${policy.escalated(escalatedAt)}。`]),
    ...(rule.emergency === undefined
      ? []
      : [
          `• 紧急情况下，以下任意一人可以单独批准：${people(rule.emergency, names)}。事后须在 ${duration(rule.emergency.reviewWithinMs)}内复核。`,
        ]),
    `• ${moment(expires)}过期。`,
  ];
}

function moment(time: When): string {
  return 'at' in time ? `${when(time.at)} ` : `${duration(time.afterMs)}后`;
}

function from(time: When): string {
  return 'at' in time ? `${when(time.at)} 起` : `${duration(time.afterMs)}后`;
}

function people({ users, groups }: People, names: Names): string {
  return enumerated([...users.map(names.person), ...groups.map(names.group)], '个', 300);
}

function or(words: readonly string[]): string {
  return listed(words, (left) => `，另有 ${left} 个`, 300, ' 或 ');
}
