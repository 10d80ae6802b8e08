/** Which workspace a request belongs to, when only its id is known. */
import type { RequestId } from '../../domain/ids.ts';
import { mastersOf, type RedisClient } from './connection.ts';
import { workspaceKeys } from './keys.ts';

/** Looks through all keys: for the command line, never for the bot. */
export async function findInstallations(redis: RedisClient, id: RequestId): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const server of await mastersOf(redis)) {
    for await (const keys of server.scanStream({ match: workspaceKeys('*').audit(id), count: 1_000 })) {
      for (const key of keys as string[]) {
        const installation = /^\{vpce:([^}]+)\}/.exec(key)?.[1];
        if (installation !== undefined) found.add(installation);
      }
    }
  }
  return [...found];
}
