/** The places of an account's creates in time, their order, and the stop of all of them, on Redis. */
import * as z from 'zod';
import type { AccountSlots, Halt } from '../../application/ports/slots.ts';
import { isRequestId } from '../../domain/ids.ts';
import type { RedisClient } from './connection.ts';
import { accountKeys } from './keys.ts';
import { script } from './scripts.ts';

/** Long after any attempt that could ask for its place again. */
const FORGET_AFTER_MS = 24 * 3600_000;

/**
 * Whose place has come, and who has not asked for this long, is passed. A process that is flooded comes late, but comes;
 * and what a dead one had not claimed yet is mostly asked for by another one before that.
 */
const SILENT_MS = 8_000;
/** Who is next has its turn this long before: were it to ask again at the very moment, it would be late, and all behind it. */
const AHEAD_MS = 20;

const haltSchema: z.ZodType<Halt> = z.object({
  request: z.string().refine(isRequestId),
  endpoint: z.string(),
  at: z.number(),
});
const reservedSchema = z.union([
  z.tuple([z.literal('halted'), z.string()]),
  z.tuple([z.literal('slot'), z.coerce.number()]),
]);

const turnSchema = z.tuple([z.enum(['begin', 'ask', 'halted']), z.number()]);

export function createAccountSlots(redis: RedisClient): AccountSlots & {
  /** Lets creates go on. @returns what they had been stopped for. */
  resume(account: string): Promise<Halt | undefined>;
} {
  const reserve = script(redis, 'reserve-slot');
  const begin = script(redis, 'begin-slot');
  const end = script(redis, 'end-slot');
  const takeTurn = script(redis, 'take-turn');
  const endTurn = script(redis, 'end-turn');
  return {
    async reserve(account, { request, key }, wall, spacingMs) {
      const { slots, halt, waiting } = accountKeys(account);
      const args = [`${request}:${key}`, wall, spacingMs, wall - FORGET_AFTER_MS, request];
      const answer = await reserve([slots, halt, waiting], args);
      const reserved = reservedSchema.parse(answer);
      return reserved[0] === 'halted'
        ? { kind: 'halted', halt: haltSchema.parse(JSON.parse(reserved[1])) }
        : { kind: 'slot', at: reserved[1] };
    },

    async begin(account, { request, place }, wall, spacingMs) {
      const { waiting, asked, last, halt } = accountKeys(account);
      const args = [request, place, wall, spacingMs, keptMs(spacingMs), SILENT_MS, AHEAD_MS];
      const [kind, afterMs] = turnSchema.parse(await begin([waiting, asked, last, halt], args));
      return { kind, afterMs };
    },

    async begun(account, request, wall, spacingMs) {
      const { waiting, asked, last } = accountKeys(account);
      await end([waiting, asked, last], [request, Math.ceil(wall), keptMs(spacingMs)]);
    },

    async leave(account, request) {
      const { waiting, asked, last } = accountKeys(account);
      await end([waiting, asked, last], [request, 0, 0]);
    },

    async takeTurn(account, request, forMs) {
      return (await takeTurn([accountKeys(account).turn], [request, forMs])) === 1;
    },

    async endTurn(account, request) {
      await endTurn([accountKeys(account).turn], [request]);
    },

    async halt(account, halt) {
      // The first incident is the one to look into; a later one adds nothing.
      await redis.set(accountKeys(account).halt, JSON.stringify(halt), 'NX');
    },

    async resume(account) {
      const stored = await redis.getdel(accountKeys(account).halt);
      return stored === null ? undefined : haltSchema.parse(JSON.parse(stored));
    },
  };
}

/** How long it matters when the last one began. */
function keptMs(spacingMs: number): number {
  return Math.max(spacingMs * 2, 1_000);
}
