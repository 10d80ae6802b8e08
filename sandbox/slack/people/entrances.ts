/** How a person calls the app from anywhere: a slash command, a global shortcut. */
import type { DeliveryResult } from '../deliver/bot-endpoint.ts';
import { commandFields, shortcut } from '../deliver/payloads.ts';
import type { Channel, User } from '../model.ts';
import { readAck, respond } from '../respond.ts';
import type { Tools } from './tools.ts';
import { newResponseUrl, TROUBLE } from './tools.ts';

/** @throws where Slack's client has no message box for this person. */
export function mustBeAbleToType(user: User, channel: Channel): void {
  if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in #${channel.name}, and can't type there`);
  if (channel.is_archived) throw new Error(`#${channel.name} is archived: nothing can be typed there`);
}

export async function typeCommand(
  tools: Tools,
  channel: Channel,
  command: string,
  text: string,
): Promise<DeliveryResult> {
  const { workspace, user, bot, triggers, log } = tools;
  mustBeAbleToType(user, channel);
  const origin = { user: user.id, channel: channel.id };
  const triggerId = triggers.issue(origin);
  const fields = commandFields(workspace, user, channel, {
    command,
    text,
    triggerId,
    responseUrl: newResponseUrl(tools, origin),
  });
  const result = await bot.form(fields, { kind: 'command', what: `${command} ${text}`.trim(), user: user.id });
  if (result.problem) {
    const failed = `${command} failed with the error "${result.problem}"`;
    workspace.post({ channel: channel.id, user: 'USLACKBOT', text: failed, ephemeralTo: user.id });
  } else if (result.body.trim() !== '') {
    const refused = respond(readAck(result.body), origin, tools);
    if (refused) log.protocolError(`the ack of ${command}: ${JSON.stringify(refused)}`);
  }
  return result;
}

export async function useShortcut(tools: Tools, callbackId: string): Promise<DeliveryResult> {
  const { workspace, user, bot, triggers } = tools;
  const payload = shortcut(workspace, user, callbackId, triggers.issue({ user: user.id }));
  const result = await bot.interaction(payload, { kind: 'shortcut', what: callbackId, user: user.id });
  if (!result.ok) workspace.notice({ user: user.id, text: TROUBLE });
  return result;
}
