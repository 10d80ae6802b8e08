/** Connections to Redis, each kind with the patience that its use allows. */
import { Redis, type RedisOptions } from 'ioredis';

/** Where Redis is, in ioredis's own terms: host and port, a socket's path, or Sentinels and a master's name. */
export type RedisAddress = Omit<RedisOptions, 'replyMapping'>;

/** A slower answer than this is no answer; the write may have been applied all the same. */
const COMMAND_TIMEOUT_MS = 2_000;

/**
 * For everything that somebody waits for: an error within about 2 s rather than a hang. A script whose connection
 * drops is sent again by the client, which is why each one is idempotent.
 */
export function connect(address: RedisAddress): Redis {
  return new Redis({
    ...address,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
  });
}

/** For BullMQ's worker, which blocks on purpose and waits for ever. */
export function connectWorker(address: RedisAddress): Redis {
  return new Redis({
    ...address,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, 1_000),
  });
}
