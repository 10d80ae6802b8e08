/** What a request tells people, in one workspace's Slack. */
import type { ChannelId } from '../../domain/ids.ts';
import type { Outgoing, RequestRecord } from '../record.ts';

/** A message as it should look now. */
export interface Rendered {
  /** The same for the same looks. */
  readonly hash: string;
  /** Whether it is text alone. */
  readonly plain: boolean;
  /** For the announcer's own eyes. */
  readonly payload: unknown;
}

export type SendResult =
  | { readonly kind: 'sent'; readonly channel: ChannelId; readonly ts: string }
  /** Surely not sent, through no fault of its own: others go first, or Slack wants all to be slower. */
  | { readonly kind: 'busy'; readonly error: string; readonly afterMs: number }
  /** Surely not sent, and worth another try after this many milliseconds. */
  | { readonly kind: 'later'; readonly error: string; readonly afterMs: number }
  /** Surely not sent: this conversation can't be written to. */
  | { readonly kind: 'no-way-in'; readonly error: string }
  /** Surely not sent: Slack does not take these blocks. */
  | { readonly kind: 'bad-blocks'; readonly error: string }
  /** It may or may not have been sent. */
  | { readonly kind: 'unclear'; readonly error: string };

export type FindResult =
  | { readonly kind: 'found'; readonly channel: ChannelId; readonly ts: string }
  /** Looked through everything since it could have been sent. */
  | { readonly kind: 'absent' }
  /** `forbidden`: the bot may not look there, now or later. */
  | { readonly kind: 'unreadable'; readonly error: string; readonly forbidden?: true };

/** No method rejects for what Slack or the network does. */
export interface Announcer {
  /** Pure. @param plain text alone, for blocks that Slack refused. */
  render(outgoing: Outgoing, record: RequestRecord, plain: boolean): Rendered;
  /** Sends once; never repeats by itself. */
  send(outgoing: Outgoing, record: RequestRecord, rendered: Rendered): Promise<SendResult>;
  /** Safe to repeat. `gone`: the message is not there any more. */
  update(
    at: { readonly channel: ChannelId; readonly ts: string },
    rendered: Rendered,
  ): Promise<{ readonly kind: 'updated' | 'gone' } | Exclude<SendResult, { kind: 'sent' }>>;
  /** Looks for a message that a claim may have sent, by its metadata, from `since` (wall) on. */
  find(outgoing: Outgoing, record: RequestRecord, since: number): Promise<FindResult>;
  /** A link to a message; made from the workspace's address where Slack does not give one. */
  permalink(at: { readonly channel: ChannelId; readonly ts: string }): Promise<string>;
  /** Whether the bot can post there, as far as Slack says. */
  canPost(channel: ChannelId): Promise<boolean | undefined>;
}
