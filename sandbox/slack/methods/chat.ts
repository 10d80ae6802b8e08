/** chat.*: posting, changing and deleting the bot's messages. */
import type { Json, Message, Metadata } from '../model.ts';
import { asJson, asText } from '../model.ts';
import { BOT_USER } from '../sample-workspace.ts';
import { escapeMrkdwn } from '../validate/escape.ts';
import type { Refusal } from '../validate/message.ts';
import { refuseMessage } from '../validate/message.ts';
import type { NewMessage } from '../workspace.ts';
import { postable, visibleChannel } from './channels.ts';
import { shownMessage } from './conversations.ts';
import type { Method, MethodContext } from './method.ts';
import { fail, flag } from './method.ts';

const WRITE = ['chat:write'];

const blocksOf = (args: Json): Json[] => (Array.isArray(args.blocks) ? (args.blocks as Json[]) : []);

/** Empty metadata is no metadata. */
export const metadataOf = (args: Json): { metadata?: Metadata } =>
  Object.keys(asJson(args.metadata)).length === 0 ? {} : { metadata: args.metadata as Metadata };

function post(
  args: Json,
  message: Pick<NewMessage, 'channel' | 'ephemeralTo' | 'broadcast'>,
  context: MethodContext,
): Message | Refusal {
  const { workspace, log } = context;
  const refused = refuseMessage(args);
  if (refused) return refused;
  const threadTs = asText(args.thread_ts);
  let thread: { thread_ts?: string } = {};
  if (threadTs !== '') {
    const parent = workspace.findMessage(message.channel, threadTs);
    if (!parent || parent.ephemeralTo !== undefined) return fail('thread_not_found');
    thread = { thread_ts: parent.thread_ts ?? parent.ts };
  }
  const parts = { text: asText(args.text), blocks: blocksOf(args), ...metadataOf(args), ...thread };
  const stored = workspace.post({ user: BOT_USER, ...message, ...parts });
  log.post(stored, { channel: message.channel, ...parts });
  return stored;
}

const postMessage: Method = {
  scopes: WRITE,
  tier: 'posting',
  run: (args, context) => {
    const channel = postable(args.channel, context);
    if ('error' in channel) return channel;
    const broadcast = flag(args.reply_broadcast) && args.thread_ts !== undefined;
    const stored = post(args, { channel: channel.id, ...(broadcast ? { broadcast } : {}) }, context);
    if ('error' in stored) return stored;
    return { channel: channel.id, ts: stored.ts, message: shownMessage(stored, context.workspace, true) };
  },
};

const postEphemeral: Method = {
  scopes: WRITE,
  tier: 'posting',
  run: (args, context) => {
    const channel = postable(args.channel, context);
    if ('error' in channel) return channel;
    const user = context.workspace.users.get(asText(args.user));
    if (!user || !channel.members.has(user.id)) return fail('user_not_in_channel');
    const stored = post(args, { channel: channel.id, ephemeralTo: user.id }, context);
    return 'error' in stored ? stored : { message_ts: stored.ts };
  },
};

function ownMessage(args: Json, { workspace }: MethodContext, notOwn: string): Message | Refusal {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  const message = workspace.findMessage(channel.id, asText(args.ts));
  if (!message || message.ephemeralTo !== undefined || message.tombstone) return fail('message_not_found');
  return message.user === BOT_USER ? message : fail(notOwn);
}

const update: Method = {
  scopes: WRITE,
  tier: 3,
  run: (args, context) => {
    const message = ownMessage(args, context, 'cant_update_message');
    if ('error' in message) return message;
    // Blocks alone keep the text; of text alone Slack's pages have said both.
    const keeps = args.text === undefined || context.workspace.switches.updateWithTextAlone === 'keeps_blocks';
    const blocks = args.blocks ?? (keeps ? message.blocks : []);
    const refused = refuseMessage({ ...args, blocks, ...(args.text === undefined ? { text: message.text } : {}) });
    if (refused) return refused;
    if (args.text !== undefined) message.text = escapeMrkdwn(asText(args.text));
    message.blocks = context.workspace.complete(blocks as Json[]);
    message.edited = true;
    if (args.metadata !== undefined) {
      delete message.metadata;
      Object.assign(message, metadataOf(args));
    }
    context.workspace.changed();
    const shown = shownMessage(message, context.workspace, true);
    return { channel: message.channel, ts: message.ts, text: message.text, message: shown };
  },
};

const remove: Method = {
  scopes: WRITE,
  tier: 3,
  run: (args, context) => {
    const message = ownMessage(args, context, 'cant_delete_message');
    if ('error' in message) return message;
    context.workspace.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
};

const getPermalink: Method = {
  scopes: [],
  tier: 'special',
  run: (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    if (!channel) return fail('channel_not_found');
    const message = workspace.findMessage(channel.id, asText(args.message_ts));
    if (!message || message.ephemeralTo !== undefined) return fail('message_not_found');
    const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
    const path = `archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink: `https://${workspace.team.domain}.slack.com/${path}` };
  },
};

export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
