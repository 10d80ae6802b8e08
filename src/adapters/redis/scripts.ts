/** The atomic steps: each a Lua file beside this one, whose header says what goes in and comes out. */
import { readFileSync } from 'node:fs';
import type { RedisClient } from './connection.ts';
import type { RedisCommand } from './exchange.ts';

export type ScriptName =
  | 'receive'
  | 'commit'
  | 'take-due'
  | 'reserve-slot'
  | 'begin-slot'
  | 'take-turn'
  | 'end-turn'
  | 'take-place'
  | 'hold-lane'
  | 'read-clock';

export type RunScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

export function textOf(name: ScriptName): string {
  return readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
}

/** Teaches a connection the script; the client sends its digest, and its text when the server does not know it. */
export function script(redis: RedisClient, name: ScriptName): RunScript {
  redis.defineCommand(name, { lua: textOf(name) });
  const command = (redis as unknown as Record<string, unknown>)[name] as (...args: unknown[]) => Promise<unknown>;
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args);
}

/** The script by its text: for a pipeline, where nobody could send it again alone. */
export function evalOf(lua: string, keys: readonly string[], args: readonly (string | number)[]): RedisCommand {
  return ['eval', lua, keys.length, ...keys, ...args];
}
