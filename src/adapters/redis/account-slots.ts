/** The places of an account's creates in time, their order, and the stop of all of them, on Redis. */
import * as z from 'zod';
import type { AccountSlots, Halt } from '../../application/ports/slots.ts';
import { isRequestId } from '../../domain/ids.ts';
import type { RedisClient } from './connection.ts';
import { accountKeys } from './keys.ts';
import { script } from './scripts.ts';

/** Long after any attempt that could ask for its place again. */
const FORGET_AFTER_MS = 24 * 3600_000;

/** Who is this late has died or needs its place no more, and is passed. */
const LATE_MS = 2_000;

const haltSchema: z.ZodType<Halt> = z.object({
  request: z.string().refine(isRequestId),
  endpoint: z.string(),
  at: z.number(),
});
const reservedSchema = z.union([
  z.tuple([z.literal('halted'), z.string()]),
  z.tuple([z.literal('slot'), z.coerce.number()]),
]);

export function createAccountSlots(redis: RedisClient): AccountSlots & {
  /** Lets creates go on. @returns what they had been stopped for. */
  resume(account: string): Promise<Halt | undefined>;
} {
  const reserve = script(redis, 'reserve-slot');
  const begin = script(redis, 'begin-slot');
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

    async begin(account, request, wall, spacingMs) {
      const { waiting, last } = accountKeys(account);
      return z.number().parse(await begin([waiting, last], [request, wall, spacingMs, LATE_MS]));
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
