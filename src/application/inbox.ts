/** What waits in a request's inbox: a person's command, and how to answer the one who gave it. */
import type { PersonCommand } from '../domain/commands.ts';
import type { ChannelId } from '../domain/ids.ts';

/** A message that was clicked: proof that it was posted, whatever the record knows. */
export interface MessageAt {
  readonly channel: ChannelId;
  readonly ts: string;
}

/** So many entries, from the front, a run takes in at once. */
export const INBOX_FRONT = 50;

export interface InboxEntry {
  /** The same for a redelivery, different for a second click. */
  readonly commandId: string;
  readonly command: PersonCommand;
  /** `Moment.now` of its arrival. */
  readonly at: number;
  /** Where an ephemeral answer can go. */
  readonly channel?: ChannelId;
  /** Good for 5 uses within 30 minutes. */
  readonly responseUrl?: string;
  /** The card that was clicked. */
  readonly card?: MessageAt;
}
