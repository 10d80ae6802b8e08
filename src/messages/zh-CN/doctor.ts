/** Simplified Chinese: the doctor's findings. */
import type { GeneralFinding } from '../../domain/doctor/findings.ts';
import { type DoctorWords, type FindingWords, wordsFor } from '../doctor.ts';
import { approverFindings } from './doctor-approvers.ts';
import { doctorScopes } from './doctor-scopes.ts';
import { serverFindings } from './doctor-servers.ts';
import { slackFindings } from './doctor-slack.ts';

const generalFindings: FindingWords<GeneralFinding> = {
  'setting-wrong': (found) => ({
    what: `配置有误，${found.where}：${found.message}。`,
    why: '配置有误时，机器人不会启动。',
    mend: '在所示位置改正，然后重新检查。',
  }),
  'not-looked-at': (found) => ({
    what: `${AREAS[found.area]}的检查没有完成（${found.error}）。`,
    why: '可能是对方响应慢或出错，也可能是本机的问题。',
    mend: '请重新检查。',
  }),
};

const AREAS = {
  slack: 'Slack ',
  channels: '频道',
  people: '审批人',
  redis: 'Redis ',
  cloud: '阿里云账号',
} as const;

export const doctor: DoctorWords = {
  finding: wordsFor({ ...generalFindings, ...slackFindings, ...approverFindings, ...serverFindings }),
  scopes: doctorScopes,
  headings: { problem: '问题', warning: '警告', unknown: '未能检查', fine: '正常' },
  why: '影响：',
  mend: '处理办法：',
  summary: ({ problem, warning, unknown, fine }) =>
    `${problem} 个问题，${warning} 个警告，${unknown} 项未能检查，${fine} 项正常`,
  fine: (count) => `${count} 项检查通过。`,
  more: (left) => `……另有 ${left} 项。查看全部：npx vpc-endpoint-bot doctor`,
  looking: '正在检查 Slack、Redis、时钟和阿里云账号，结果稍后给出。',
  notAdmin: '只有本工作区的管理员和所有者可以查看：结果里有账号、频道和缺失的权限。请联系管理员运行。',
  adminUnknown: '暂时无法从 Slack 确认管理员身份，因此没有开始检查。请稍后再试。',
  failed: '检查中断，原因见机器人的日志。请重试，或运行：npx vpc-endpoint-bot doctor',
};
