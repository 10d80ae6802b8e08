/** What it ran on: the machine, and the versions of everything that counts. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import path from 'node:path';

const ROOT = path.dirname(import.meta.dirname);
const PACKAGES = [
  '@slack/bolt',
  'ioredis',
  'undici',
  'chat',
  '@chat-adapter/slack',
  '@chat-adapter/state-redis',
  '@alicloud/elasticsearch20170613',
] as const;

export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${gib} GiB of memory, ${type()} ${release()}`;
}

/** @param redis as the server itself says. */
export async function versions(redis: string): Promise<string> {
  const packages = await Promise.all(
    PACKAGES.map(async (name) => {
      const file = await readFile(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
      return `${name} ${(JSON.parse(file) as { version: string }).version}`;
    }),
  );
  return [`Node ${process.versions.node}`, redis, ...packages].join(', ');
}
