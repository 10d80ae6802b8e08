/** The stage: a local Slack, a local Alibaba Cloud and the real bot between them, as processes and over the network. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SAMPLE_ACCESS_KEY } from './alibaba-cloud/sample-cloud.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './alibaba-cloud/server.ts';
import { type BotProcess, type LogLine, startBot } from './bot-process.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './slack/local-slack.ts';

/** What Slack signs with. */
export const SIGNING_SECRET = 'sandbox-signing-secret-0001';
const BOT_TOKEN = 'xoxb-sandbox-0001';
const APP_TOKEN = 'xapp-sandbox-0001';

export interface StageOptions {
  /** Where Redis is; by default the bot brings its own, in the stage's folder. */
  readonly redisUrl?: string;
  /** How Slack reaches the bot, by default over HTTP. */
  readonly transport?: 'http' | 'socket';
  readonly slack?: Partial<LocalSlackOptions>;
  readonly cloud?: LocalCloudOptions;
  /** Takes the default config file's content, as data, and answers with what is to be written. */
  readonly config?: (usual: StageConfig) => object;
  readonly env?: Readonly<Record<string, string>>;
  /** Given a stand-in's address, answers with the one under which the bot finds it; by default the same. */
  readonly reach?: (url: string) => Promise<string>;
  readonly onLine?: (line: LogLine) => void;
  /** What is started instead of the bot, from the root: another program that reads the same environment. */
  readonly program?: string;
}

export interface StageConfig {
  accounts: Record<string, Record<string, unknown>>;
  channels: { approvals: string; audit?: string };
  rules: Record<string, unknown>[];
}

export interface Stage {
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  /** The latest bot. */
  readonly bot: BotProcess;
  readonly bots: readonly BotProcess[];
  /** That the bots read: who writes to it changes their policy. */
  readonly configFile: string;
  /** Starts one more bot. Over HTTP Slack talks to it from now on, over sockets to all of them in turn. */
  addBot(): Promise<BotProcess>;
  /** Moves the bots' time ahead. @returns what it is then. */
  advance(ms: number): Promise<number>;
  stop(): Promise<void>;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vpce-stage-'));
  const usesSockets = options.transport === 'socket';
  const slack = await startLocalSlack({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    ...(usesSockets ? { appToken: APP_TOKEN } : {}),
    ...options.slack,
  });
  const cloud = await startLocalCloud(options.cloud);
  const { reach = (url: string) => Promise.resolve(url) } = options;
  const configFile = path.join(folder, 'vpc-endpoint.json');
  const config = usualConfig(await reach(cloud.url));
  await writeFile(configFile, JSON.stringify(options.config?.(config) ?? config, null, 2));

  const env = {
    SLACK_BOT_TOKEN: BOT_TOKEN,
    ...(usesSockets ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    SLACK_API_URL: await reach(slack.apiUrl),
    CONFIG_FILE: configFile,
    ALIBABA_CLOUD_ACCESS_KEY_ID: SAMPLE_ACCESS_KEY.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: SAMPLE_ACCESS_KEY.secret,
    VPCE_SANDBOX: '1',
    ...(options.redisUrl === undefined ? { DATA_DIR: path.join(folder, 'redis') } : { REDIS_URL: options.redisUrl }),
    ...options.env,
  };
  const bots: BotProcess[] = [];
  const latest = (): BotProcess => {
    const bot = bots.at(-1);
    if (bot === undefined) throw new Error('no bot was started');
    return bot;
  };
  const addBot = async () => {
    const bot = await startBot(env, options.onLine, options.program);
    bots.push(bot);
    if (bot.eventsUrl !== undefined) slack.connectBot(bot.eventsUrl);
    return bot;
  };
  const stop = async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await Promise.all([slack.stop(), cloud.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await addBot();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    slack,
    cloud,
    get bot() {
      return latest();
    },
    bots,
    configFile,
    addBot,
    async advance(ms) {
      const response = await fetch(`${latest().adminUrl}/sandbox/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance_ms: ms }),
      });
      if (!response.ok) throw new Error(`the clock did not move: HTTP ${response.status}`);
      return ((await response.json()) as { now: number }).now;
    },
    stop,
  };
}

/** One account, one rule: two approvers by user group, one yes, short enough to try things out. */
function usualConfig(cloudUrl: string): StageConfig {
  return {
    accounts: {
      production: {
        region: 'cn-hangzhou',
        elasticsearch_endpoint: cloudUrl,
        privatelink_endpoint: cloudUrl,
        settle: '2s',
      },
    },
    channels: { approvals: 'C0APPROVALS', audit: 'C0AUDIT' },
    rules: [
      {
        name: 'production',
        match: { account: 'production', action: ['create'], instance: 'es-cn-*' },
        steps: [{ users: ['U0BEN'], groups: ['S0SRE'], required: 1 }],
        expires_after: '24h',
      },
    ],
  };
}
