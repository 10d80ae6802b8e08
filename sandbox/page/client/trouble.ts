/** Why something could not be done, in the words of whoever wished it. */
import { type Done, REFUSALS } from '../wire.ts';
import type { Words } from './words.ts';

/** Undefined when it was done. */
export function troubleOf(done: Done, words: Words): string | undefined {
  if (done.ok) return undefined;
  const refusal = REFUSALS.find((name) => name === done.why);
  return refusal === undefined ? done.why : words.refusals[refusal];
}
