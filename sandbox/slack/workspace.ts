/** The state of one workspace: people, channels, messages, views, and what changes them. */
import { Changes } from './changes.ts';
import type { Channel, Json, Message, Team, User, UserGroup, View } from './model.ts';
import type { WorkspaceSeed } from './sample-workspace.ts';
import { BOT_USER } from './sample-workspace.ts';
import { type SlackSwitches, slackSwitches } from './switches.ts';
import { escapeBlocks, escapeMrkdwn } from './validate/escape.ts';

/** A warning that Slack's own client shows, not the app. */
export type Notice = { user: string; channel?: string; text: string };

export type NewMessage = Pick<Message, 'channel' | 'user' | 'text'> &
  Partial<Pick<Message, 'blocks' | 'metadata' | 'thread_ts' | 'broadcast' | 'ephemeralTo'>>;

/** The id of the direct messages between a person and the bot. */
export const dmIdOf = (userId: string): string => `D${userId.slice(1)}`;

export class Workspace {
  readonly team: Team;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly userGroups: Map<string, UserGroup>;
  /** In the order of their ts; ephemerals too. */
  readonly messages: Message[] = [];
  readonly views = new Map<string, View>();
  readonly homes = new Map<string, View>();
  readonly notices: Notice[] = [];
  readonly changes = new Changes();
  readonly now: () => number;
  /** How this Slack behaves where it is not known how Slack does. */
  readonly switches: SlackSwitches;
  /** By channel and ts, and replies by channel and the thread's ts: a long test has tens of thousands. */
  private readonly byTs = new Map<string, Message>();
  private readonly inThread = new Map<string, Message[]>();
  private readonly inChannel = new Map<string, Message[]>();
  private lastMicros = 0;
  private counter = 0;

  constructor(seed: WorkspaceSeed, now: () => number, switches: SlackSwitches = slackSwitches()) {
    this.now = now;
    this.switches = switches;
    this.team = seed.team;
    this.users = new Map(seed.users.map((user) => [user.id, user]));
    this.channels = new Map(seed.channels.map((channel) => [channel.id, channel]));
    this.userGroups = new Map(seed.userGroups.map((group) => [group.id, group]));
  }

  changed(): void {
    this.changes.announce();
  }

  /** Ids that look like Slack's and are the same in every run. */
  id(prefix: string): string {
    this.counter += 1;
    return `${prefix}${this.counter.toString(36).toUpperCase().padStart(6, '0')}`;
  }

  /** A ts is unique in the workspace, and later ones are greater. */
  nextTs(): string {
    this.lastMicros = Math.max(this.now() * 1000, this.lastMicros + 100);
    return `${Math.floor(this.lastMicros / 1e6)}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw new Error(`no such user in the local Slack: ${id}`);
    return user;
  }

  /** By id, or by name with `#`. */
  findChannel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '');
    return this.channels.get(idOrName) ?? [...this.channels.values()].find((channel) => channel.name === name);
  }

  channel(idOrName: string): Channel {
    const channel = this.findChannel(idOrName);
    if (!channel) throw new Error(`no such channel in the local Slack: ${idOrName}`);
    return channel;
  }

  /** The direct message channel between a person and the bot. */
  dm(userId: string): Channel {
    const id = dmIdOf(userId);
    const known = this.channels.get(id);
    if (known) return known;
    const members = new Set([userId, BOT_USER]);
    const channel = { id, name: 'directmessage', is_private: true, is_im: true, is_archived: false, members };
    this.channels.set(id, channel);
    return channel;
  }

  canSee(userId: string, channel: Channel): boolean {
    if (channel.members.has(userId)) return true;
    const user = this.users.get(userId);
    // Guests and people of other workspaces see only the channels they were let into.
    return !channel.is_private && user !== undefined && !user.is_restricted && !user.is_stranger;
  }

  post(message: NewMessage): Message {
    const { blocks = [], text, ...rest } = message;
    const stored: Message = { ...rest, text: escapeMrkdwn(text), blocks: this.complete(blocks), ts: this.nextTs() };
    this.messages.push(stored);
    this.byTs.set(placeOf(stored.channel, stored.ts), stored);
    filed(this.inChannel, stored.channel).push(stored);
    if (stored.thread_ts !== undefined) filed(this.inThread, placeOf(stored.channel, stored.thread_ts)).push(stored);
    this.changed();
    return stored;
  }

  findMessage(channel: string, ts: string): Message | undefined {
    return this.byTs.get(placeOf(channel, ts));
  }

  remove(message: Message): void {
    const replies = this.replies(message.channel, message.ts);
    if (replies.length > 0) {
      Object.assign(message, { text: 'This message was deleted.', blocks: [], tombstone: true });
      delete message.metadata;
    } else {
      message.tombstone = true;
      const { channel, ts, thread_ts: thread } = message;
      this.byTs.delete(placeOf(channel, ts));
      takeOut(this.messages, message);
      takeOut(filed(this.inChannel, channel), message);
      if (thread !== undefined) takeOut(filed(this.inThread, placeOf(channel, thread)), message);
    }
    this.changed();
  }

  /** All of a channel, in order; replies and ephemerals too. */
  messagesIn(channel: string): readonly Message[] {
    return filed(this.inChannel, channel);
  }

  replies(channel: string, threadTs: string): Message[] {
    return filed(this.inThread, placeOf(channel, threadTs)).filter((m) => m.ts !== threadTs && !m.ephemeralTo);
  }

  /** The modals that this person has open, the one on top last. */
  modals(userId: string): View[] {
    return [...this.views.values()].filter((view) => view.user === userId && view.open && view.type === 'modal');
  }

  notice(notice: Notice): void {
    this.notices.push(notice);
    this.changed();
  }

  /** Blocks as Slack stores them: texts escaped, missing block and action ids filled in. */
  complete(blocks: Json[]): Json[] {
    return escapeBlocks(blocks).map((block) => {
      const whole: Json = { ...block, block_id: block.block_id ?? this.id('b') };
      for (const key of ['element', 'accessory']) {
        if (whole[key] !== undefined) whole[key] = this.withActionId(whole[key] as Json);
      }
      if (block.type === 'actions') whole.elements = (block.elements as Json[]).map((e) => this.withActionId(e));
      return whole;
    });
  }

  private withActionId(element: Json): Json {
    return element.type === 'image' ? element : { ...element, action_id: element.action_id ?? this.id('a') };
  }
}

const placeOf = (channel: string, ts: string): string => `${channel}/${ts}`;

function filed(files: Map<string, Message[]>, key: string): Message[] {
  const known = files.get(key);
  if (known !== undefined) return known;
  const fresh: Message[] = [];
  files.set(key, fresh);
  return fresh;
}

function takeOut(from: Message[], message: Message): void {
  const at = from.lastIndexOf(message);
  if (at >= 0) from.splice(at, 1);
}
