/** The whole sandbox: a workspace with people of both languages, the cloud, the real bot, and the page over them. */
import { SAMPLE_INSTANCES } from '../alibaba-cloud/sample-cloud.ts';
import type { LogLine } from '../bot-process.ts';
import { channel, person, sampleWorkspace } from '../slack/sample-workspace.ts';
import { openStage, type Stage, type StageConfig, type StageOptions } from '../stage.ts';
import { openPage, type Page } from './server.ts';

export interface Sandbox {
  readonly stage: Stage;
  readonly page: Page;
  stop(): Promise<void>;
}

export interface SandboxOptions extends Pick<StageOptions, 'redisUrl'> {
  readonly port?: number;
  /** Of what the bot says in channels. */
  readonly locale?: 'en' | 'zh-CN';
  readonly onLine?: (line: LogLine) => void;
}

export async function openSandbox({ port, onLine, locale = 'en', ...options }: SandboxOptions = {}): Promise<Sandbox> {
  let page: Page | undefined;
  const stage = await openStage({
    ...options,
    slack: workspace(),
    config: (usual) => ({ ...rules(usual), locale }),
    onLine: (line) => {
      page?.hear(line);
      onLine?.(line);
    },
  });
  try {
    page = await openPage(stage, port);
  } catch (error) {
    await stage.stop();
    throw error;
  }
  const opened = page;
  return {
    stage,
    page: opened,
    async stop() {
      await opened.stop();
      await stage.stop();
    },
  };
}

/** The sample's people, and one more who asks in Chinese. */
function workspace() {
  const { users, channels } = sampleWorkspace();
  const shared = new Set(['C0DATA', 'C0APPROVALS']);
  return {
    users: [...users, person('U0LIN', 'lin', '林小满', { locale: 'zh-CN', tz: 'Asia/Shanghai' })],
    channels: channels.map((each) => {
      return shared.has(each.id) ? channel(each.id, each.name, [...each.members, 'U0LIN']) : each;
    }),
  };
}

/** Enough rules to try things with: one yes, two, and an emergency. */
function rules(usual: StageConfig) {
  const approvers = { users: ['U0BEN'], groups: ['S0SRE'] };
  return {
    ...usual,
    rules: [
      {
        name: 'logs: two of us',
        match: { instance: SAMPLE_INSTANCES.logs },
        steps: [{ ...approvers, required: 2 }],
        expires_after: '24h',
        remind_after: '2h',
        notify: 'approvers',
      },
      {
        name: 'production',
        steps: [{ ...approvers, required: 1 }],
        expires_after: '24h',
        remind_after: '2h',
        notify: 'approvers',
        emergency: { users: ['U0ADA'], review_within: '24h' },
      },
    ],
  };
}
