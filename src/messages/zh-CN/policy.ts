/** Simplified Chinese: the approval policy on cards, in threads and in answers. */
import { callees, reviewers } from '../../domain/policy/callees.ts';
import type { RosterTrouble } from '../../domain/policy/roster.ts';
import type { People } from '../../domain/policy/rule.ts';
import type { PolicyEvent } from '../../domain/policy-events.ts';
import type { Standing } from '../../domain/refusals.ts';
import type { EmergencyApproval, Request, Verdict } from '../../domain/request.ts';
import { code, oneLine, user, userGroup, when } from '../mrkdwn.ts';
import { namesIn } from '../names-in.ts';
import type { Names, PolicyWords } from '../policy.ts';
import { changes } from './changes.ts';
import { codes, enumerated } from './names.ts';

const MENTIONS = 500;

const VERDICTS: Readonly<Record<Verdict, string>> = { 'in-order': '合规', 'not-in-order': '不合规' };

const STANDINGS: Readonly<Record<Exclude<Standing, 'member'>, string>> = {
  guest: '是访客，不能审批',
  bot: '是机器人，不能审批',
  stranger: '不在这个工作区，不能审批',
  deactivated: '已离开：账号已停用',
  unknown: '暂时无法在 Slack 中查到',
};

const GROUP_TROUBLES: Readonly<Record<Extract<RosterTrouble, { kind: 'group' }>['problem'], string>> = {
  disabled: '在 Slack 中已停用，其成员不计入审批人',
  absent: '在 Slack 中不存在',
  empty: '没有成员',
  'missing-scope': '无法读取：机器人缺少 `usergroups:read` 权限',
  'rate-limited': '暂时无法读取：Slack 限制了请求频率，稍后会重新读取',
  unreadable: '暂时无法读取，稍后会重新读取',
};

export const policy: PolicyWords = {
  line,
  notice,
  reviewers: (request) => behindColon(reviewers(request)),
  clickRefusal: (refusal) => {
    switch (refusal.kind) {
      case 'reminded-lately':
        return `${when(refusal.at)} 已经通知过审批人，${when(refusal.againAt)} 之后可以再次提醒。`;
      case 'reminded-enough':
        return `你已经提醒过 ${refusal.times} 次，达到上限。请直接联系审批人，卡片上有他们的名字。`;
      case 'not-for-emergencies':
        return `规则 ${code(refusal.rule)} 没有授权你在紧急情况下单独批准。`;
      case 'nothing-to-review':
        return '这个申请不是紧急批准的，无需复核。';
      case 'reviewed-before':
        return `${user(refusal.by)} 已于 ${when(refusal.at)} 复核。`;
      case 'own-emergency':
        return '需要由其他人复核：你是申请人，或是单独批准的人。';
    }
  },
  explain: (refusal) => {
    switch (refusal.kind) {
      case 'rule-unclear':
        return {
          what: '无法判断这个申请适用哪条审批规则。',
          why: `这取决于以下用户组，而 Slack 没有返回它们的成员：${codes(refusal.groups, 200)}。`,
          next: '请过几分钟再申请。如果一直如此，请联系机器人的运维人员。',
        };
      case 'too-many-open':
        return {
          what: `申请人已有 ${refusal.limit} 个未完成的申请，达到审批策略允许的上限。`,
          next: '请等其中一个处理完，或取消不再需要的申请，然后重新申请。',
        };
    }
  },
  changes,
  rule: ({ name, selfApproval }) => `规则 ${code(name)}${selfApproval ? '（允许申请人自己批准）' : ''}`,
  step: (step, progress, alone, names) => {
    const { users, groups, required } = step;
    const people = [
      ...(users.length === 0 ? [] : [enumerated(users.map(names.person), '人', 300)]),
      ...(groups.length === 0 ? [] : [`${enumerated(groups.map(names.group), '个', 300)} 的成员`]),
    ].join(' 和 ');
    const single = users.length === 1 && groups.length === 0;
    const sign = progress?.complete === true ? '✓ ' : '';
    return `${sign}${alone ? '可审批' : '需要'}：${single ? people : `${people}${groups.length === 0 ? ' ' : ''}中任意 ${required} 人`}`;
  },
  progress: ({ filled, required }, approvals) =>
    `*批准进度 ${filled}/${required}*${
      approvals.length === 0
        ? ''
        : ` · ${enumerated(
            approvals.map(({ by }) => user(by)),
            '人',
            600,
          )}`
    }`,
  note: ({ by, note }) => `${user(by)}：“${oneLine(note ?? '', 300)}”`,
  mayStill: (people, names) => `仍可审批：${enumerated(people.map(names.person), '人', 400)}`,
  told: (mentioned, direct, names) => {
    const all = [
      ...(mentioned === undefined ? [] : [mentions(mentioned)]),
      ...(direct.length === 0 ? [] : [`私信 ${enumerated(direct.map(names.person), '人', 300)}`]),
    ];
    return all.length === 0 ? '' : `已通知：${all.join('；')}`;
  },
  until: (at) => `审批截止时间：${when(at)}`,
  trouble: (trouble, names) =>
    trouble.kind === 'person'
      ? `:warning: ${names.person(trouble.user)} ${STANDINGS[trouble.standing]}。`
      : `:warning: 用户组 ${names.group(trouble.group)} ${GROUP_TROUBLES[trouble.problem]}。`,
  cannotBeMet: ':no_entry: *已经没有人能完成这项审批。* 机器人的运维人员可以修正规则或用户组，申请人可以取消申请。',
  escalates: (at, people, names) => `如果 ${when(at)} 前无人审批，以下人员也可以审批：${named(people, names)}`,
  escalated: (at) => `因无人审批，已于 ${when(at)} 增加审批人`,
  automatic: '自动批准：规则不要求任何人审批',
  emergency,
  frozen: (until, reason) =>
    `:snowflake: 变更冻结，${when(until)} 之前不创建${reason === undefined ? '' : `：“${oneLine(reason, 200)}”`}。批准仍然有效，届时自动创建。`,
  edited: (revision, before, after) => `:pencil2: 第 ${revision} 版的变化：${changes(before, after)}`,
};

function line(event: PolicyEvent, request: Request): string {
  switch (event.type) {
    case 'roster-read':
      return '已向 Slack 查询审批人';
    case 'reminded':
      return `${event.by === undefined ? '仍在等待审批' : `${user(event.by)} 提醒审批`}${called(request)}`;
    case 'escalated':
      return `一直无人审批，现在以下人员也可以审批：${whileOpen(event.to, request)}`;
    case 'rule-kept':
      return event.instead === undefined
        ? '审批策略有变化，这个申请适用的规则不变'
        : `审批策略有变化。现在提出的申请适用规则 ${code(event.instead)}，无法确定它更严格，这个申请仍按原规则审批`;
    case 'rule-tightened':
      return `审批策略变得更严格：规则 ${code(event.rule.name)} 取代 ${code(event.was)}${called(request)}`;
    case 'frozen':
      return `变更冻结，${when(event.until)} 之前不创建${event.reason === undefined ? '' : `：“${oneLine(event.reason, 200)}”`}`;
    case 'review-reminded':
      return `紧急批准仍待复核${behindColon(reviewers(request))}`;
    case 'reviewed':
      return `${user(event.by)} 复核了紧急批准：${VERDICTS[event.verdict]}${event.note === undefined ? '' : `，“${oneLine(event.note, 400)}”`}`;
  }
}

/** Nobody is called to what is decided. */
function called(request: Request): string {
  if (request.status !== 'pending') return '';
  return behindColon(callees(request.rule, request.approvals, request.requester));
}

/** Once it is decided they are named without being called. */
function whileOpen(people: People, request: Request): string {
  return request.status === 'pending'
    ? mentions(people)
    : named(people, namesIn('rule' in request ? request.roster : undefined));
}

function behindColon(people: People): string {
  const who = mentions(people);
  return who === '' ? '' : `：${who}`;
}

function notice(event: PolicyEvent, request: Request): readonly string[] {
  const what = `申请 ${code(request.id)}（实例 ${code(request.asked.operation.instanceId)} 的终端节点）`;
  switch (event.type) {
    case 'reminded':
    case 'escalated':
      return [`:bell: ${user(request.requester)} 的${what}正在等待审批，你可以审批。`, '卡片就在这个会话里。'];
    case 'rule-tightened':
      return [
        `:arrows_counterclockwise: 你的${what}等待期间，审批策略有变化：现在适用更严格的规则 ${code(event.rule.name)}。申请不受影响，卡片上显示还需要谁批准。`,
      ];
    case 'frozen':
      return [
        `:snowflake: 你的${what}已批准。变更冻结，${when(event.until)} 之前不创建${event.reason === undefined ? '' : `：“${oneLine(event.reason, 200)}”`}，届时自动创建，你无需操作。`,
      ];
    case 'roster-read':
    case 'rule-kept':
    case 'review-reminded':
    case 'reviewed':
      return [`你的${what}：${line(event, request)}。`];
  }
}

function emergency({ by, reason, at, review }: EmergencyApproval): readonly string[] {
  const given = `:rotating_light: *紧急情况下单独批准* · ${user(by)} · ${when(at)}：“${oneLine(reason, 400)}”`;
  switch (review.state) {
    case 'due':
      return [given, `*待复核：* 规则的审批人应在 ${when(review.until)} 前复核。`];
    case 'done':
      return [
        given,
        `复核人 ${user(review.by)} · ${when(review.at)}：${VERDICTS[review.verdict]}${review.note === undefined ? '' : `，“${oneLine(review.note, 300)}”`}`,
      ];
  }
}

function mentions({ users, groups }: People): string {
  return enumerated([...users.map(user), ...groups.map(userGroup)], '个', MENTIONS);
}

function named({ users, groups }: People, names: Names): string {
  return enumerated([...users.map(names.person), ...groups.map(names.group)], '个', 300);
}
