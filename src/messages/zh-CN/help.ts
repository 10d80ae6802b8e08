/** Simplified Chinese: the slash command's help, and a request in one line. */
import type { HelpMessages } from '../help.ts';
import { channel, code, link, user } from '../mrkdwn.ts';

export const help: HelpMessages = {
  help: (command, unknown, nearest) => {
    const lines = [
      `*${command}* 用来为阿里云 Elasticsearch 创建 VPC 终端节点：一条从 Elasticsearch 到你的 VPC 中某个服务的单向私网连接。`,
      `• \`${command} create [instance] [service] [zone]\` 打开申请表单，并填好你输入的内容`,
      `• \`${command} show &lt;request&gt;\` 查看申请的进度，例如 \`req_01…\``,
      `• \`${command} pending\` 查看等待你和其他人审批的申请`,
      `• \`${command} who-can-approve &lt;request 或 instance&gt; [account]\` 查看需要谁审批，以及原因`,
      `• \`${command} doctor\` 检查机器人的配置和运行环境（仅限管理员）`,
      `• \`${command} help\` 显示这段说明`,
      '在手机上，可以用快捷方式 *New VPC endpoint* 打开同一张表单。',
      '*前提条件：* 2020 年 10 月及以后创建的 Elasticsearch 实例；同一地域内、基于负载均衡的终端节点服务（PrivateLink），并且该服务支持所选的可用区。控制台入口：_网络与安全 → 配置私网连接_ 。',
    ];
    if (unknown === undefined) return lines.join('\n');
    const meant = nearest === undefined ? '' : `你是想输入 \`${command} ${nearest}\` 吗？`;
    return [`没有 ${code(unknown, 40)} 这个命令。${meant}`, ...lines].join('\n');
  },
  showWhat: (command) =>
    `请指明要查看哪个申请：\`${command} show req_01…\`。申请编号在审批卡片和机器人发给你的消息里。`,
  shown: ({ id, headline, requester, operation, card }) => {
    const { account, instanceId, serviceId, zoneId } = operation;
    const target = `${code(instanceId)} → ${code(serviceId)}，可用区 ${code(zoneId)}，账号 ${code(account)}`;
    const where =
      card === undefined
        ? ''
        : ` · 卡片：${card.permalink === undefined ? channel(card.channel) : link(card.permalink, '打开')}`;
    return `${code(id)} ${headline}\n${target} · 申请人：${user(requester)}${where}`;
  },
  shownTooEarly: (id) => `已收到申请 ${code(id)}，即将开始预检。`,
  noSuchRequest: (id) => `本工作区没有申请 ${code(id)}。`,
  notLoaded: ':warning: 机器人的数据库没有响应，请稍后再试。',
};
