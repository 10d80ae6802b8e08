/** The way from Slack to the bot: delivers, measures the ack, and tells people when it failed. */
import { randomUUID } from 'node:crypto';
import type { CallLog, DeliveryKind, DeliveryProblem } from '../call-log.ts';
import type { Json } from '../model.ts';
import { APP_ID } from '../sample-workspace.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Workspace } from '../workspace.ts';
import type { Carried, Carrier, Parcel } from './carrier.ts';
import { httpCarrier } from './carrier.ts';
import type { PostOptions } from './post.ts';
import { post } from './post.ts';

export type DeliveryResult = {
  ok: boolean;
  status?: number;
  body: string;
  ackMs: number;
  problem?: DeliveryProblem;
  /** The bot asked not to get it again. */
  noRetry?: boolean;
};

export type About = {
  kind: DeliveryKind;
  what: string;
  user?: string;
  value?: string;
  retryNum?: number;
  payload?: Json;
};

export type BotEndpointOptions = {
  workspace: Workspace;
  log: CallLog;
  signingSecret: string;
  ackDeadlineMs: number;
  /** Waits before the n-th redelivery of an event; at once, unless told otherwise. */
  retryDelay: (retryNum: number) => Promise<void>;
  /** In Socket Mode: then nothing goes over HTTP. */
  sockets?: Carrier | undefined;
};

export type RawDelivery = Partial<Pick<PostOptions, 'contentType' | 'headers' | 'timestamp' | 'signingSecret'>>;

export class BotEndpoint {
  private readonly options: BotEndpointOptions;
  private url: string | undefined;
  private carrier: Carrier | undefined;

  constructor(options: BotEndpointOptions) {
    this.options = options;
    this.carrier = options.sockets;
  }

  connect(url: string): void {
    const { signingSecret, ackDeadlineMs, sockets } = this.options;
    if (sockets !== undefined) throw new Error('this app uses Socket Mode: Slack sends nothing to a URL');
    this.url = url;
    this.carrier = httpCarrier(url, { signingSecret, deadlineMs: ackDeadlineMs });
  }

  /** Any body at all, over HTTP, signed unless told otherwise: for what a stranger might send. */
  async raw(body: string, about: About, overrides: RawDelivery = {}): Promise<DeliveryResult> {
    const { workspace, signingSecret, ackDeadlineMs } = this.options;
    if (this.url === undefined) throw unconnected();
    const at = workspace.now();
    const posted = await post(this.url, body, { signingSecret, deadlineMs: ackDeadlineMs, ...overrides });
    return this.note(at, about, { accepted: posted.status === 200, ...posted });
  }

  /** A slash command. */
  form(fields: Record<string, string>, about: About): Promise<DeliveryResult> {
    return this.hand({ type: 'slash_commands', payload: fields }, about);
  }

  interaction(payload: Json, about: About): Promise<DeliveryResult> {
    return this.hand({ type: 'interactive', payload }, about);
  }

  private async hand(parcel: Parcel, about: About): Promise<DeliveryResult> {
    if (this.carrier === undefined) throw unconnected();
    const at = this.options.workspace.now();
    return this.note(at, { ...about, payload: parcel.payload }, await this.carrier.carry(parcel));
  }

  private note(at: number, about: About, { accepted, late, ...answer }: Carried): DeliveryResult {
    const problem = late ? 'operation_timeout' : accepted ? undefined : 'dispatch_failed';
    const { body: _, noRetry: __, ...noted } = answer;
    this.options.log.delivery({ at, ...about, ...noted, ...(problem ? { problem } : {}) });
    return { ok: problem === undefined, ...answer, ...(problem ? { problem } : {}) };
  }

  /**
   * Events are delivered again, up to three times, until the bot takes it or wants no more. Returns every attempt.
   * @param lostAcks so many acks don't reach Slack: it delivers again what the bot has taken.
   */
  async event(
    event: Json,
    { eventId, lostAcks = 0 }: { eventId?: string; lostAcks?: number } = {},
  ): Promise<DeliveryResult[]> {
    const { workspace, retryDelay } = this.options;
    const payload = {
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
    };
    const about = { kind: 'event', what: String(event.type) } as const;
    const same = workspace.switches.redeliveredEnvelope === 'same_id' ? { envelopeId: randomUUID() } : {};
    const parcel = { type: 'events_api', payload, ...same } as const;
    const attempts = [await this.hand(parcel, about)];
    for (let retryNum = 1; retryNum <= LIMITS.eventRetries; retryNum += 1) {
      const last = attempts.at(-1);
      const isLost = last?.ok === true && retryNum <= lostAcks;
      if (!isLost && (last?.ok || last?.noRetry)) break;
      await retryDelay(retryNum);
      const reason = isLost || last?.problem === 'operation_timeout' ? 'http_timeout' : 'http_error';
      attempts.push(await this.hand({ ...parcel, retry: { num: retryNum, reason } }, { ...about, retryNum }));
    }
    return attempts;
  }
}

function unconnected(): Error {
  return new Error('connectBot(url) first: the local Slack does not know where the bot is');
}
