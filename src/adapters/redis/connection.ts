/** Connections to Redis, each kind with the patience that its use allows. */
import { Cluster, type Command, Redis, type RedisOptions } from 'ioredis';

/** One server, by host and port or a socket's path; or Sentinels and their master's name. In ioredis's own terms. */
type ServerAddress = Omit<RedisOptions, 'replyMapping'>;

/** Some nodes of a Cluster, and how to log in to any of them. */
interface ClusterAddress {
  readonly cluster: readonly { readonly host: string; readonly port: number }[];
  readonly login: Pick<RedisOptions, 'username' | 'password' | 'tls'>;
}

export type RedisAddress = ServerAddress | ClusterAddress;

/** Both take the same commands. A Cluster sends each to the master that has its keys, and one without keys to any. */
export type RedisClient = Redis | Cluster;

/** A slower answer than this is no answer; the write may have been applied all the same. */
const COMMAND_TIMEOUT_MS = 2_000;
/** A server that was cut off keeps its connections open, and says nothing: the next one may be another server. */
const SILENCE_MS = 3_000;
/** The same for BullMQ, whose commands block for 10 s at most. */
const WORKER_SILENCE_MS = 15_000;
/** A failover that nobody told us of is noticed after this. */
const SLOTS_LOOK_MS = 5_000;

/** A master that became a replica says so, and has written nothing. */
const isDemoted = (error: Error) => error.message.includes('READONLY');
const FIND_MASTER = 1;
const FIND_MASTER_AND_SEND_AGAIN = 2;

const pause = (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1_000);

const SOMEBODY_WAITS: ServerAddress = {
  maxRetriesPerRequest: 1,
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: COMMAND_TIMEOUT_MS,
  socketTimeout: SILENCE_MS,
};

/**
 * For everything that somebody waits for: an error within about 2 s rather than a hang. A script whose connection
 * drops is sent again by the client, which is why each one is idempotent.
 */
export function connect(address: RedisAddress): RedisClient {
  return open(address, SOMEBODY_WAITS, FIND_MASTER_AND_SEND_AGAIN);
}

/** For commands that belong together: none of them is sent again alone, to a server that has not seen the others. */
export function connectTogether(address: RedisAddress): RedisClient {
  return open(address, SOMEBODY_WAITS, FIND_MASTER);
}

/** For BullMQ's worker, which blocks on purpose and waits for ever. */
export function connectWorker(address: RedisAddress): RedisClient {
  return open(address, { maxRetriesPerRequest: null, socketTimeout: WORKER_SILENCE_MS }, FIND_MASTER_AND_SEND_AGAIN);
}

/** The servers that have the keys. */
export async function mastersOf(redis: RedisClient): Promise<readonly Redis[]> {
  if (!(redis instanceof Cluster)) return [redis];
  // Which ones there are is known once one has answered.
  await redis.cluster('INFO');
  return redis.nodes('master');
}

function open(
  address: RedisAddress,
  patience: ServerAddress,
  whenDemoted: typeof FIND_MASTER | typeof FIND_MASTER_AND_SEND_AGAIN,
): RedisClient {
  if ('cluster' in address) {
    const { login } = address;
    return new PatientCluster([...address.cluster], {
      clusterRetryStrategy: pause,
      slotsRefreshInterval: SLOTS_LOOK_MS,
      redisOptions: { ...login, ...patience },
      // A certificate is for a name: it must not be looked up before.
      ...(login.tls === undefined ? {} : { dnsLookup: (name, found) => found(null, name) }),
    });
  }
  return new Redis({
    ...address,
    ...patience,
    retryStrategy: pause,
    reconnectOnError: (error) => (isDemoted(error) ? whenDemoted : false),
  });
}

/** While no node can be reached, a Cluster keeps its commands without a limit in time: this one has the limit. */
class PatientCluster extends Cluster {
  override sendCommand(...sent: Parameters<Cluster['sendCommand']>): unknown {
    const command: Command = sent[0];
    const timeout = this.options.redisOptions?.commandTimeout;
    if (timeout !== undefined) command.setTimeout(timeout);
    return super.sendCommand(...sent);
  }
}
