/** Keeps a connection of Socket Mode open, whatever Slack and the network do, until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../application/ports/log.ts';
import type { InFlight } from './in-flight.ts';
import { openSocketConnection, type SocketConnection } from './socket-connection.ts';
import type { SocketReceiver } from './socket-receiver.ts';
import { troubleOf } from './trouble.ts';

export interface SlackSocketOptions {
  readonly appToken: string;
  /** Ends with a slash. */
  readonly apiUrl: string;
  /** The one that the app was built with. */
  readonly receiver: Pick<SocketReceiver, 'take'>;
  /** Shared with the app: listeners may work on after the answer. */
  readonly inFlight: InFlight;
  readonly log: Log;
  /** How long `stop` waits for what is in flight. */
  readonly drainMs?: number;
}

export interface SlackSocket {
  /** Why nothing can come in now. */
  problem(): string | undefined;
  /** Answers what has come, takes nothing more, and lets listeners finish. */
  stop(): Promise<void>;
}

const DRAIN_MS = 12_000;
/** Slack does not wait longer for an answer. */
const ANSWERS_MS = 3_000;
/** Slack ends a connection some ten seconds after it said so. */
const LINGER_MS = 15_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A connection that lived so long was a good one: its successor needs no pause. */
const LASTED_MS = 5_000;

/**
 * Resolves once connected, and waits for that as long as it takes.
 * @throws {Error} with a sentence for the operator, when Slack refuses the token.
 */
export async function startSlackSocket(options: SlackSocketOptions): Promise<SlackSocket> {
  const { inFlight, log, drainMs = DRAIN_MS } = options;
  const keeper = new Keeper(options);
  await keeper.connected;
  return {
    problem: () => keeper.problem(),
    async stop() {
      const until = performance.now() + drainMs;
      await keeper.stop();
      if (!(await inFlight.drained(Math.max(0, until - performance.now())))) {
        log.warn({ drainMs }, 'stopped although listeners were still running');
      }
    },
  };
}

class Keeper {
  /** Rejects when the first connection is refused. */
  readonly connected: Promise<void>;
  private readonly options: SlackSocketOptions;
  private readonly stopping = new AbortController();
  private readonly open = new Set<SocketConnection>();
  private readonly kept: Promise<void>;
  private readonly stopped: Promise<string>;

  constructor(options: SlackSocketOptions) {
    this.options = options;
    this.stopped = new Promise((resolve) => {
      this.stopping.signal.addEventListener('abort', () => resolve('stopping'), { once: true });
    });
    const first = this.connect(0, true);
    this.connected = first.then(() => {});
    this.kept = first.then(
      (connection) => this.keep(connection),
      () => {},
    );
  }

  problem(): string | undefined {
    return this.open.size > 0 ? undefined : 'no Socket Mode connection to Slack';
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.kept, ...[...this.open].map((connection) => connection.retire(ANSWERS_MS))]);
  }

  private async keep(first: SocketConnection | undefined): Promise<void> {
    const { log } = this.options;
    let connection = first;
    while (connection !== undefined) {
      const since = performance.now();
      const reason = await Promise.race([connection.ending, this.stopped]);
      if (this.stopping.signal.aborted) return;
      log.info({ reason }, 'Slack ends this connection; opening another one');
      const old = connection;
      connection = await this.connect(performance.now() - since < LASTED_MS ? 1 : 0);
      void this.letGo(old);
    }
  }

  /** Slack knows when it sends nothing more over it; closed from here, it would lose what is on its way. */
  private async letGo(connection: SocketConnection): Promise<void> {
    const { signal } = this.stopping;
    const lingered = pause(LINGER_MS, undefined, { signal, ref: false }).catch(() => {});
    await Promise.race([connection.closed, lingered]);
    await connection.retire(ANSWERS_MS);
  }

  /** Undefined when stopping. With `mayFail`, rejects when Slack refuses; else it tries for ever. */
  private async connect(failures: number, mayFail = false): Promise<SocketConnection | undefined> {
    const { appToken, apiUrl, receiver, log } = this.options;
    const { signal } = this.stopping;
    let pauseMs = failures === 0 ? 0 : FIRST_PAUSE_MS;
    while (true) {
      if (pauseMs > 0) await pause(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return undefined;
      try {
        const take = receiver.take.bind(receiver);
        const connection = await openSocketConnection({ appToken, apiUrl, take, log, signal });
        this.open.add(connection);
        void connection.closed.then(() => this.open.delete(connection));
        if (signal.aborted) {
          await connection.retire(ANSWERS_MS);
          return undefined;
        }
        log.info({ connections: this.open.size }, 'connected to Slack by Socket Mode');
        return connection;
      } catch (error) {
        if (signal.aborted) return undefined;
        const trouble = troubleOf(error);
        if (trouble.kind === 'refused' && mayFail) throw new Error(refusal(trouble.error));
        pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, 2 * pauseMs), LONGEST_PAUSE_MS);
        if (trouble.kind === 'rate-limited') pauseMs = Math.max(pauseMs, trouble.afterMs);
        log.warn({ error, pauseMs }, 'no connection to Slack by Socket Mode; trying again');
      }
    }
  }
}

function refusal(error: string): string {
  return `SLACK_APP_TOKEN: Slack refuses it (${error}); it needs the scope connections:write, and Socket Mode turned on`;
}
