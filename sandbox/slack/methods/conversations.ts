/** conversations.*: what the bot may know of channels, and the messages in them. */
import type { Channel, Json, Message } from '../model.ts';
import { asText } from '../model.ts';
import { APP_ID, BOT_ID, BOT_USER } from '../sample-workspace.ts';
import type { Refusal } from '../validate/message.ts';
import type { Workspace } from '../workspace.ts';
import type { Method, MethodContext } from './method.ts';
import { fail, flag, isRefusal, page } from './method.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** A private channel that the bot is not in does not exist for it. */
export function visibleChannel(workspace: Workspace, id: unknown): Channel | undefined {
  const channel = workspace.findChannel(asText(id));
  return channel && (!channel.is_private || channel.members.has(BOT_USER)) ? channel : undefined;
}

/** A message as the API shows it; metadata only to those who ask. */
export function shownMessage(message: Message, workspace: Workspace, withMetadata: boolean): Json {
  const replies = workspace.replies(message.channel, message.ts);
  const byBot = message.user === BOT_USER;
  return {
    type: 'message',
    ...(message.tombstone ? { subtype: 'tombstone', hidden: true } : {}),
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    team: workspace.team.id,
    text: message.text,
    ...(byBot ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.edited ? { edited: { user: BOT_ID, ts: message.ts } } : {}),
    ...(replies.length > 0
      ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
      : message.thread_ts !== undefined
        ? { thread_ts: message.thread_ts }
        : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

const info: Method = {
  scopes: READ,
  run: (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    if (!channel) return fail('channel_not_found');
    const common = {
      id: channel.id,
      is_im: channel.is_im,
      is_archived: channel.is_archived,
      context_team_id: workspace.team.id,
      ...(flag(args.include_locale) ? { locale: 'en-US' } : {}),
    };
    if (channel.is_im) {
      return { channel: { ...common, is_org_shared: false, user: [...channel.members].find((id) => id !== BOT_USER) } };
    }
    return {
      channel: {
        ...common,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: !channel.is_private,
        is_group: channel.is_private,
        is_mpim: false,
        is_private: channel.is_private,
        is_member: channel.members.has(BOT_USER),
        is_shared: false,
        is_ext_shared: false,
        is_org_shared: false,
        ...(flag(args.include_num_members) ? { num_members: channel.members.size } : {}),
      },
    };
  },
};

const open: Method = {
  scopes: ['im:write', 'mpim:write'],
  run: (args, { workspace }) => {
    const users = asText(args.users).split(',').filter(Boolean);
    const [userId] = users;
    if (userId === undefined) return fail('users_list_not_supplied');
    // Group messages are not something this bot sends.
    if (users.length > 1) return fail('not_enough_users');
    const user = workspace.users.get(userId);
    if (!user) return fail('user_not_found');
    if (user.deleted) return fail('user_disabled');
    if (user.is_bot) return fail('cannot_dm_bot');
    const channel = workspace.dm(user.id);
    return { channel: flag(args.return_im) ? { id: channel.id, is_im: true, user: user.id } : { id: channel.id } };
  },
};

const members: Method = {
  scopes: READ,
  run: (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    if (!channel) return fail('channel_not_found');
    const { items, next } = page([...channel.members], args, 100);
    return { members: items, response_metadata: { next_cursor: next } };
  },
};

function readable(args: Json, workspace: Workspace): Channel | Refusal {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  return channel.members.has(BOT_USER) ? channel : fail('not_in_channel');
}

/** oldest and latest are exclusive unless `inclusive` says otherwise. */
function within(args: Json): (message: Message) => boolean {
  const oldest = Number(args.oldest ?? 0);
  const latest = args.latest === undefined || args.latest === '' ? Infinity : Number(args.latest);
  const inclusive = flag(args.inclusive);
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : (at > oldest || oldest === 0) && at < latest;
  };
}

function answer(messages: Message[], args: Json, { workspace }: MethodContext, standard: number): Json {
  const { items, next } = page(messages, args, standard);
  const withMetadata = flag(args.include_all_metadata);
  return {
    messages: items.map((message) => shownMessage(message, workspace, withMetadata)),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

const history: Method = {
  scopes: HISTORY,
  run: (args, context) => {
    const channel = readable(args, context.workspace);
    if ('error' in channel) return channel;
    const messages = context.workspace.messages
      .filter((m) => m.channel === channel.id && m.ephemeralTo === undefined)
      .filter((m) => m.thread_ts === undefined || m.thread_ts === m.ts || m.broadcast)
      .filter(within(args));
    return answer(messages.reverse(), args, context, 100);
  },
};

const replies: Method = {
  scopes: HISTORY,
  run: (args, context) => {
    const channel = readable(args, context.workspace);
    if ('error' in channel) return channel;
    const asked = context.workspace.findMessage(channel.id, asText(args.ts));
    if (!asked || asked.ephemeralTo !== undefined) return fail('thread_not_found');
    const parent = context.workspace.findMessage(channel.id, asked.thread_ts ?? asked.ts) ?? asked;
    const inside = context.workspace.replies(channel.id, parent.ts).filter(within(args));
    return answer([parent, ...inside], args, context, 1000);
  },
};

export const CONVERSATION_METHODS: Record<string, Method> = {
  'conversations.info': info,
  'conversations.open': open,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
};

/** Where the bot may post: the channel, or Slack's refusal. */
export function postable(target: unknown, { workspace }: MethodContext): Channel | Refusal {
  const id = asText(target);
  if (id === '') return fail('channel_not_found');
  if (workspace.users.has(id)) {
    const opened = open.run({ users: id }, { workspace } as MethodContext);
    return isRefusal(opened) ? fail('channel_not_found') : workspace.dm(id);
  }
  const channel = visibleChannel(workspace, id);
  if (!channel) return fail('channel_not_found');
  if (channel.is_archived) return fail('is_archived');
  return channel.members.has(BOT_USER) ? channel : fail('not_in_channel');
}
