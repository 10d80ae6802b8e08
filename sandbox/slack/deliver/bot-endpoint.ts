/** The way from Slack to the bot: delivers, measures the ack, and tells people when it failed. */
import type { CallLog, DeliveryKind, DeliveryProblem } from '../call-log.ts';
import type { Json } from '../model.ts';
import { APP_ID } from '../sample-workspace.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Workspace } from '../workspace.ts';
import type { PostOptions } from './post.ts';
import { post } from './post.ts';

export type DeliveryResult = { ok: boolean; status?: number; body: string; ackMs: number; problem?: DeliveryProblem };

export type About = { kind: DeliveryKind; what: string; user?: string; retryNum?: number };

export type BotEndpointOptions = {
  workspace: Workspace;
  log: CallLog;
  signingSecret: string;
  ackDeadlineMs: number;
  /** Waits before the n-th redelivery of an event; at once, unless told otherwise. */
  retryDelay: (retryNum: number) => Promise<void>;
};

export type RawDelivery = Partial<Pick<PostOptions, 'contentType' | 'headers' | 'timestamp' | 'signingSecret'>>;

export class BotEndpoint {
  private readonly options: BotEndpointOptions;
  private url: string | undefined;

  constructor(options: BotEndpointOptions) {
    this.options = options;
  }

  connect(url: string): void {
    this.url = url;
  }

  /** Any body at all, signed unless told otherwise: for what a stranger might send. */
  async raw(body: string, about: About, overrides: RawDelivery = {}): Promise<DeliveryResult> {
    const { workspace, log, signingSecret, ackDeadlineMs } = this.options;
    if (this.url === undefined)
      throw new Error('connectBot(url) first: the local Slack does not know where the bot is');
    const at = workspace.now();
    const { late, ...answer } = await post(this.url, body, { signingSecret, deadlineMs: ackDeadlineMs, ...overrides });
    const problem = late ? 'operation_timeout' : answer.status === 200 ? undefined : 'dispatch_failed';
    const { body: _, ...noted } = answer;
    log.delivery({ at, ...about, ...noted, ...(problem ? { problem } : {}) });
    return { ok: problem === undefined, ...answer, ...(problem ? { problem } : {}) };
  }

  form(fields: Record<string, string>, about: About): Promise<DeliveryResult> {
    return this.raw(new URLSearchParams(fields).toString(), about);
  }

  interaction(payload: Json, about: About): Promise<DeliveryResult> {
    return this.form({ payload: JSON.stringify(payload) }, about);
  }

  /** Events are delivered again, up to three times, until the bot answers 200. Returns every attempt. */
  async event(event: Json, { eventId }: { eventId?: string } = {}): Promise<DeliveryResult[]> {
    const { workspace, retryDelay } = this.options;
    const body = JSON.stringify({
      token: 'local-verification-token',
      team_id: workspace.team.id,
      api_app_id: APP_ID,
      type: 'event_callback',
      event_id: eventId ?? workspace.id('Ev'),
      event_time: Math.floor(workspace.now() / 1000),
      is_ext_shared_channel: false,
      authorizations: [
        {
          enterprise_id: null,
          team_id: workspace.team.id,
          user_id: 'U0BOT',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event: { event_ts: workspace.nextTs(), ...event },
    });
    const about = { kind: 'event', what: String(event.type) } as const;
    const json = { contentType: 'application/json' };
    const attempts = [await this.raw(body, about, json)];
    for (let retryNum = 1; retryNum <= LIMITS.eventRetries && !attempts.at(-1)?.ok; retryNum += 1) {
      await retryDelay(retryNum);
      const reason = attempts.at(-1)?.problem === 'operation_timeout' ? 'http_timeout' : 'http_error';
      const headers = { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': reason };
      attempts.push(await this.raw(body, { ...about, retryNum }, { ...json, headers }));
    }
    return attempts;
  }
}
