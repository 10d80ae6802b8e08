/** A submitted form. */
import { z } from 'zod';
import { type FormValues, readFormValues } from './form-values.ts';

const schema = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  view: z.looseObject({
    id: z.string(),
    private_metadata: z.string().nullish(),
    blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().nullish() })).nullish(),
    state: z.looseObject({ values: z.unknown() }).nullish(),
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
  const { user, view } = schema.parse(body);
  const values = readFormValues(view.state?.values ?? {});
  return {
    user: user.id,
    viewId: view.id,
    privateMetadata: view.private_metadata ?? '',
    values,
    firstField: view.blocks?.find(({ type }) => type === 'input')?.block_id ?? Object.keys(values)[0] ?? '',
  };
}
