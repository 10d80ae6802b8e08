/** The shapes of single values, in the file or the environment: what is expected, and what it becomes. */
import * as z from 'zod';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Beyond it a sum of two is no longer a date. */
const LONGEST_MS = 3_650 * UNITS.d;

/** A string of this shape; every message says what was expected. */
export function text(expected: string, shape: RegExp) {
  return z.string({ error: `expected ${expected}` }).regex(shape, { error: `expected ${expected}` });
}

/** A number and a unit, in milliseconds. */
export function duration(units: readonly (keyof typeof UNITS)[] = ['s', 'm', 'h', 'd'], allowZero = false) {
  const examples = units.includes('ms') ? '100ms, 2s or 1m' : '30s, 5m, 24h or 7d';
  const expected = `expected a duration such as ${examples}`;
  const shape = new RegExp(`^(\\d+)(${units.join('|')})$`);
  return z.string({ error: expected }).transform((typed, context) => {
    const [, digits, unit] = shape.exec(typed) ?? [];
    const ms = Number(digits) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
    if (Number.isFinite(ms) && ms <= LONGEST_MS && (ms > 0 || (allowZero && ms === 0))) return ms;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** `undefined` when it is no URL that may carry secrets: https, or http to this machine. */
export function safeUrl(typed: string): URL | undefined {
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return safe && url.username === '' && url.password === '' ? url : undefined;
}

/** The most similar of the known words, if it is similar enough to be what was meant. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const word of known) {
    const distance = editDistance(typed.toLowerCase(), word.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

/** Levenshtein's; gives up, with `limit`, as soon as it is reached. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(changed, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    if (Math.min(...here) >= limit) return limit;
    above = here;
  }
  return above[b.length] ?? limit;
}
