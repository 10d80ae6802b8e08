/** Simplified Chinese: what the doctor finds about rules and approvers. */
import type { ApprovalFinding } from '../../domain/doctor/findings.ts';
import type { FindingWords } from '../doctor.ts';

export const approverFindings: FindingWords<ApprovalFinding> = {
  'people-ready': (found) => ({ what: `审批人均可审批：${found.users} 位用户，${found.groups} 个用户组` }),
  'approver-absent': (found) => ({
    what: `Slack 中没有用户 ${found.user}（${inRules(found.rules)}）。`,
    why: '没有人能以这个 ID 审批。',
    mend: '检查用户 ID（个人资料 → ⋮ → 复制成员 ID）。',
  }),
  'approver-unfit': (found) => ({
    what: `用户 ${found.user} 不能审批：${STANDINGS[found.standing]}（${inRules(found.rules)}）。`,
    why: '只有本工作区的正式成员可以审批，其他人的点击会被拒绝。',
    mend: '在规则中换一位审批人。',
  }),
  'approver-unknown': (found) => ({
    what: `未能检查用户 ${found.user}（${found.error}；${inRules(found.rules)}）。`,
    why: '此人可能已离开，或只是访客，不能审批。',
    mend: '如果缺少权限范围，请先补上，再重新检查。',
  }),
  'group-absent': (found) => ({
    what: `Slack 中没有用户组 ${found.group}（${inRules(found.rules)}）。`,
    why: '没有人能以该组成员的身份审批。',
    mend: '检查用户组 ID（用户组 → ⋮ → 复制用户组 ID）。',
  }),
  'group-disabled': (found) => ({
    what: `用户组 ${found.group} 已停用（${inRules(found.rules)}）。`,
    why: '没有人能以该组成员的身份审批。',
    mend: '重新启用该用户组，或在规则中换一个。',
  }),
  'group-empty': (found) => ({
    what: `用户组 ${found.group} 中没有可以审批的人（${inRules(found.rules)}）。`,
    why: '组内没有成员，或成员都是访客、机器人或已停用的账号。',
    mend: '把正式成员加入该组，或在规则中换一个用户组。',
  }),
  'groups-unknown': (found) => ({
    what: `未能检查用户组 ${found.groups.join('、')}（${found.error}）。`,
    why: '用户组可能不存在、已停用或没有成员。',
    mend: '如果缺少权限范围，请先补上，再重新检查。',
  }),
  'rule-unmet': (found) => ({
    what: `规则“${found.rule}”目前无法满足：需要 ${found.required} 个批准，最多只能得到 ${found.filled} 个。`,
    why: '无论谁点击，相关申请都会一直等到过期。',
    mend: '在规则的步骤中增加正式成员作为审批人，或减少所需的批准数。',
  }),
  'rule-shadowed': (found) => ({
    what: `规则“${found.rule}”永远不会生效：排在前面的“${found.by}”已经匹配了它的全部范围。`,
    why: '以第一条匹配的规则为准，因此这些审批人永远不会收到审批。',
    mend: '把范围更小的规则放在前面，或删除这条规则。',
  }),
  'account-without-rule': (found) => ({
    what: `没有规则覆盖账号 ${found.account}。`,
    why: '表单中可以选择该账号，但所有申请都会被拒绝。',
    mend: '为该账号添加规则，或从配置文件中删除该账号。',
  }),
  'policy-ready': (found) => ({ what: `${found.rules} 条规则都能生效，每个账号都有规则` }),
};

const STANDINGS = {
  guest: '此人是访客',
  bot: '这是机器人账号',
  stranger: '此人来自其他工作区',
  deactivated: '账号已停用',
} as const;

function inRules(rules: readonly string[]): string {
  return `规则 ${rules.join('、')}`;
}
