/** A pick in a form that is still open. */
import { z } from 'zod';
import type { Picked } from '../../../application/ports/picks.ts';
import { pickedIn, readFormValues } from './form-values.ts';

const schema = z.looseObject({
  view: z.looseObject({ id: z.string(), state: z.looseObject({ values: z.unknown() }).nullish() }),
  actions: z.array(
    z.looseObject({ action_id: z.string(), selected_option: z.looseObject({ value: z.string() }).nullish() }),
  ),
});

/** Here, other than in a block_suggestion, Slack tells what the whole form holds. */
export function readPick(body: unknown): { readonly viewId: string; readonly picked: Picked } {
  const { view, actions } = schema.parse(body);
  const inForm = readFormValues(view.state?.values ?? {});
  // The pick itself comes last: the form's state need not hold it yet.
  const now = Object.fromEntries(actions.map((action) => [action.action_id, { [action.action_id]: action }]));
  return { viewId: view.id, picked: pickedIn({ ...inForm, ...now }) };
}
