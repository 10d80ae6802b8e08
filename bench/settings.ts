/** What the rivals read from the environment and the bot's own config file: one account, one channel, one rule. */
import { readFileSync } from 'node:fs';

export const {
  SLACK_BOT_TOKEN = '',
  SLACK_SIGNING_SECRET = '',
  SLACK_API_URL = 'https://slack.com/api/',
  REDIS_URL = 'redis://127.0.0.1:6379',
  PORT = '3000',
} = process.env;

/** JSON is YAML: the bench writes JSON. */
interface File {
  readonly accounts: Readonly<Record<string, { readonly elasticsearch_endpoint: string }>>;
  readonly channels: { readonly approvals: string };
  readonly rules: readonly { readonly steps: readonly { readonly users: string[]; readonly groups: string[] }[] }[];
}

export interface Settings {
  /** Of Alibaba Cloud Elasticsearch. */
  readonly endpoint: string;
  /** The channel with the cards. */
  readonly approvals: string;
  readonly approvers: readonly string[];
  readonly approverGroups: readonly string[];
}

export function readSettings({ CONFIG_FILE = 'vpc-endpoint.yml' } = process.env): Settings {
  const { accounts, channels, rules } = JSON.parse(readFileSync(CONFIG_FILE, 'utf8')) as File;
  const [account] = Object.values(accounts);
  if (account === undefined) throw new Error(`${CONFIG_FILE}: no account`);
  const [step] = rules[0]?.steps ?? [];
  return {
    endpoint: account.elasticsearch_endpoint,
    approvals: channels.approvals,
    approvers: step?.users ?? [],
    approverGroups: step?.groups ?? [],
  };
}
