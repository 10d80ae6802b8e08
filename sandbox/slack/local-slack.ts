/** The front door: starts a local Slack that a bot talks to, over HTTP or sockets, and that people use. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallLog } from './call-log.ts';
import type { WaitOptions } from './changes.ts';
import type { DeliveryResult, RawDelivery } from './deliver/bot-endpoint.ts';
import { BotEndpoint } from './deliver/bot-endpoint.ts';
import { Sockets } from './deliver/sockets.ts';
import { describeWorkspace } from './describe-workspace.ts';
import { Faults } from './faults.ts';
import type { Json } from './model.ts';
import { Person } from './people/person.ts';
import { RateLimits } from './rate-limits.ts';
import type { WorkspaceSeed } from './sample-workspace.ts';
import { sampleWorkspace } from './sample-workspace.ts';
import { type SlackSwitches, slackSwitches } from './switches.ts';
import { ResponseUrls, Triggers } from './tickets.ts';
import { LIMITS } from './validate/limits.ts';
import type { Access } from './web-api.ts';
import { handleHttp } from './web-api.ts';
import { Workspace } from './workspace.ts';

export type LocalSlackOptions = Partial<WorkspaceSeed> & {
  /** 0, the default, takes a free one. */
  port?: number;
  signingSecret: string;
  botToken: string;
  /** `xapp-…`: the app uses Socket Mode, and nothing is sent to a URL. */
  appToken?: string;
  /** Slack's clock: timestamps, triggers, response URLs. Signatures are always made with the real one. */
  now?: () => number;
  /** When given, methods are refused with `missing_scope` unless one of their scopes is in here. */
  scopes?: readonly string[];
  /** Three seconds, as Slack's, unless a test wants to see a late ack sooner. */
  ackDeadlineMs?: number;
  retryDelay?: (retryNum: number) => Promise<void>;
  /** How this Slack behaves where it is not known how Slack does; the first value of each, unless told otherwise. */
  switches?: Partial<SlackSwitches>;
};

export type LocalSlack = {
  /** For SLACK_API_URL. */
  apiUrl: string;
  port: number;
  workspace: Workspace;
  faults: Faults;
  log: CallLog;
  /** What the bot's calls are checked against; may be changed while it runs. */
  access: Access;
  /** May be changed while it runs. */
  switches: SlackSwitches;
  /** The connections of an app in Socket Mode. */
  sockets: Sockets;
  /** Where the bot takes everything: its `/slack/events`. */
  connectBot: (url: string) => void;
  as: (userId: string) => Person;
  deliverEvent: (event: Json, options?: { eventId?: string }) => Promise<DeliveryResult[]>;
  /** Any interaction at all, well signed, over whatever the app uses. */
  deliverInteraction: (payload: Json) => Promise<DeliveryResult>;
  /** Any body at all, well signed or not. */
  deliverRaw: (body: string, overrides?: RawDelivery) => Promise<DeliveryResult>;
  /** The first truthy value of `look`, asked now and after each change; else an error that says what is there. */
  waitFor: <T>(look: () => T, options?: WaitOptions) => Promise<Exclude<T, false | null | undefined>>;
  describe: () => string;
  stop: () => Promise<void>;
};

export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const { signingSecret, botToken, now = Date.now, port = 0, scopes, ackDeadlineMs = LIMITS.ackMs } = options;
  const switches = slackSwitches(options.switches);
  const workspace = new Workspace({ ...sampleWorkspace(), ...seedIn(options) }, now, switches);
  const log = new CallLog(() => workspace.changed());
  const faults = new Faults();
  const triggers = new Triggers(now);
  const responseUrls = new ResponseUrls(now);
  const limits = new RateLimits(now, switches);
  const sockets = new Sockets({ log, changed: () => workspace.changed(), ackDeadlineMs, switches });
  const usesSockets = options.appToken !== undefined;
  const newSocketUrl = (): string => `ws://127.0.0.1:${bound}${sockets.newPath()}`;
  const context = { workspace, triggers, log, ...(usesSockets ? { newSocketUrl } : {}) };
  const access: Access = { botToken, scopes, appToken: options.appToken };
  const retryDelay = options.retryDelay ?? (() => Promise.resolve());
  const carrier = usesSockets ? sockets : undefined;
  const bot = new BotEndpoint({ workspace, log, signingSecret, ackDeadlineMs, retryDelay, sockets: carrier });

  const server = createServer((request, response) => {
    handleHttp(request, response, { context, faults, responseUrls, limits, access: () => access }).catch(
      (error: unknown) => {
        // A mistake in the stand-in must not look like one of the bot's.
        log.protocolError(
          `the local Slack failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        response.destroy();
      },
    );
  });
  sockets.listen(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const baseUrl = `http://127.0.0.1:${bound}`;
  const people = new Map<string, Person>();
  const describe = (): string => describeWorkspace(workspace, log);

  return {
    apiUrl: `${baseUrl}/api/`,
    port: bound,
    workspace,
    faults,
    log,
    access,
    switches,
    sockets,
    connectBot: (url) => bot.connect(url),
    as: (userId) => {
      const known = people.get(userId);
      if (known) return known;
      const person = new Person({ ...context, user: workspace.user(userId), bot, responseUrls, baseUrl });
      people.set(userId, person);
      return person;
    },
    deliverEvent: (event, eventOptions) => bot.event(event, eventOptions),
    deliverInteraction: (payload) => bot.interaction(payload, { kind: 'raw', what: String(payload.type) }),
    deliverRaw: (body, overrides) => bot.raw(body, { kind: 'raw', what: body.slice(0, 40) }, overrides),
    waitFor: (look, waitOptions) => workspace.changes.waitFor(look, describe, waitOptions),
    describe,
    stop: () => {
      faults.clear();
      sockets.stop();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Only what was given: an undefined would wipe out the sample's. */
function seedIn({ team, users, channels, userGroups }: LocalSlackOptions): Partial<WorkspaceSeed> {
  return {
    ...(team ? { team } : {}),
    ...(users ? { users } : {}),
    ...(channels ? { channels } : {}),
    ...(userGroups ? { userGroups } : {}),
  };
}
