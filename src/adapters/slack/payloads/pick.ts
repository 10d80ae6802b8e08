/** A pick in a form that is still open. */
import { z } from 'zod';
import type { Picked } from '../../../application/ports/picks.ts';
import { pickedIn, readFormValues } from './form-values.ts';

const schema = z.looseObject({
  view: z.looseObject({ id: z.string(), state: z.looseObject({ values: z.unknown() }) }),
});

/** Here, other than in a block_suggestion, Slack tells what the whole form holds. */
export function readPick(body: unknown): { readonly viewId: string; readonly picked: Picked } {
  const { view } = schema.parse(body);
  return { viewId: view.id, picked: pickedIn(readFormValues(view.state.values)) };
}
