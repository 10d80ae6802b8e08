/** Simplified Chinese: what became of a click, told to the one who clicked: why it changed nothing, or that it counts. */
import type { OnCard, PersonCommand } from '../../domain/commands.ts';
import type { ConnectionPhase } from '../../domain/connection.ts';
import type { ClickRefusal } from '../../domain/refusals.ts';
import type { Status } from '../../domain/request.ts';
import type { ClickWords } from '../messages.ts';
import { code, user, when } from '../mrkdwn.ts';
import { enumerated } from './names.ts';
import { policy } from './policy.ts';
import { other, standing } from './refusals.ts';

/** What was not done. `show` is asked for like a command, and changes nothing anyway. */
const NOT_DONE: Readonly<Record<PersonCommand['kind'] | 'show', string>> = {
  submit: '申请没有提交。',
  approve: '你的批准没有计入。',
  'approve-alone': '申请未获批准。',
  remind: '未发送提醒。',
  review: '复核未记录。',
  reject: '申请没有被驳回。',
  cancel: '申请没有取消。',
  edit: '申请没有修改。',
  retry: '申请没有重试。',
  'accept-connection': '没有发起接受连接。',
  'repost-card': '卡片没有重新发布。',
  'choose-endpoint': '没有选定终端节点。',
  show: '无法查看。',
};

const DONE: Readonly<Record<OnCard, string>> = {
  approve: '你的批准已计入。',
  'approve-alone': '你已单独批准该申请，事后须由他人复核。',
  remind: '已提醒审批人。',
  review: '你的复核已记录。',
  reject: '申请已驳回。',
  cancel: '申请已取消。',
  edit: '申请已修改，将重新预检。',
  retry: '申请将重试。',
  'accept-connection': '即将接受连接。',
  'choose-endpoint': '你的选择已记录。',
};

/** How a request was decided, by what it has become. */
const DECIDED: Readonly<Record<Status, string>> = {
  checking: '正在预检',
  pending: '正在等待审批',
  refused: '未获受理',
  checked: '预检后已结束',
  rejected: '已被驳回',
  cancelled: '已取消',
  expired: '因期限内无人审批已过期',
  approved: '已获批准',
  executing: '已获批准',
  unknown: '已获批准',
  'needs-attention': '已获批准',
  failed: '已获批准',
  succeeded: '已获批准',
};

/** What an approved request has come to. */
const SINCE: Readonly<Partial<Record<Status, string>>> = {
  approved: '终端节点即将创建。',
  executing: '终端节点正在创建。',
  unknown: '正在核对创建结果。',
  'needs-attention': '现在需要有人确认哪个终端节点属于它。',
  failed: '之后创建失败了。',
  succeeded: '终端节点已经创建好了。',
};

/** Why a connection has nothing to accept. */
const CONNECTION: Readonly<Record<ConnectionPhase, string>> = {
  connecting: '连接正在建立，或者刚刚已被接受，进度见卡片。',
  unaccepted: '接受连接的请求已在处理中，进度见卡片。',
  connected: '连接已经连通。',
  down: '这个连接不需要接受：没有连通另有原因，见卡片。',
  ended: '终端节点或终端节点服务已删除，或正在删除。',
  unwatched: '机器人已停止查看这个连接，请在控制台查看终端节点。',
};

export const clicks: ClickWords = {
  answer: (refusal, command) => {
    const nothing = isCommand(command) ? NOT_DONE[command] : '没有任何变化。';
    return `:information_source: ${nothing}${why(refusal)}`;
  },
  receipt: (command) => `:white_check_mark: ${DONE[command]}Slack 目前更新较慢，卡片稍后会显示，无需再次点击。`,
};

function why(refusal: ClickRefusal): string {
  switch (refusal.kind) {
    case 'already-decided':
      return decided(refusal);
    case 'old-revision':
      return oldRevision(refusal);
    case 'not-an-approver':
      return `按规则 ${code(refusal.rule)}，你不是审批人。审批人见卡片。`;
    case 'requester-may-not-approve':
      return `这是你自己提出的申请，规则 ${code(refusal.rule)} 要求由其他人批准。`;
    case 'approved-before':
      return `你已于 ${when(refusal.at)} 批准过，现在等待其他人审批。`;
    case 'no-place-left':
      return `规则 ${code(refusal.rule)} 中你所在的审批步骤已经满足，还需要谁审批见卡片。`;
    case 'only-requester':
      return '只有申请人可以这样做。';
    case 'only-requester-or-approver':
      return `只有申请人，或规则 ${code(refusal.rule)} 中的审批人可以这样做。`;
    case 'standing':
      return `${standing(refusal.standing, '你')}${refusal.standing === 'unknown' ? '请稍后再试。' : ''}`;
    case 'groups-unreadable':
      return 'Slack 无法提供规则中用户组的成员，因此没有计入。请稍后再试；如果一直这样，请告知机器人的运维人员。';
    case 'not-possible-now':
      return notNow(refusal.status);
    case 'target-taken':
      return `另一个申请（${other(refusal.by, refusal.link)}）已在申请同样的终端节点。请关注那个申请，或等它结束后再试。`;
    case 'nothing-to-accept':
      return CONNECTION[refusal.phase];
    case 'endpoint-not-a-candidate':
      return '这个终端节点已不在候选之列，请在卡片上重新打开选择。';
    case 'reminded-lately':
    case 'reminded-enough':
    case 'not-for-emergencies':
    case 'nothing-to-review':
    case 'reviewed-before':
    case 'own-emergency':
      return policy.clickRefusal(refusal);
    case 'no-such-request':
      return '这里没有这个申请，它可能来自机器人的另一处部署。请重新申请。';
  }
}

function oldRevision({ current, edit }: Extract<ClickRefusal, { kind: 'old-revision' }>): string {
  const changed = edit === undefined ? '' : `变化：${policy.changes(edit.before, edit.asked)}。`;
  return `你查看期间申请被修改，卡片现在显示第 ${current} 版。${changed}请看过之后再决定。`;
}

function decided({ status, by, at }: Extract<ClickRefusal, { kind: 'already-decided' }>): string {
  const known = isStatus(status) ? DECIDED[status] : '已有结论';
  const facts = [
    ...(by.length === 0 ? [] : [`操作人：${enumerated(by.map(user), '人', 600)}`]),
    ...(at === undefined ? [] : [`时间：${when(at)}`]),
  ];
  const since = isStatus(status) ? SINCE[status] : undefined;
  return `申请${known}${facts.length === 0 ? '' : `（${facts.join('，')}）`}。${since ?? ''}`;
}

const LOOK_AGAIN = '请稍后再看卡片。';

function notNow(status: string): string {
  if (!isStatus(status)) return `现在还不能这样做。${LOOK_AGAIN}`;
  switch (status) {
    case 'checking':
      return `申请正在预检，通过后才能审批。${LOOK_AGAIN}`;
    case 'pending':
      return `申请正在等待审批。${LOOK_AGAIN}`;
    case 'executing':
      return `终端节点正在创建。${LOOK_AGAIN}`;
    case 'unknown':
      return `正在核对创建结果，期间不会发送任何请求。${LOOK_AGAIN}`;
    case 'approved':
      return `申请已获批准，终端节点即将创建。${LOOK_AGAIN}`;
    case 'succeeded':
      return '申请已经有终端节点了。';
    case 'failed':
      return '这个申请创建失败，可以在卡片上重试。';
    case 'needs-attention':
      return '申请正在等待有人确认哪个终端节点属于它。';
    case 'refused':
    case 'checked':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return `申请${DECIDED[status]}，不能再这样做。`;
  }
}

function isStatus(status: string): status is Status {
  return Object.hasOwn(DECIDED, status);
}

function isCommand(command: string): command is keyof typeof NOT_DONE {
  return Object.hasOwn(NOT_DONE, command);
}
