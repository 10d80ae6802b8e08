/** What a response URL does with what the bot posts to it. */

import { metadataOf } from './methods/chat.ts';
import type { MethodContext } from './methods/method.ts';
import type { Json, Message } from './model.ts';
import { asJson, asText } from './model.ts';
import { BOT_USER } from './sample-workspace.ts';
import type { ResponseOrigin } from './tickets.ts';
import type { Refusal } from './validate/message.ts';
import { refuseMessage } from './validate/message.ts';

/** Also the body of a slash command's ack, which means the same. */
export function respond(body: Json, origin: ResponseOrigin, context: MethodContext): Refusal | undefined {
  const { workspace, log } = context;
  const original = origin.messageTs === undefined ? undefined : workspace.findMessage(origin.channel, origin.messageTs);
  if (body.delete_original === true) {
    if (original) workspace.remove(original);
    return undefined;
  }
  const refused = refuseMessage(body);
  if (refused) return refused;
  const blocks = (Array.isArray(body.blocks) ? body.blocks : []) as Json[];
  const parts = { text: asText(body.text), blocks, ...metadataOf(body) };
  if (body.replace_original === true && original) {
    replace(original, parts, context);
    return undefined;
  }
  const thread = asText(body.thread_ts);
  const stored = workspace.post({
    channel: origin.channel,
    user: BOT_USER,
    ...parts,
    ...(thread === '' ? {} : { thread_ts: thread }),
    ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: origin.user }),
  });
  log.post(stored, { channel: origin.channel, thread, ...parts });
  return undefined;
}

function replace(
  original: Message,
  parts: Pick<Message, 'text' | 'blocks' | 'metadata'>,
  { workspace }: MethodContext,
): void {
  const { blocks, ...rest } = parts;
  Object.assign(original, asJson(rest), { blocks: workspace.complete(blocks), edited: true });
  workspace.changed();
}

/** The body of an ack is JSON, or else a text. */
export function readAck(body: string): Json {
  try {
    return asJson(JSON.parse(body));
  } catch {
    return { text: body };
  }
}
