/** Finds the Redis that the settings name, or starts the embedded one. */

import type { RedisAddress } from './adapters/redis/connection.ts';
import { startEmbeddedRedis } from './adapters/redis/embedded/start-server.ts';
import type { Log } from './application/ports/log.ts';
import type { RedisTarget } from './config/config.ts';

export interface OpenRedis {
  readonly address: RedisAddress;
  /** Why it is known to be down; `undefined` otherwise. */
  problem(): string | undefined;
  stop(): Promise<void>;
}

/** @throws {Error} with a sentence for the operator. */
export async function openRedis(target: RedisTarget, log: Log): Promise<OpenRedis> {
  const elsewhere = (address: RedisAddress): OpenRedis => ({
    address,
    problem: () => undefined,
    stop: () => Promise.resolve(),
  });
  switch (target.kind) {
    case 'embedded': {
      const server = await startEmbeddedRedis({
        dir: target.dir,
        onLine: (line) => log.info({ line }, 'embedded redis'),
        onDown: (reason) => log.error({ reason }, 'embedded redis is down'),
        onUp: () => log.info({}, 'embedded redis is up again'),
      });
      return { address: { path: server.socketPath }, problem: () => server.problem(), stop: () => server.stop() };
    }
    case 'socket':
      return elsewhere({ path: target.path, db: target.db });
    case 'single': {
      const { host, port, db } = target;
      return elsewhere({ host, port, db, ...login(target) });
    }
    case 'sentinel': {
      const { nodes, master, db, tls } = target;
      return elsewhere({
        sentinels: nodes.map((node) => ({ ...node })),
        name: master,
        db,
        // A master that was cut off keeps its connections: the Sentinels say that there is another.
        failoverDetector: true,
        ...login(target),
        ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
      });
    }
    case 'cluster':
      return elsewhere({ cluster: target.nodes, login: login(target) });
  }
}

function login({ username, password, tls }: { username?: string; password?: string; tls: boolean }) {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
  };
}
