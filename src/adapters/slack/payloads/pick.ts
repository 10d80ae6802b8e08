/** A pick in a form that is still open. */
import * as z from 'zod';
import type { Picked } from '../../../application/ports/picks.ts';
import { chosenOption, formValues, pickedIn } from './form-values.ts';
import { slackId } from './slack-id.ts';

const schema = z.looseObject({
  user: z.looseObject({ id: slackId }),
  view: z.looseObject({
    id: slackId,
    state: z.looseObject({ values: formValues.optional() }).nullish().catch(undefined),
  }),
  actions: z.array(z.looseObject({ action_id: z.string(), selected_option: chosenOption })),
});

export interface Pick {
  readonly user: string;
  readonly viewId: string;
  readonly picked: Picked;
}

/**
 * Here, other than in a block_suggestion, Slack tells what the whole form holds. Undefined for what is no pick in a
 * form, whatever its id.
 */
export function readPick(body: unknown): Pick | undefined {
  const { data } = schema.safeParse(body);
  if (data === undefined) return undefined;
  const { user, view, actions } = data;
  // The pick itself comes last: the form's state need not hold it yet.
  const now = Object.fromEntries(actions.map((action) => [action.action_id, { [action.action_id]: action }]));
  return { user: user.id, viewId: view.id, picked: pickedIn({ ...view.state?.values, ...now }) };
}
