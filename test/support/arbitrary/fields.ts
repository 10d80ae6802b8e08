/** What arbitrary values are made of: records whose optional fields are there or not, and the plainest of fields. */
import fc from 'fast-check';
import type { RequestId } from '../../../src/domain/ids.ts';

type Fields<T> = { [Key in keyof T]-?: fc.Arbitrary<Exclude<T[Key], undefined>> };

/** A record whose optional fields are there or not; `| undefined` fields are built apart. */
export function some<T extends object>(fields: Fields<T>, ...optional: readonly (keyof T & string)[]): fc.Arbitrary<T> {
  const requiredKeys = Object.keys(fields).filter((key) => !(optional as readonly string[]).includes(key));
  return fc.record(fields as Record<string, fc.Arbitrary<unknown>>, { requiredKeys }) as unknown as fc.Arbitrary<T>;
}
export type In<U, K extends keyof U, V extends U[K]> = Extract<U, Record<K, V>>;
export const is = <const V>(value: V) => fc.constant(value);

export const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('ep-1', 'UALICE', '日本', '"\\\n', '__proto__'),
);
export const texts = fc.array(text, { maxLength: 3 });
export const time = fc.integer({ min: 0, max: 2 ** 45 });
export const count = fc.nat(50);
export const requestId = fc.string({ maxLength: 26 }).map((rest): RequestId => `req_${rest}`);
