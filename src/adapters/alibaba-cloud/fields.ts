/** How single fields of a reply are read: what decides anything strictly, what only decorates it leniently. */
import * as z from 'zod';

/** An id: without it the reply is of no use. */
export const id = z.string().min(1);

/** A text that may be missing, null or of another kind: then it is as if it were not there. */
export const text = z.string().min(1).optional().catch(undefined);

/** A boolean that some operations send as a string. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
  .optional()
  .catch(undefined);

/** A count that some operations send as a string. */
export const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().nonnegative())
  .optional()
  .catch(undefined);

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields whose value is undefined: an optional field of the domain is there or it is not. */
export function present<const T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
