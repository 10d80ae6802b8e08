/** Simplified Chinese: the forms, what is wrong with an entry, and what to do when something did not work. */
import type { CloudIdKind, IdProblem } from '../../domain/ids.ts';
import type { ModalMessages } from '../modals.ts';
import { enumerated, LIFETIMES } from './names.ts';

const KINDS: Readonly<Record<CloudIdKind, { readonly what: string; readonly example: string }>> = {
  instance: { what: '实例 ID', example: 'es-cn-2r429tctl000d1aqz' },
  service: { what: '终端节点服务 ID', example: 'epsrv-hp3xdsq46ael67lob1c2' },
  zone: { what: '可用区 ID', example: 'cn-hangzhou-i' },
};

function idProblem(of: CloudIdKind, problem: IdProblem): string {
  const { what, example } = KINDS[of];
  switch (problem) {
    case 'missing':
      return `必填。${what} 形如 ${example}。`;
    case 'masked':
      return '这是文档示例中打了码的 ID，请粘贴完整的 ID。';
    case 'malformed':
      return `${what} 形如 ${example}。请从列表中选择，或粘贴完整的 ID。`;
  }
}

export const modals: ModalMessages = {
  create: {
    title: '新建 VPC 终端节点',
    submit: '提交申请',
    intro:
      '*Elasticsearch → 你的 VPC（单向）*\n这是一条单向的私网连接：Elasticsearch 可以通过它访问你的服务，但 VPC 中的机器不能通过它访问 Elasticsearch。',
  },
  edit: {
    title: '修改申请',
    submit: '重新提交',
    intro: '修改后会生成新版本并重新预检，之前的批准不再有效。',
  },
  reject: {
    title: '驳回申请',
    submit: '驳回',
    reason: { label: '驳回理由', placeholder: '需要怎样调整？', hint: '申请人会看到。' },
  },
  approve: {
    title: '批准申请',
    submit: '批准',
    note: { label: '附言', placeholder: '有什么要让其他人知道？', hint: '看到卡片的人都能看到。' },
  },
  approveAlone: {
    title: '紧急批准',
    submit: '单独批准',
    intro:
      ':rotating_light: 你将单独批准这个申请，不再需要规则要求的其他批准。这会显示在消息列中并写入审计记录，规则的审批人须事后复核。',
    reason: { label: '紧急情况说明', placeholder: '为什么不能等？', hint: '复核的人会看到。' },
  },
  review: {
    title: '复核紧急批准',
    submit: '确认',
    label: '事后看来',
    values: { 'in-order': '合规', 'not-in-order': '不合规' },
    note: { label: '附言', placeholder: '有什么需要记录？', hint: '会保留在审计记录中。' },
  },
  choose: {
    title: '选择终端节点',
    submit: '确定',
    intro:
      '创建请求没有得到明确的答复，机器人无法判断这个申请创建了哪个终端节点。请选择属于这个申请的那一个，或确认都不属于。',
    label: '终端节点',
    none: '都不属于这个申请',
    created: (at) => `创建于 ${at}`,
  },
  close: '关闭',
  fields: {
    account: { label: '账号', placeholder: '选择账号' },
    instance: {
      label: 'Elasticsearch 实例',
      placeholder: '按名称或 ID 搜索',
      hint: '连接从这里发起。',
    },
    service: {
      label: '你的 VPC 中的终端节点服务',
      placeholder: '按名称或 ID 搜索',
      hint: 'Elasticsearch 要访问的服务。',
    },
    zone: {
      label: '可用区',
      placeholder: '选择可用区',
      hint: '须为终端节点服务支持的可用区，列表随所选服务变化。',
    },
    reason: {
      label: '申请理由',
      placeholder: '做什么用？',
      hint: '审批人会看到，并保留在审计记录中。',
    },
    mode: {
      label: '操作',
      values: { create: '预检、审批后创建', precheck: '仅预检，看是否可行' },
    },
    lifetime: { label: '使用期限', values: LIFETIMES },
    channel: {
      label: '结果发送到',
      placeholder: '选择频道',
      hint: '留空则私信发给你。',
    },
  },
  unusable: (status) => `不可用：${status}`,
  problems: {
    id: idProblem,
    noAccount: '请选择实例所属的账号。',
    unknownAccount: (known) => `这里没有这个账号。可选的账号：${enumerated(known, '个', 300)}。`,
    noRule: (account) =>
      `没有审批规则覆盖账号 ${account} 中的这个实例，所以没有人能批准。请选择其他实例，或请机器人的运维人员添加规则。`,
    noReason: '请简单说明理由。',
    noReasonToReject: '请写明驳回理由。',
    noReasonToActAlone: '请说明紧急情况，事后会复核。',
    noVerdict: '请选择一项。',
    zoneNotOffered: (zone, offered) =>
      offered.length === 0
        ? `终端节点服务不支持 ${zone}，它目前没有任何可用区。`
        : `终端节点服务不支持 ${zone}，它支持：${enumerated(offered, '个', 300)}。`,
    noChoice: '请选择其中一个，或选择“都不属于这个申请”。',
    sentBefore:
      '这个表单之前已经提交过，内容不同，那个申请正在处理中。请关闭表单；要改那个申请，请在它的卡片上点击“修改”。',
    notStored: '没有保存：机器人的数据库没有响应。填写的内容还在，请稍后再提交；重复提交也只算一次。',
    noSuchRequest: '这里没有这个申请，因此没有保存。它可能来自机器人的另一处部署。',
    oldForm: '这个表单来自机器人的其他版本，请关闭后重新开始。',
  },
  clicks: {
    notStored: ':warning: 机器人的数据库没有及时响应，你的点击可能没有保存。请稍后查看卡片，如果没有变化，请再试一次。',
    notLoaded: ':warning: 机器人的数据库没有响应，无法打开表单，没有执行任何操作。请稍后再试。',
    unknownButton: '当前版本的机器人不支持这个按钮，没有执行任何操作。',
    unreadableButton: '无法识别这个按钮属于哪个申请，没有执行任何操作。',
    formNotOpened: ':warning: Slack 没有及时打开表单，没有执行任何操作。请再点一次。',
  },
  createNotOpened: (command) =>
    `:warning: Slack 没有及时打开表单，申请没有提交。如果没有看到表单，请重新输入：${command}`,
  unreadable:
    '无法读取这个申请的记录，没有执行也没有改动任何内容。请告知机器人的运维人员：日志中有申请编号和具体原因。',
  notInstalled: '你的工作区没有安装这个机器人，没有执行任何操作。请联系机器人的运维人员。',
};
