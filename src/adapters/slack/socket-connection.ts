/** One connection of Socket Mode, from its opening to its end: Slack's own client, with a guard before it. */
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { within } from '../../application/patience.ts';
import type { Log } from '../../application/ports/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { InFlight } from './in-flight.ts';
import { type Delivery, judgeFrame } from './payloads/envelope.ts';
import { answerTo, type SendAnswer } from './socket-receiver.ts';

export interface SocketConnectionOptions {
  readonly appToken: string;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly take: (delivery: Delivery, send: SendAnswer) => Promise<void>;
  readonly log: Log;
  /** Gives up opening. */
  readonly signal: AbortSignal;
}

export interface SocketConnection {
  /** Resolves, with the reason, when Slack wants another one in its place; at the latest when it is closed. */
  readonly ending: Promise<string>;
  readonly closed: Promise<void>;
  /** Answers what came by it, for so long at most, then closes. */
  retire(answersMs: number): Promise<void>;
}

const API_TIMEOUT_MS = 5_000;
/** From asking for an address to Slack's hello. */
const OPEN_MS = 15_000;
/** A silent connection is noticed after that. */
const PING_TIMEOUT_MS = 2_000;
/** Slack answers a close at once, but leaves the TCP connection open: that is cut. */
const CLOSE_MS = 1_000;

/** @throws what the Web API client throws, or an Error, when it did not open. */
export async function openSocketConnection(options: SocketConnectionOptions): Promise<SocketConnection> {
  const { signal } = options;
  signal.throwIfAborted();
  const client = new GuardedClient(options);
  let giveUp = (_why: Error): void => {};
  const gaveUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const timer = setTimeout(() => giveUp(new Error(`no hello from Slack within ${OPEN_MS} ms`)), OPEN_MS);
  const stop = (): void => giveUp(new Error('stopping'));
  signal.addEventListener('abort', stop, { once: true });
  const started = client.start();
  try {
    await Promise.race([started, gaveUp]);
    return client;
  } catch (error) {
    // It may still be waiting for its address, and would open after all.
    started.then(
      () => client.close(),
      () => {},
    );
    await client.close();
    // It rejects with nothing when the connection breaks.
    throw error ?? new Error('the connection broke before the hello from Slack');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

class GuardedClient extends SocketModeClient implements SocketConnection {
  readonly ending: Promise<string>;
  readonly closed: Promise<void>;
  private readonly options: SocketConnectionOptions;
  private readonly unanswered = new InFlight();
  private end: (reason: string) => void = () => {};

  constructor(options: SocketConnectionOptions) {
    super(clientOptions(options));
    this.options = options;
    this.closed = new Promise((resolve) => this.once('disconnected', () => resolve()));
    this.ending = new Promise((resolve) => {
      this.end = resolve;
    });
    void this.closed.then(() => {
      this.end('closed');
      // Closed while it was closing, it forgets a timer, which this clears.
      return this.disconnect();
    });
  }

  async retire(answersMs: number): Promise<void> {
    await this.unanswered.drained(answersMs);
    await this.close();
  }

  async close(): Promise<void> {
    void this.disconnect();
    await within(CLOSE_MS, this.closed);
    // Asked a second time it does not wait for the other side.
    await this.disconnect();
  }

  /** Instead of Slack's own reading, which ends the process on `null`, and lets a payload's type pass for a signal. */
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const { log, take } = this.options;
    const envelope = typeof data === 'string' ? judgeFrame(data) : ({ kind: 'malformed' } as const);
    switch (envelope.kind) {
      case 'hello':
        await super.onWebSocketMessage(data, isBinary);
        return;
      case 'disconnect':
        this.end(envelope.reason);
        return;
      case 'deliver': {
        const answered = this.unanswered.enter();
        await take(envelope.delivery, (answer) => this.say(answer));
        answered();
        return;
      }
      case 'nothing':
        if (envelope.id !== undefined) this.say(answerTo(envelope.id));
        return;
      case 'malformed':
        log.warn(
          { length: typeof data === 'string' ? data.length : data.byteLength },
          'a frame from Slack makes no sense',
        );
        return;
    }
  }

  private say(answer: string): boolean {
    let sent = this.websocket?.isActive() === true;
    if (sent) {
      this.websocket?.send(answer, (error) => {
        sent = error === undefined;
      });
    }
    return sent;
  }
}

function clientOptions({ appToken, apiUrl, log }: SocketConnectionOptions): SocketModeOptions {
  return {
    appToken,
    logger: boltLogger(log),
    // The client connects again by itself only after a pause without any connection, and a refusal that it meets then
    // ends the process. One life each, and the next one is opened before it is over.
    autoReconnectEnabled: false,
    clientPingTimeout: PING_TIMEOUT_MS,
    // An object of its own: the client writes into it. Never with headers, which would replace its token.
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      timeout: API_TIMEOUT_MS,
      rejectRateLimitedCalls: true,
    },
  };
}
