/** What a form carries along and brings back when it is submitted: its private_metadata, as JSON. */
import { z } from 'zod';
import { isRequestId, type RequestId } from '../../../domain/ids.ts';

const requestId = z
  .string()
  .refine(isRequestId)
  .transform((id): RequestId => id);
const revision = z.number().int().positive();
const place = z.object({ channel: z.string(), ts: z.string() });

/** Of a form that makes a request. `origin`: where the command was typed. */
const created = z.object({ request: requestId, origin: z.string().optional() });
/** Of a form that a button opened. */
const clicked = z.object({
  request: requestId,
  revision,
  channel: z.string().optional(),
  responseUrl: z.string().optional(),
  /** Only when the button was on the card. */
  card: place.optional(),
});

export type CreateMetadata = z.infer<typeof created>;
export type ClickMetadata = z.infer<typeof clicked>;

export function metadataText(metadata: CreateMetadata | ClickMetadata): string {
  return JSON.stringify(metadata);
}

/** @throws for what this bot never wrote. */
export function readCreateMetadata(text: string): CreateMetadata {
  return created.parse(JSON.parse(text));
}

/** @throws for what this bot never wrote. */
export function readClickMetadata(text: string): ClickMetadata {
  return clicked.parse(JSON.parse(text));
}
