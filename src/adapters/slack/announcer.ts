/** Tells people what became of a request: posts, updates and finds the bot's messages in one workspace. */
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Announcer, FindResult, Rendered, SendResult } from '../../application/ports/announcer.ts';
import type { Log } from '../../application/ports/log.ts';
import {
  cardAt,
  type Destination,
  localeOfReader,
  type Outgoing,
  type RequestRecord,
} from '../../application/record.ts';
import type { Request } from '../../domain/request.ts';
import { type OutgoingMessage, outgoingMessage } from './blocks/outgoing.ts';
import type { PresentationContext } from './blocks/presentation.ts';
import { DirectChannels, type Opened } from './direct-channels.ts';
import { findMessage } from './find-message.ts';
import { notSent } from './send-result.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';
import { whisper } from './whisper.ts';

export interface AnnouncerOptions {
  readonly token: string;
  /** Such as `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly context: PresentationContext;
  /** Such as `https://acme.slack.com/`. */
  readonly workspaceUrl: string;
  readonly log: Log;
  /** The bot's own user, so that nobody else's message is taken for ours. */
  readonly botUserId?: string;
  /** `Moment.wall`, to check a claim's window once more before a post; not checked without it. */
  readonly wall?: () => number;
}

const POST_TIMEOUT_MS = 5_000;
/** What comes before a post, so that both are over within the claim. */
const ASIDE_TIMEOUT_MS = 3_000;

/** A message as it was drawn last, and from what besides the request itself. */
interface Drawn {
  readonly from: readonly unknown[];
  readonly rendered: Rendered;
}

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  return new SlackAnnouncer(options);
}

class SlackAnnouncer implements Announcer {
  private readonly options: AnnouncerOptions;
  private readonly poster: WebClient;
  private readonly reader: WebClient;
  private readonly directChannels: DirectChannels;
  private readonly rendered = new WeakMap<Request, Map<string, Drawn>>();

  constructor(options: AnnouncerOptions) {
    const { token, apiUrl, log } = options;
    this.options = options;
    this.poster = webClient({ token, apiUrl, log, timeoutMs: POST_TIMEOUT_MS });
    this.reader = webClient({ token, apiUrl, log, timeoutMs: ASIDE_TIMEOUT_MS });
    this.directChannels = new DirectChannels(this.reader);
  }

  /** Each round asks what each message should look like, and most rounds change nothing about that. */
  render(outgoing: Outgoing, record: RequestRecord, plain: boolean): Rendered {
    const { context } = this.options;
    const { key, about } = outgoing;
    const seen = this.rendered.get(record.request) ?? new Map<string, Drawn>();
    this.rendered.set(record.request, seen);
    const known = seen.get(key);
    const from = [about, plain, localeOfReader(outgoing, record), cardAt(record)?.permalink] as const;
    if (known?.from.every((each, index) => each === from[index])) return known.rendered;
    const payload = outgoingMessage(outgoing, record, plain, context);
    const { text, blocks, metadata } = payload;
    const hash = createHash('sha256').update(JSON.stringify({ text, blocks, metadata })).digest('hex');
    const rendered = { hash, payload, plain };
    seen.set(key, { from, rendered });
    return rendered;
  }

  async send(outgoing: Outgoing, record: RequestRecord, rendered: Rendered): Promise<SendResult> {
    const message = rendered.payload as OutgoingMessage;
    const result = await this.deliver(outgoing, record, message);
    if (result.kind !== 'sent') {
      const { log } = this.options;
      log.warn(
        { request: record.request.id, message: outgoing.key, result: result.kind, error: result.error },
        'not posted',
      );
    }
    return result;
  }

  async update(at: { channel: string; ts: string }, rendered: Rendered): ReturnType<Announcer['update']> {
    const { text, blocks, metadata } = rendered.payload as OutgoingMessage;
    try {
      // An empty list takes the old blocks away; none would keep them.
      await this.poster.chat.update({ channel: at.channel, ts: at.ts, text, blocks: [...blocks], metadata });
      return { kind: 'updated' };
    } catch (error) {
      const trouble = troubleOf(error);
      this.options.log.warn({ channel: at.channel, ts: at.ts, error: trouble.error }, 'not updated');
      // A message that is another bot's now (after a reinstallation) is out of reach for good, like a deleted one.
      const gone = trouble.error === 'message_not_found' || trouble.error === 'cant_update_message';
      return gone ? { kind: 'gone' } : notSent(trouble);
    }
  }

  async find(outgoing: Outgoing, record: RequestRecord, since: number): Promise<FindResult> {
    const { to, key } = outgoing;
    if (to.kind === 'ephemeral') return { kind: 'unreadable', error: 'ephemeral' };
    const { botUserId } = this.options;
    const sought = {
      since,
      requestId: record.request.id,
      message: key,
      ...(botUserId === undefined ? {} : { botUserId }),
    };
    if (to.kind === 'card-thread') {
      const card = cardAt(record);
      if (card === undefined) return { kind: 'unreadable', error: 'no_card' };
      return findMessage(this.reader, { ...sought, channel: card.channel, threadTs: card.ts });
    }
    const opened = await this.open(to);
    if (opened.kind !== 'open') return { kind: 'unreadable', error: opened.error };
    return findMessage(this.reader, { ...sought, channel: opened.channel });
  }

  async permalink({ channel, ts }: { channel: string; ts: string }): Promise<string> {
    try {
      const { permalink } = await this.reader.chat.getPermalink({ channel, message_ts: ts });
      if (permalink !== undefined) return permalink;
    } catch (error) {
      this.options.log.warn({ channel, ts, error: troubleOf(error).error }, 'no permalink from Slack; made one');
    }
    const base = this.options.workspaceUrl.replace(/\/*$/, '/');
    return `${base}archives/${channel}/p${ts.replace('.', '')}`;
  }

  async canPost(channel: string): Promise<boolean | undefined> {
    if (channel.startsWith('D')) return true;
    try {
      const { channel: info } = await this.reader.conversations.info({ channel });
      if (info?.is_archived === true) return false;
      if (info?.is_im === true) return true;
      return info?.is_member;
    } catch (error) {
      const trouble = troubleOf(error);
      return trouble.kind === 'refused' && trouble.error === 'channel_not_found' ? false : undefined;
    }
  }

  private async deliver(outgoing: Outgoing, record: RequestRecord, message: OutgoingMessage): Promise<SendResult> {
    const { to } = outgoing;
    switch (to.kind) {
      case 'channel':
      case 'person': {
        const opened = await this.open(to);
        return opened.kind === 'open' ? this.post(outgoing, opened.channel, message) : opened;
      }
      case 'card-thread': {
        const card = cardAt(record);
        return card === undefined
          ? { kind: 'later', error: 'no_card', afterMs: 1_000 }
          : this.post(outgoing, card.channel, message, card.ts);
      }
      case 'ephemeral':
        return whisper(to, message, this.poster, this.options.apiUrl);
    }
  }

  /** A process that slept since it took its claim, so that the post would outlast it, posts nothing. */
  private isTooLate({ delivery }: Outgoing): boolean {
    const wall = this.options.wall?.();
    return wall !== undefined && delivery.state === 'claimed' && wall > delivery.claim.until - POST_TIMEOUT_MS;
  }

  private async post(
    outgoing: Outgoing,
    channel: string,
    { text, blocks, metadata }: OutgoingMessage,
    threadTs?: string,
  ): Promise<SendResult> {
    if (this.isTooLate(outgoing)) return { kind: 'later', error: 'claim_window_over', afterMs: 0 };
    try {
      const posted = await this.poster.chat.postMessage({
        channel,
        text,
        ...(blocks.length === 0 ? {} : { blocks: [...blocks] }),
        metadata,
        unfurl_links: false,
        unfurl_media: false,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      });
      const { ts } = posted;
      // Without its ts it can't be updated: looking it up brings that.
      return ts === undefined
        ? { kind: 'unclear', error: 'no_ts' }
        : { kind: 'sent', channel: posted.channel ?? channel, ts };
    } catch (error) {
      return notSent(troubleOf(error));
    }
  }

  private async open(to: Extract<Destination, { kind: 'channel' | 'person' }>): Promise<Opened> {
    return to.kind === 'channel' ? { kind: 'open', channel: to.channel } : this.directChannels.open(to.user);
  }
}
