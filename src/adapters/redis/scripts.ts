/** The atomic steps: each a Lua file beside this one, whose header says what goes in and comes out. */
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

export type ScriptName = 'receive' | 'commit' | 'take-due' | 'reserve-slot' | 'take-turn' | 'end-turn';

export type RunScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** Teaches a connection the script; the client sends its digest, and its text when the server does not know it. */
export function script(redis: Redis, name: ScriptName): RunScript {
  const lua = readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
  redis.defineCommand(name, { lua });
  const command = (redis as unknown as Record<string, unknown>)[name] as (...args: unknown[]) => Promise<unknown>;
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args);
}
