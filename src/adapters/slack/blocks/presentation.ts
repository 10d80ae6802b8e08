/** What the views know besides the record, and what they come out as. */
import type { KnownBlock } from '@slack/types';
import type { AccountName } from '../../../domain/ids.ts';
import type { Locale } from '../../../domain/locale.ts';

export interface PresentationContext {
  readonly accounts: ReadonlyMap<AccountName, { readonly region: string }>;
  /** Of the one who reads it, or of the channel. */
  readonly locale: Locale;
}

/** A message's looks: `text` says what the blocks say. */
export interface MessageView {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}
