/** A private Redis for one test file: starts in well under 100 ms, keeps nothing, gone with the file. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Redis, type RedisOptions } from 'ioredis';
import { type EmbeddedRedis, startEmbeddedRedis } from '../../src/adapters/redis/embedded/start-server.ts';

export interface PrivateRedis {
  /** For `new Redis(connection)`, BullMQ's `connection`, and so on. */
  readonly connection: { readonly path: string };
  /** A REDIS_URL for another process. */
  readonly url: string;
  readonly server: EmbeddedRedis;
  /** A client that is closed with the server. */
  client(options?: Omit<RedisOptions, 'replyMapping'>): Redis;
  /** Everything gone, as at the start. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options `durable`: with the append-only file of production; default off. */
export async function startPrivateRedis(options: { readonly durable?: boolean } = {}): Promise<PrivateRedis> {
  // Short: a socket's path has room for 108 bytes.
  const dir = await mkdtemp(path.join('/tmp', 'vpce-test-'));
  const server = await startEmbeddedRedis({ dir, durable: options.durable ?? false });
  const clients: Redis[] = [];
  const client = (clientOptions: Omit<RedisOptions, 'replyMapping'> = {}) => {
    const made = new Redis({ ...server.connection, ...clientOptions });
    clients.push(made);
    return made;
  };
  let own: Redis | undefined;
  return {
    connection: server.connection,
    url: server.url,
    server,
    client,
    async flush() {
      own ??= client();
      await own.flushall();
    },
    async stop() {
      for (const made of clients) made.disconnect();
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
