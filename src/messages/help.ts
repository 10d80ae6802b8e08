/** The sentences of the slash command: its help, and a request in one line. */

import type { Operation } from '../domain/asked.ts';
import type { RequestId } from '../domain/ids.ts';

/** Where a request's card can be seen. */
export interface CardPlace {
  readonly channel: string;
  readonly permalink?: string;
}

export interface ShownRequest {
  readonly id: RequestId;
  /** The card's headline: the status in a few words. */
  readonly headline: string;
  readonly requester: string;
  readonly operation: Operation;
  /** Absent while there is no card. */
  readonly card?: CardPlace;
}

/** All mrkdwn. */
export interface HelpMessages {
  /**
   * @param command as it was typed, such as `/vpc-endpoint`.
   * @param unknown the word that is no subcommand; absent when help was asked for.
   * @param nearest the subcommand that was probably meant.
   */
  readonly help: (command: string, unknown?: string, nearest?: string) => string;
  readonly showWhat: (command: string) => string;
  readonly shown: (request: ShownRequest) => string;
  /** It was sent a moment ago and has not been looked at yet. */
  readonly shownTooEarly: (id: RequestId) => string;
  readonly noSuchRequest: (id: RequestId) => string;
  readonly notLoaded: string;
}
