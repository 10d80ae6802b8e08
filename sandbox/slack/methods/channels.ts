/** conversations.*: which channels there are for the bot, who is in them, and where it may post. */
import type { Channel, Json } from '../model.ts';
import { asText } from '../model.ts';
import { BOT_USER } from '../sample-workspace.ts';
import type { Refusal } from '../validate/message.ts';
import type { Workspace } from '../workspace.ts';
import type { Method, MethodContext } from './method.ts';
import { fail, flag, isRefusal, page } from './method.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

/** A private channel that the bot is not in does not exist for it. */
export function visibleChannel(workspace: Workspace, id: unknown): Channel | undefined {
  const channel = workspace.findChannel(asText(id));
  return channel && (!channel.is_private || channel.members.has(BOT_USER)) ? channel : undefined;
}

/** Public channels, private ones and direct messages have a scope each. */
export const scopeOfKind =
  (verb: 'read' | 'history'): NonNullable<Method['needs']> =>
  (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    return channel ? [`${TYPES[typeOf(channel)]}:${verb}`] : [];
  };

function shownChannel(channel: Channel, args: Json, workspace: Workspace): Json {
  const common = {
    id: channel.id,
    is_im: channel.is_im,
    is_archived: channel.is_archived,
    context_team_id: workspace.team.id,
    ...(flag(args.include_locale) ? { locale: 'en-US' } : {}),
  };
  if (channel.is_im) {
    return { ...common, is_org_shared: false, user: [...channel.members].find((id) => id !== BOT_USER) };
  }
  return {
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
  };
}

const info: Method = {
  scopes: READ,
  needs: scopeOfKind('read'),
  tier: 3,
  run: (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    return channel ? { channel: shownChannel(channel, args, workspace) } : fail('channel_not_found');
  },
};

const TYPES = { public_channel: 'channels', private_channel: 'groups', im: 'im', mpim: 'mpim' } as const;
type ChannelType = keyof typeof TYPES;

const isType = (word: string): word is ChannelType => word in TYPES;
const typeOf = (channel: Channel): ChannelType =>
  channel.is_im ? 'im' : channel.is_private ? 'private_channel' : 'public_channel';
const askedTypes = (args: Json): string[] => (asText(args.types) || 'public_channel').split(',').map((t) => t.trim());

/** Private channels and direct messages only where the bot is in. */
const list: Method = {
  scopes: READ,
  needs: (args) => askedTypes(args).flatMap((type) => (isType(type) ? [`${TYPES[type]}:read`] : [])),
  tier: 2,
  run: (args, { workspace }) => {
    const types = askedTypes(args);
    if (!types.every(isType)) return fail('invalid_types');
    const listed = [...workspace.channels.values()]
      .filter((channel) => types.includes(typeOf(channel)))
      .filter((channel) => !channel.is_private || channel.members.has(BOT_USER))
      .filter((channel) => !(flag(args.exclude_archived) && channel.is_archived));
    const { items, next } = page(listed, args, 100);
    const channels = items.map((channel) => ({
      ...shownChannel(channel, args, workspace),
      num_members: channel.members.size,
    }));
    return { channels, response_metadata: { next_cursor: next } };
  },
};

const open: Method = {
  scopes: ['im:write', 'mpim:write'],
  tier: 3,
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
  needs: scopeOfKind('read'),
  tier: 4,
  run: (args, { workspace }) => {
    const channel = visibleChannel(workspace, args.channel);
    if (!channel) return fail('channel_not_found');
    const { items, next } = page([...channel.members], args, 100);
    return { members: items, response_metadata: { next_cursor: next } };
  },
};

export const CHANNEL_METHODS: Record<string, Method> = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.open': open,
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
