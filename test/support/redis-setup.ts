/** Before the first test: a Redis server is at hand, so no test's own time goes into fetching one. */
import { findServer } from '../../src/adapters/redis/embedded/find-server.ts';

export default async function setup(): Promise<void> {
  await findServer({ onLine: (line) => process.stdout.write(`${line}\n`) });
}
