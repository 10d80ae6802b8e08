/** What the gallery shows: one message, form or list of the bot's, with who sees it and in which language. */
import type { KnownBlock, MessageMetadata, ModalView, PlainTextOption } from '@slack/types';
import type { About } from '../../src/application/record.ts';
import type { Locale } from '../../src/domain/locale.ts';

/** `whisper`: what one person is told at once, beside the messages that a request owes. */
export type Surface = About['kind'] | 'whisper' | 'doctor' | 'modal' | 'options';

/** Whom it is shown to. `everyone`: all who are in the channel. */
export type Role = 'everyone' | 'requester' | 'approver' | 'member' | 'guest' | 'stranger' | 'admin';

export interface Message {
  /** mrkdwn. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly metadata?: MessageMetadata;
}

export interface Rendering {
  /** Unique, and the same in every run. */
  readonly id: string;
  readonly surface: Surface;
  readonly state: string;
  readonly locale: Locale;
  readonly role: Role;
  readonly text: 'usual' | 'worst';
  readonly message?: Message;
  readonly view?: ModalView;
  /** Beside the fields of the view, by block_id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly options?: readonly PlainTextOption[];
  /** What has to be read in it, in the blocks and in the text alike. */
  readonly facts: readonly string[];
  /** Whom alone it may mention, and so alert; absent: whomever it is about. */
  readonly mayCall?: readonly string[];
  /** What people and the cloud wrote: not the bot's own words, and perhaps in another language. */
  readonly foreign: readonly string[];
}
