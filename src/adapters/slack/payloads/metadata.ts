/** What a form carries along and brings back when it is submitted: its private_metadata, as JSON. */
import * as z from 'zod';
import { isRequestId, type RequestId } from '../../../domain/ids.ts';
import { slackId } from './slack-id.ts';

const requestId = z
  .string()
  .refine(isRequestId)
  .transform((id): RequestId => id);
const revision = z.number().int().positive();
const place = z.object({ channel: slackId, ts: z.string() });

/** Of a form that makes a request. `origin`: where the command was typed. */
const created = z.object({ request: requestId, origin: slackId.optional() });
/** Of a form that a button opened. */
const clicked = z.object({
  request: requestId,
  revision,
  channel: slackId.optional(),
  responseUrl: z.string().optional(),
  /** Only when the button was on the card. */
  card: place.optional(),
});

export type CreateMetadata = z.infer<typeof created>;
export type ClickMetadata = z.infer<typeof clicked>;

export function metadataText(metadata: CreateMetadata | ClickMetadata): string {
  return JSON.stringify(metadata);
}

/** Undefined for what this version of the bot never wrote. */
export function readCreateMetadata(text: string): CreateMetadata | undefined {
  return created.safeParse(parsed(text)).data;
}

/** Undefined for what this version of the bot never wrote. */
export function readClickMetadata(text: string): ClickMetadata | undefined {
  return clicked.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
