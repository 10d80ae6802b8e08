/** Lets Bolt and the Web API client speak into our log: warnings and errors, never bodies. */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../application/ports/log.ts';

const LONGEST = 500;

export function boltLogger(log: Log): Logger {
  const say = (level: 'warn' | 'error', parts: readonly unknown[]): void => {
    log[level]({ from: 'bolt' }, parts.map(words).join(' ').slice(0, LONGEST));
  };
  return {
    // Bolt's debug and info lines repeat payloads and tell nothing that our own lines don't.
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => say('warn', parts),
    error: (...parts: unknown[]) => say('error', parts),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

/** Objects are named, not shown: they may hold a token or what a person wrote. */
function words(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  if (typeof part === 'object' && part !== null) return '[object]';
  return String(part);
}
