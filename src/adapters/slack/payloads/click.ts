/** A click on a button of a message. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { MessageAt } from '../../../application/inbox.ts';
import { type ButtonValue, parseButtonValue } from '../blocks/button-value.ts';
import { slackId } from './slack-id.ts';

/** The event_type of a card's metadata. */
const CARD = 'vpc_endpoint_request';

/** Seconds, a dot, and six digits. */
const LONGEST_TS = 32;
const LONGEST_URL = 3_000;

// What names the person and the button is needed; whatever else is missing or strange only narrows the answer.
const message = z.looseObject({
  ts: z.string().max(LONGEST_TS),
  thread_ts: z.string().nullish(),
  metadata: z
    .looseObject({ event_type: z.string(), event_payload: z.looseObject({}) })
    .nullish()
    .catch(undefined),
});
const container = z.looseObject({ message_ts: z.string().nullish(), is_ephemeral: z.boolean().nullish() });
export const clickPayload = z.looseObject({
  user: z.looseObject({ id: slackId }),
  trigger_id: z.string().nullish(),
  response_url: z.string().max(LONGEST_URL).nullish().catch(undefined),
  channel: z.looseObject({ id: slackId }).nullish().catch(undefined),
  container: container.nullish().catch(undefined),
  message: message.nullish().catch(undefined),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string().max(255),
        block_id: z.string().nullish(),
        action_ts: z.string().nullish(),
        value: z.string().nullish().catch(undefined),
        url: z.string().nullish().catch(undefined),
      }),
    )
    .min(1),
});
type Payload = z.infer<typeof clickPayload>;

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
  const payload = clickPayload.parse(body);
  const [action] = payload.actions;
  if (action === undefined) throw new Error('a click without an action');
  const value = parseButtonValue(action.value ?? '');
  return {
    actionId: action.action_id,
    user: payload.user.id,
    triggerId: payload.trigger_id ?? '',
    commandId: commandIdOf(payload, action),
    value,
    channel: payload.channel?.id,
    responseUrl: payload.response_url ?? undefined,
    card: value === undefined ? undefined : cardIn(payload, value),
    opensAddress: typeof action.url === 'string',
  };
}

/** A trigger id opens forms while it lives; its hash does not. The rest keeps people and buttons apart for certain. */
function commandIdOf({ trigger_id, user, message }: Payload, action: Payload['actions'][number]): string {
  const { action_id, block_id, action_ts, value } = action;
  const named = [trigger_id, user.id, action_id, block_id, action_ts, value, message?.ts];
  const digest = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return `click:${digest.slice(0, 32)}`;
}

function cardIn({ channel, container, message }: Payload, { id }: ButtonValue): MessageAt | undefined {
  if (!channel || !message || container?.is_ephemeral === true) return undefined;
  const at = { channel: channel.id, ts: message.ts };
  const { metadata } = message;
  if (metadata) return metadata.event_type === CARD && metadata.event_payload.request_id === id ? at : undefined;
  // Without metadata: the card is never a reply nor a direct message, and everything else that has such buttons is.
  const isReply = typeof message.thread_ts === 'string' && message.thread_ts !== message.ts;
  const isDirect = channel.id.startsWith('D');
  return isReply || isDirect || (container?.message_ts ?? message.ts) !== message.ts ? undefined : at;
}
