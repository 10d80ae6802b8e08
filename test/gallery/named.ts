/** Tables of samples: exhaustive by type, and each sample with a name of its own. */
import type { Pen } from './pen.ts';

/** Samples by the name of their variant. */
export type Named<T> = Readonly<Record<string, T>>;

/** The member of a union that `K` tells apart as `V`. */
export type Member<U, K extends keyof U, V extends U[K]> = Extract<U, Readonly<Record<K, V>>>;

/** The keys of an exhaustive table, as what they are. */
export function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(table) as K[];
}

/** A sample for each key, under its name. */
export function each<K extends string, T>(keys: readonly K[], make: (key: K) => T): Named<T> {
  return Object.fromEntries(keys.map((key) => [key, make(key)]));
}

/** Samples made of samples, under the same names. */
export function mapped<T, U>(samples: readonly (readonly [string, T])[], make: (sample: T) => U): Named<U> {
  return Object.fromEntries(samples.map(([name, sample]) => [name, make(sample)]));
}

/** All samples of a table in one list, named by both keys. */
export function flattened<T>(
  table: Readonly<Record<string, (pen: Pen) => Named<T>>>,
  pen: Pen,
): readonly [string, T][] {
  return Object.entries(table).flatMap(([kind, make]) =>
    Object.entries(make(pen)).map(([variant, sample]): [string, T] => [nameOf(kind, variant), sample]),
  );
}

export const nameOf = (kind: string, variant: string): string => (variant === '' ? kind : `${kind}/${variant}`);
