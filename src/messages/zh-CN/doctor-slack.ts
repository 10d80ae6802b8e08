/** Simplified Chinese: what the doctor finds in Slack. */
import type { SlackFinding } from '../../domain/doctor/findings.ts';
import type { FindingWords } from '../doctor.ts';
import { doctorScopes } from './doctor-scopes.ts';

export const slackFindings: FindingWords<SlackFinding> = {
  'slack-ready': (found) => ({ what: `机器人令牌有效：工作区 ${found.team}（${found.teamId}）` }),
  'slack-unreachable': (found) => ({
    what: `Slack 没有响应（${found.error}）。`,
    why: '无法申请、审批，也无法发送通知。',
    mend: '检查本机能否访问 https://slack.com/api/（代理、防火墙、DNS）；如果设置了 SLACK_API_URL，也一并检查。',
  }),
  'bot-token-refused': (found) => ({
    what: `Slack 不接受机器人令牌（${found.error}）。`,
    why: '没有有效的令牌，机器人不会启动。',
    mend: '打开应用页面的 OAuth & Permissions，必要时重新安装应用，把 Bot Token 填入 SLACK_BOT_TOKEN。',
  }),
  'workspace-unknown': (found) => ({
    what: `配置文件里没有工作区 ${found.teamId}，而机器人令牌属于这个工作区。`,
    why: '机器人找不到适用的规则，不会启动。',
    mend: `在 workspaces 下添加 ${found.teamId}，或改用已配置工作区的令牌。`,
  }),
  'scopes-granted': (found) => ({ what: `${found.count} 个权限范围（scope）均已授予` }),
  'scope-missing': (found) => ({
    what: `未授予权限范围 ${found.scope}。`,
    why: `用途：${doctorScopes[found.scope].use}。缺少时：${doctorScopes[found.scope].without}。`,
    mend: '对照 manifest.yml（或“vpc-endpoint-bot manifest”的输出）修改应用清单，然后重新安装应用。',
  }),
  'scopes-unknown': () => ({
    what: 'Slack 没有返回令牌的权限范围。',
    why: '缺少的权限要到用到时才会暴露。',
    mend: '在应用页面对照 manifest.yml 检查权限范围。',
  }),
  'socket-ready': () => ({ what: '应用级令牌有效，可以建立 Socket 连接' }),
  'app-token-refused': (found) => ({
    what: `使用应用级令牌无法建立 Socket 连接（${found.error}）。`,
    why: '在 Socket Mode 下，任何操作都传不到机器人。',
    mend: '在应用页面开启 Socket Mode，在 Basic Information 中生成带有 connections:write 的应用级令牌，填入 SLACK_APP_TOKEN。',
  }),
  'socket-unknown': (found) => ({
    what: `未能确认是否可以建立 Socket 连接（${found.error}）。`,
    why: '在 Socket Mode 下，没有连接，任何操作都传不到机器人。',
    mend: '请重新检查。',
  }),
  'signing-secret-unproven': () => ({
    what: '签名密钥是否正确，只有收到 Slack 的请求才能确认。',
    why: '密钥不对时，所有命令都会报 dispatch_failed。',
    mend: '在 Slack 中输入 /vpc-endpoint help。如果失败，从应用页面的 Basic Information 重新复制密钥，并确认 Slack 能访问清单中的网址。',
  }),
  'channels-ready': (found) => ({ what: `机器人已加入配置文件中的全部 ${found.count} 个频道` }),
  'channel-absent': (found) => ({
    what: `机器人看不到频道 ${found.channel}（${found.places.join('、')}）。`,
    why: lostIn(found.places),
    mend: '检查频道 ID（在频道详情底部）。私有频道需要先邀请机器人：在频道里输入 /invite @vpc-endpoint-bot。',
  }),
  'channel-archived': (found) => ({
    what: `频道 ${found.channel} 已归档（${found.places.join('、')}）。`,
    why: lostIn(found.places),
    mend: '取消归档，或在配置文件中换一个频道。',
  }),
  'channel-not-joined': (found) => ({
    what: `机器人不在频道 ${found.channel} 中（${found.places.join('、')}）。`,
    why: lostIn(found.places),
    mend: '在该频道里输入 /invite @vpc-endpoint-bot。',
  }),
  'channel-unknown': (found) => ({
    what: `未能检查频道 ${found.channel}（${found.error}；${found.places.join('、')}）。`,
    why: '频道可能不存在、已归档，或机器人不在其中。',
    mend: '如果缺少权限范围，请先补上，再重新检查。',
  }),
};

/** @param places where the config file names the channel. */
function lostIn(places: readonly string[]): string {
  return places.every((place) => place === 'channels.audit')
    ? '机器人无法在其中发消息，申请的结果不会记录在这里。'
    : '机器人无法在其中发消息，申请会一直等待而没有审批卡片。';
}
