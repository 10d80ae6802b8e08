/** The hash chain of a request's events: each entry vouches for all before it. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from './record.ts';

export const CHAIN_START = '0'.repeat(64);

export function link(entry: Omit<AuditEntry, 'hash'>): AuditEntry {
  return { ...entry, hash: hashOf(entry) };
}

/**
 * The first place where a chain does not hold: its position from 1, or `undefined` for a whole one.
 * @param entries oldest first.
 */
export function firstBreak(entries: readonly AuditEntry[]): number | undefined {
  let previous = CHAIN_START;
  for (const [index, entry] of entries.entries()) {
    const { hash, ...rest } = entry;
    if (entry.seq !== index + 1 || entry.previous !== previous || hashOf(rest) !== hash) return index + 1;
    previous = hash;
  }
  return undefined;
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** JSON with sorted keys and without undefined members: the same text for the same content. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
