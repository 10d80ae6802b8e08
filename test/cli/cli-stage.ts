/** What the command line's commands look at: a local Slack, a local cloud and a Redis, and settings that name them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll } from 'vitest';
import { SAMPLE_ACCESS_KEY } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { type LocalCloud, startLocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../sandbox/slack/local-slack.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';

export const BOT_TOKEN = 'xoxb-cli-secret-0001';
export const APP_TOKEN = 'xapp-cli-secret-0001';

export interface CliStage {
  readonly slack: LocalSlack;
  readonly cloud: LocalCloud;
  readonly redis: PrivateRedis;
  readonly folder: string;
  readonly configFile: string;
  /** In Socket Mode, with everything right. */
  readonly env: Readonly<Record<string, string>>;
  writeConfig(config: object | string): Promise<void>;
}

const cleanups: (() => Promise<void>)[] = [];

// Once for the file: its tests run side by side, each on a stage of its own.
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export async function openCliStage(options: Partial<LocalSlackOptions> = {}): Promise<CliStage> {
  const folder = await mkdtemp('/tmp/vpce-cli-');
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const redis = await startPrivateRedis({ durable: true });
  cleanups.push(() => redis.stop());
  const slack = await startLocalSlack({
    signingSecret: 'unused',
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    ...options,
  });
  cleanups.push(slack.stop);
  const cloud = await startLocalCloud();
  cleanups.push(() => cloud.stop());
  const configFile = path.join(folder, 'vpc-endpoint.yml');
  return {
    slack,
    cloud,
    redis,
    folder,
    configFile,
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
      REDIS_URL: redis.url,
      CONFIG_FILE: configFile,
      ALIBABA_CLOUD_ACCESS_KEY_ID: SAMPLE_ACCESS_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: SAMPLE_ACCESS_KEY.secret,
    },
    writeConfig: (config) =>
      writeFile(configFile, typeof config === 'string' ? config : JSON.stringify(config, null, 2)),
  };
}

export function goodConfig({ cloud }: CliStage) {
  return {
    accounts: {
      production: { region: 'cn-hangzhou', elasticsearch_endpoint: cloud.url, privatelink_endpoint: cloud.url },
    },
    channels: { approvals: 'C0APPROVALS', audit: 'C0AUDIT' },
    rules: [{ name: 'production', steps: [{ users: ['U0BEN'], groups: ['S0SRE'], required: 1 }] }],
  };
}
