/** A submitted form. */
import * as z from 'zod';
import { type FormValues, formValues } from './form-values.ts';
import { slackId } from './slack-id.ts';

export const submissionPayload = z.looseObject({
  user: z.looseObject({ id: slackId }),
  view: z.looseObject({
    id: slackId,
    private_metadata: z.string().nullish(),
    blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().nullish() })).nullish(),
    state: z.looseObject({ values: formValues.optional() }).nullish(),
  }),
});

export interface Submission {
  readonly user: string;
  readonly viewId: string;
  readonly privateMetadata: string;
  readonly values: FormValues;
  /** Where an error can stand that belongs to no field. */
  readonly firstField: string;
}

export function readSubmission(body: unknown): Submission {
  const { user, view } = submissionPayload.parse(body);
  const values = view.state?.values ?? {};
  return {
    user: user.id,
    viewId: view.id,
    privateMetadata: view.private_metadata ?? '',
    values,
    firstField: view.blocks?.find(({ type }) => type === 'input')?.block_id ?? Object.keys(values)[0] ?? '',
  };
}
