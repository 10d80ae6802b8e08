/** Simplified Chinese: what each scope is for, and what is lost without it. */
import type { DoctorWords } from '../doctor.ts';

export const doctorScopes: DoctorWords['scopes'] = {
  commands: { use: '`/vpc-endpoint` 命令和快捷方式', without: '全部功能不可用' },
  'chat:write': { use: '发送审批卡片、结果和答复', without: '全部功能不可用' },
  'im:write': { use: '私信通知申请人', without: '申请人只能在频道里看到结果' },
  'users:read': {
    use: '只允许正式成员操作，排除访客、机器人、外部人员和已离职人员',
    without: '无法辨认身份，任何人都不能申请或审批',
  },
  'usergroups:read': { use: '按用户组审批', without: '使用用户组的规则无法满足' },
  'channels:read': { use: '提前告知机器人无法在某个公开频道发消息', without: '要到发送结果时才会发现' },
  'groups:read': { use: '提前告知机器人无法在某个私有频道发消息', without: '要到发送结果时才会发现' },
  'channels:history': {
    use: '回执丢失时，在公开频道里重新找到审批卡片',
    without: '会询问申请人卡片是否还在，确认没有才重新发布',
  },
  'groups:history': {
    use: '回执丢失时，在私有频道里重新找到审批卡片',
    without: '会询问申请人卡片是否还在，确认没有才重新发布',
  },
  'im:history': { use: '回执丢失时，重新找到私信', without: '一段时间后不再寻找这条私信，并记入日志' },
};
