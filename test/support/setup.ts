/** Before the first test: a Redis server is at hand and the bot is built, so no test's own time goes into either. */
import { rm } from 'node:fs/promises';
import { findServer } from '../../src/adapters/redis/embedded/find-server.ts';
import { buildForTests } from './built.ts';

/** Whatever tests start as a process of its own. */
const PROGRAMS = [
  'src/main.ts',
  'src/cli.ts',
  'test/crash/main.ts',
  'bench/bare/main.ts',
  'bench/least/main.ts',
  'bench/naive/main.ts',
  'bench/chat-sdk/main.ts',
];

export default async function setup(): Promise<() => Promise<void>> {
  const [, folder] = await Promise.all([
    findServer({ onLine: (line) => process.stdout.write(`${line}\n`) }),
    buildForTests(PROGRAMS),
  ]);
  process.env.VPCE_BUILT = folder;
  return () => rm(folder, { recursive: true, force: true });
}
