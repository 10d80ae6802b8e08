/** conversations.history and .replies: the messages of a channel, as the bot may read them. */
import type { Channel, Json, Message } from '../model.ts';
import { asText } from '../model.ts';
import { APP_ID, BOT_ID, BOT_USER } from '../sample-workspace.ts';
import { LIMITS } from '../validate/limits.ts';
import type { Refusal } from '../validate/message.ts';
import type { Workspace } from '../workspace.ts';
import { scopeOfKind, visibleChannel } from './channels.ts';
import type { Method, MethodContext } from './method.ts';
import { fail, flag, page } from './method.ts';

const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

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
  const restricted = workspace.switches.historyAccess === 'sold_outside_marketplace';
  const most = restricted ? LIMITS.restrictedHistory : LIMITS.page;
  const { items, next } = page(messages, args, Math.min(standard, most), most);
  const withMetadata = flag(args.include_all_metadata);
  return {
    messages: items.map((message) => shownMessage(message, workspace, withMetadata)),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

const history: Method = {
  scopes: HISTORY,
  needs: scopeOfKind('history'),
  tier: 3,
  run: (args, context) => {
    const channel = readable(args, context.workspace);
    if ('error' in channel) return channel;
    const messages = context.workspace
      .messagesIn(channel.id)
      .filter((m) => m.ephemeralTo === undefined)
      .filter((m) => m.thread_ts === undefined || m.thread_ts === m.ts || m.broadcast)
      .filter(within(args));
    return answer(messages.reverse(), args, context, 100);
  },
};

const replies: Method = {
  scopes: HISTORY,
  needs: scopeOfKind('history'),
  tier: 3,
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

export const HISTORY_METHODS: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
