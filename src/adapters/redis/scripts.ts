/** The atomic steps: each a Lua file beside this one, whose header says what goes in and comes out. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RedisClient } from './connection.ts';
import type { Exchange } from './exchange.ts';

export type ScriptName =
  | 'receive'
  | 'commit'
  | 'take-due'
  | 'reserve-slot'
  | 'begin-slot'
  | 'end-slot'
  | 'take-turn'
  | 'end-turn'
  | 'take-place'
  | 'hold-lane'
  | 'read-clock';

export type RunScript = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

function textOf(name: ScriptName): string {
  return readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
}

/** Teaches a connection the script; the client sends its digest, and its text when the server does not know it. */
export function script(redis: RedisClient, name: ScriptName): RunScript {
  redis.defineCommand(name, { lua: textOf(name) });
  const command = (redis as unknown as Record<string, unknown>)[name] as (...args: unknown[]) => Promise<unknown>;
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args);
}

/** The same over an exchange, whose commands the client does not send again alone. */
export function scriptOver(
  exchange: Exchange,
  name: ScriptName,
): (...call: [...Parameters<RunScript>, withinMs: number]) => Promise<unknown> {
  const lua = textOf(name);
  const digest = createHash('sha1').update(lua).digest('hex');
  return async (keys, args, withinMs) => {
    const until = performance.now() + withinMs;
    const send = async (command: string, which: string) => {
      const [answer] = await exchange([[command, which, keys.length, ...keys, ...args]], until - performance.now());
      return answer;
    };
    try {
      return await send('evalsha', digest);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return await send('eval', lua);
    }
  };
}

function isUnknown(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT ');
}
