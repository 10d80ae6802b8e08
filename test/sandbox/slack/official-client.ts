/** Slack's own Web API client, pointed at a local Slack, without retries and without its chatter. */
import type { Logger } from '@slack/web-api';
import { LogLevel, WebClient } from '@slack/web-api';
import type { LocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { TOKEN } from './stage.ts';

const ignore = (): void => {};
export const silent: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  getLevel: () => LogLevel.ERROR,
  setName: ignore,
};

export const officialClient = (slack: LocalSlack): WebClient =>
  new WebClient(TOKEN, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
