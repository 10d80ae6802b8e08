/** A request for options: somebody opened a searched list of a form, or typed into it. */
import { z } from 'zod';
import type { Picked } from '../../../application/ports/picks.ts';
import { pickedIn, readFormValues, withoutGaps } from './form-values.ts';

const block = z.looseObject({
  block_id: z.string().nullish(),
  element: z.looseObject({ initial_option: z.looseObject({ value: z.string() }).nullish() }).nullish(),
});
const schema = z.looseObject({
  value: z.string().nullish(),
  view: z
    .looseObject({
      id: z.string(),
      blocks: z.array(block).nullish(),
      state: z.looseObject({ values: z.unknown() }).nullish(),
    })
    .nullish(),
});

export interface Suggestion {
  readonly typed: string;
  readonly viewId: string | undefined;
  /** What the form began with: Slack does not tell here what was picked since (slackapi/bolt-js #1146). */
  readonly initially: Picked;
}

export function readSuggestion(body: unknown): Suggestion {
  const { value, view } = schema.parse(body);
  const typed = value ?? '';
  if (!view) return { typed, viewId: undefined, initially: {} };
  const initial = (id: string): string | undefined =>
    view.blocks?.find(({ block_id }) => block_id === id)?.element?.initial_option?.value;
  const filled = withoutGaps({
    account: initial('account'),
    instance: initial('instance'),
    service: initial('service'),
  });
  const state = view.state?.values;
  return { typed, viewId: view.id, initially: { ...filled, ...(state ? pickedIn(readFormValues(state)) : {}) } };
}
