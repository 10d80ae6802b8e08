/** The Bolt app for one workspace: who may use it, how it talks to Slack, and what happens when a listener fails. */
import {
  type AllMiddlewareArgs,
  type AnyMiddlewareArgs,
  App,
  type AuthorizeSourceData,
  type CodedError,
  type Receiver,
} from '@slack/bolt';
import type { Log } from '../../application/ports/log.ts';
import { boltLogger } from './bolt-logger.ts';
import type { InFlight } from './in-flight.ts';
import { registerListeners } from './listeners/register.ts';
import type { ListenerTools } from './listeners/tools.ts';
import { turnAway } from './listeners/turn-away.ts';
import { createTimelyFetch } from './timely-fetch.ts';

export interface SlackAppOptions {
  readonly receiver: Receiver;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId?: string;
  /** Shared with the HTTP server. */
  readonly inFlight: InFlight;
  readonly tools: ListenerTools;
}

/** A trigger is dead after 3 s, so waiting longer for a form to open is of no use. */
const API_TIMEOUT_MS = 3_000;

export function createSlackApp(options: SlackAppOptions): App {
  const { receiver, apiUrl, inFlight, tools } = options;
  const { log } = tools;
  const app = new App({
    receiver,
    logger: boltLogger(log),
    authorize: (source) => Promise.resolve(authorize(source, options)),
    // Everything that is opened with it may have taken effect when its answer is lost: nothing is ever repeated.
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      timeout: API_TIMEOUT_MS,
      rejectRateLimitedCalls: true,
      fetch: createTimelyFetch(API_TIMEOUT_MS),
    },
    convoStore: false,
    extendedErrorHandler: true,
  });
  app.use(async ({ next }) => {
    const leave = inFlight.enter();
    try {
      await next();
    } finally {
      leave();
    }
  });
  app.use(async (args) => {
    if (isForeign(args)) await turnAway(args, tools);
    else await args.next();
  });
  registerListeners(app, tools);
  app.error(({ error, body }: { readonly error: CodedError; readonly body: unknown }) => {
    logFailure(log, error, body);
    // Swallowed here, the request would wait for an answer that never comes: the receiver gives it one.
    return Promise.reject(error);
  });
  return app;
}

/** Throwing would make Bolt acknowledge without a word; so strangers come in, marked, and are told. */
function authorize(
  { teamId, isEnterpriseInstall }: AuthorizeSourceData<boolean>,
  options: Pick<SlackAppOptions, 'teamId' | 'botToken' | 'botUserId' | 'botId'>,
) {
  // The signature is the app's own, and it is installed in one workspace: a delivery that names none is from there.
  const ours = teamId === undefined ? !isEnterpriseInstall : teamId === options.teamId;
  if (!ours) return { foreign: true };
  const { botToken, botUserId, botId } = options;
  return { teamId: options.teamId, botToken, botUserId, ...(botId === undefined ? {} : { botId }) };
}

function isForeign({ context }: AnyMiddlewareArgs & AllMiddlewareArgs): boolean {
  return context.foreign === true;
}

function logFailure(log: Log, error: Error & { readonly originals?: readonly Error[] }, body: unknown): void {
  const { type, command } = body as { readonly type?: unknown; readonly command?: unknown };
  for (const each of error.originals ?? [error]) {
    log.error({ error: each, delivery: type ?? command }, 'a listener failed');
  }
}
