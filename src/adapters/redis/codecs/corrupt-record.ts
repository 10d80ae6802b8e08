/** How stored text becomes a value again, and what is said of text that does not. */
import type * as z from 'zod';
import { UnreadableRequest } from '../../../application/ports/requests.ts';

/** Names where a stored value is broken, and none of what stands there: it may be a person's words, or a secret. */
export class CorruptRecord extends UnreadableRequest {
  override readonly name = 'CorruptRecord';
  readonly what: string;
  readonly path: string;

  constructor(what: string, path: string, problem: string) {
    super(`stored ${what} is corrupt at ${path === '' ? '(root)' : path}: ${problem}`);
    this.what = what;
    this.path = path;
  }
}

/** @returns the text's value as it stands there, and as its schema reads it. */
export function parseStored<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  text: string,
): { readonly stored: unknown; readonly read: z.output<Schema> } {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    // The parser's own error quotes the text.
    throw new CorruptRecord(what, '', 'not JSON');
  }
  const result = schema.safeParse(stored);
  if (result.success) return { stored, read: result.data };
  const [issue] = result.error.issues;
  throw new CorruptRecord(what, (issue?.path ?? []).map(String).join('.'), issue?.code ?? 'invalid');
}
