/** A request for options: somebody opened a searched list of a form, or typed into it. */
import * as z from 'zod';
import type { Picked } from '../../../application/ports/picks.ts';
import { chosenOption, formValues, pickedIn, withoutGaps } from './form-values.ts';
import { slackId } from './slack-id.ts';

const block = z.looseObject({
  block_id: z.string().nullish(),
  element: z.looseObject({ initial_option: chosenOption }).nullish(),
});
export const suggestionPayload = z.looseObject({
  user: z.looseObject({ id: slackId }),
  value: z.string().nullish(),
  view: z
    .looseObject({
      id: slackId,
      blocks: z.array(block).nullish().catch(undefined),
      state: z.looseObject({ values: formValues.optional() }).nullish().catch(undefined),
    })
    .nullish(),
});

export interface Suggestion {
  readonly user: string;
  readonly typed: string;
  readonly viewId: string | undefined;
  /** What the form began with: Slack does not tell here what was picked since (slackapi/bolt-js #1146). */
  readonly initially: Picked;
}

export function readSuggestion(body: unknown): Suggestion {
  const { user, value, view } = suggestionPayload.parse(body);
  const typed = value ?? '';
  if (!view) return { user: user.id, typed, viewId: undefined, initially: {} };
  const initial = (id: string): string | undefined =>
    view.blocks?.find(({ block_id }) => block_id === id)?.element?.initial_option?.value;
  const filled = withoutGaps({
    account: initial('account'),
    instance: initial('instance'),
    service: initial('service'),
  });
  const state = view.state?.values;
  return { user: user.id, typed, viewId: view.id, initially: { ...filled, ...(state ? pickedIn(state) : {}) } };
}
