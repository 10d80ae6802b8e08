/** A click on a button of a message. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MessageAt } from '../../../application/inbox.ts';
import { type ButtonValue, parseButtonValue } from '../blocks/button-value.ts';

/** The event_type of a card's metadata. */
const CARD = 'vpc_endpoint_request';

const message = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().optional(),
  metadata: z.looseObject({ event_type: z.string(), event_payload: z.looseObject({}) }).optional(),
});
const schema = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.looseObject({ id: z.string() }).optional(),
  container: z.looseObject({
    type: z.string(),
    message_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: message.optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        action_ts: z.string().default(''),
        value: z.string().optional(),
        url: z.string().optional(),
      }),
    )
    .min(1),
});
type Payload = z.infer<typeof schema>;

export interface Click {
  readonly actionId: string;
  readonly user: string;
  readonly triggerId: string;
  /** The same when Slack delivers it again, another for a second click. */
  readonly commandId: string;
  /** Undefined when the button does not name a request. */
  readonly value: ButtonValue | undefined;
  readonly channel: string | undefined;
  readonly responseUrl: string | undefined;
  /** The clicked message, when it is the request's card. */
  readonly card: MessageAt | undefined;
  /** It opens an address, and Slack merely tells of it. */
  readonly opensAddress: boolean;
}

export function readClick(body: unknown): Click {
  const payload = schema.parse(body);
  const [action] = payload.actions;
  if (action === undefined) throw new Error('a click without an action');
  const value = parseButtonValue(action.value ?? '');
  const digest = createHash('sha256').update(`${payload.trigger_id}:${action.action_ts}`).digest('hex');
  return {
    actionId: action.action_id,
    user: payload.user.id,
    triggerId: payload.trigger_id,
    // A trigger id opens forms while it lives; its hash does not.
    commandId: `click:${digest.slice(0, 32)}`,
    value,
    channel: payload.channel?.id,
    responseUrl: payload.response_url,
    card: value === undefined ? undefined : cardIn(payload, value),
    opensAddress: action.url !== undefined,
  };
}

function cardIn({ channel, container, message }: Payload, { id }: ButtonValue): MessageAt | undefined {
  if (channel === undefined || message === undefined || container.is_ephemeral === true) return undefined;
  const at = { channel: channel.id, ts: message.ts };
  const { metadata } = message;
  if (metadata !== undefined) {
    return metadata.event_type === CARD && metadata.event_payload.request_id === id ? at : undefined;
  }
  // Without metadata: the card is never a reply, and everything else that has such buttons is.
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  return container.type === 'message' && container.message_ts === message.ts && !isReply ? at : undefined;
}
