/** The compile-time proof that a schema's output is a domain type, field by field: neither knows more than the other. */
import type * as z from 'zod';

type Plain = string | number | boolean | bigint | symbol | null | undefined;

/** Schemas build mutable values, the domain reads them only: that difference alone is levelled. */
type Level<T> = T extends Plain
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Level<Item>[]
    : { readonly [Key in keyof T]: Level<T[Key]> };

// Being assignable both ways would not do: an optional field that one side lacks is assignable both ways.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Proof<Domain, Schema extends z.ZodType> =
  Same<Level<Domain>, Level<z.output<Schema>>> extends true
    ? Schema
    : { readonly 'the schema and the domain type differ': Exclude<Level<Domain>, Level<z.output<Schema>>> };

/** `exactly<Domain>()(schema)` is the schema itself, and does not compile where the two differ. */
export function exactly<Domain>() {
  return <Schema extends z.ZodType>(schema: Schema & Proof<Domain, Schema>): Schema => schema;
}
