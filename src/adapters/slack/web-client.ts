/** Slack's own client, set up so that it repeats nothing by itself, waits for nothing long, and logs where we log. */
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Log } from '../../application/ports/log.ts';
import { createTimelyFetch } from './timely-fetch.ts';

export interface WebClientSettings {
  readonly token: string;
  readonly apiUrl: string;
  readonly timeoutMs: number;
  readonly log: Log;
}

/**
 * A client of its own for each kind of use: its queue is shared by all its calls. `headers` are never set: with them
 * one workspace's Authorization header reaches the next workspace's client.
 */
export function webClient({ token, apiUrl, timeoutMs, log }: WebClientSettings): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    // After a lost reply a retry posts twice, and the caller sees one success.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    fetch: createTimelyFetch(timeoutMs),
    logger: quiet(log),
  });
}

/** Its debug lines carry whole messages; what matters reaches the caller as an error anyway. */
function quiet(log: Log): Logger {
  const ignore = (): void => {};
  const warn = (...said: unknown[]): void =>
    log.warn({ slack: said.map(String).join(' ').slice(0, 300) }, 'slack client');
  return {
    debug: ignore,
    info: ignore,
    warn,
    error: warn,
    setLevel: ignore,
    getLevel: () => LogLevel.WARN,
    setName: ignore,
  };
}
