/** What counts is answered only once it can't be forgotten: where there are replicas, they have it, or one of them at least. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ReplyError } from 'ioredis';
import { UnconfirmedWrite } from '../../application/ports/requests.ts';
import { connectTogether, type RedisAddress, type RedisClient } from './connection.ts';
import { createReplicas } from './replicas.ts';

export type RedisCommand = readonly [name: string, ...args: readonly (string | number)[]];

/**
 * Sends commands together, and answers with their replies.
 * @param withinMs how long to go on trying to have them confirmed. They may be sent several times.
 * @throws the first error that one of them met.
 * @throws {UnconfirmedWrite}
 */
export type Exchange = (commands: readonly RedisCommand[], withinMs: number) => Promise<readonly unknown[]>;

/** Without a replica's word: for looking only. */
export function unconfirmed(redis: RedisClient): Exchange {
  return async (commands) => {
    const replies = await redis.pipeline(commands.map((command) => [...command])).exec();
    return (replies ?? []).map(([error, value]) => {
      if (error !== null) throw error;
      return value;
    });
  };
}

/** How long one WAIT waits. Whatever comes meanwhile waits for it, too, so it is much less than anybody's patience. */
const WAIT_MS = 400;
/** The same where one has it and others are to have it as well, since nobody knows which of them a failover chooses. */
const ALL_WAIT_MS = 100;
const PAUSE_MS = 50;
const LOOK_MS = 1_500;

interface Waiting {
  readonly commands: readonly RedisCommand[];
  settled: boolean;
  problem: unknown;
  resolve(values: readonly unknown[]): void;
  reject(error: unknown): void;
}

export interface ConfirmedExchange {
  readonly exchange: Exchange;
  /** Why nothing that counts can be stored now. */
  problem(): Promise<string | undefined>;
  close(): void;
}

/**
 * On a connection that is used for nothing else, since WAIT holds up what comes after it. What comes while one is under
 * way goes out together after it, with one WAIT for all.
 *
 * WAIT promises something about earlier writes of its own connection, and a script that finds its work done already
 * writes nothing: so a write to the fence goes before each WAIT. It comes after everything that the commands saw,
 * whoever wrote that, so what was read is confirmed, too. The client never splits a pipeline over two connections: it
 * is sent again whole, or fails.
 * One replica’s word is enough, since with two of them either may be away. As long as all keep up, all are waited for.
 * @param fence a key of its own, in the slot of everything that the commands touch.
 * @param allWithinMs how long all are waited for; then one has to do.
 */
export function createConfirmedExchange(
  address: RedisAddress,
  redis: RedisClient,
  fence: string,
  onError: (error: unknown) => void,
  allWithinMs = ALL_WAIT_MS,
): ConfirmedExchange {
  const own = connectTogether(address);
  own.on('error', onError);
  const replicas = createReplicas(address, own, fence);
  const plain = unconfirmed(redis);
  let queue: Waiting[] = [];
  let running = false;
  let closed = false;

  /** Settles what can be settled. @returns whether a replica has all of it. */
  async function attempt(batch: readonly Waiting[]): Promise<boolean> {
    const commands = batch.flatMap((waiting) => waiting.commands);
    const wanted = replicas.count();
    const wait = ['wait', wanted, wanted > 1 ? allWithinMs : WAIT_MS];
    const replies: Replies =
      (await own
        .pipeline([...commands.map((command) => [...command]), ['set', fence, ''], wait])
        .exec()
        .catch((error: unknown) => [...commands, 'set', 'wait'].map(() => [error, undefined] as const))) ?? [];
    const [fenced, waited] = replies.slice(-2);
    const had = fenced?.[0] === null && waited?.[0] === null ? Number(waited[1]) : undefined;
    if (had !== undefined) replicas.had(had);
    const confirmed = had !== undefined && had >= 1;
    let at = 0;
    for (const waiting of batch) {
      const answers = replies.slice(at, at + waiting.commands.length);
      at += waiting.commands.length;
      const failed = answers.find(([error]) => error !== null);
      if (failed !== undefined && isFinal(failed[0])) waiting.reject(failed[0]);
      else if (confirmed && failed === undefined) waiting.resolve(answers.map(([, value]) => value));
      else waiting.problem = failed?.[0] ?? fenced?.[0] ?? waited?.[0] ?? undefined;
    }
    // The client follows no redirection of such a pipeline; of a single command's it learns where the slot is now.
    if (isMoved(fenced?.[0])) await own.exists(fence).catch(() => {});
    return confirmed;
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      if (closed) for (const { reject } of batch) reject(new UnconfirmedWrite('the bot is stopping'));
      else if (!(await attempt(batch))) await sleep(PAUSE_MS);
      queue = [...batch.filter(({ settled }) => !settled), ...queue];
    }
    running = false;
  }

  function confirm(commands: readonly RedisCommand[], withinMs: number): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        waiting.settled = true;
        clearTimeout(timer);
      };
      const waiting: Waiting = {
        commands,
        settled: false,
        problem: undefined,
        resolve: (values) => {
          settle();
          resolve(values);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        const { problem } = waiting;
        const cause = problem === undefined ? {} : { cause: problem };
        waiting.reject(new UnconfirmedWrite(`no replica of Redis had it within ${withinMs} ms`, cause));
      }, withinMs);
      queue.push(waiting);
      void run();
    });
  }

  const exchange: Exchange = async (commands, withinMs) =>
    await ((await replicas.areNeeded()) ? confirm : plain)(commands, withinMs);
  return {
    exchange,
    async problem() {
      try {
        await exchange([['set', fence, '']], LOOK_MS);
        return undefined;
      } catch (error) {
        if (!(error instanceof UnconfirmedWrite)) return problemOf(error);
        return error.cause === undefined ? 'no replica of Redis has what is written' : problemOf(error.cause);
      }
    },
    close() {
      closed = true;
      own.disconnect();
    },
  };
}

type Replies = readonly (readonly [error: unknown, value: unknown])[];

function isReply(error: unknown): error is Error {
  return error instanceof ReplyError;
}

/** Of a reply, only its code: the rest may be about anything. */
function problemOf(error: unknown): string {
  return isReply(error) ? `Redis takes no writes (${error.message.split(' ', 1)[0]})` : 'Redis does not answer';
}

function isMoved(error: unknown): boolean {
  return isReply(error) && error.message.startsWith('MOVED ');
}

/** The server's word, and not about a state of its own that passes. */
function isFinal(error: unknown): boolean {
  return isReply(error) && !PASSING.test(error.message);
}

const PASSING = /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN|READONLY|LOADING|MASTERDOWN|NOREPLICAS|MISCONF|OOM|BUSY) /;
