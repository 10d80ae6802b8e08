/** Before the first test: a Redis server is at hand and the bot is built, so no test's own time goes into either. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { findServer } from '../../src/adapters/redis/embedded/find-server.ts';
import { buildForTests } from './built.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const [, folder] = await Promise.all([
    findServer({ onLine: (line) => process.stdout.write(`${line}\n`) }),
    buildForTests(['src/main.ts', 'src/cli.ts']),
  ]);
  process.env.VPCE_BUILT_BOT = path.join(folder, 'src/main.mjs');
  process.env.VPCE_BUILT_CLI = path.join(folder, 'src/cli.mjs');
  return () => rm(folder, { recursive: true, force: true });
}
