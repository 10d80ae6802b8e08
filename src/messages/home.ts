/** The sentences about requests in lists: on the Home tab, and in the answer to `pending`. */
import type { Operation } from '../domain/asked.ts';
import type { Pending, Request, Succeeded } from '../domain/request.ts';
import type { CardPlace } from './help.ts';

/** One request in a list, with its card once there is one. */
export interface Listed<R extends Request = Request> {
  readonly request: R;
  readonly card?: CardPlace;
}

/** The lists of the Home tab, in its order. */
export interface HomeSections {
  readonly waiting: string;
  readonly asked: string;
  readonly owned: string;
  readonly decided: string;
}

/** mrkdwn, but for the headings and the button, which are plain. */
export interface HomeWords {
  readonly newRequest: string;
  readonly headings: HomeSections;
  /** What stands in a list without anything in it. */
  readonly empty: HomeSections;
  /** Below a list that was cut. */
  more(left: number): string;
  target(operation: Operation): string;
  /** What waits for its approval: since when, under which rule, how far it is, until when. */
  waits(listed: Listed<Pending>): string;
  /** @param headline the card's own. */
  asked(listed: Listed, headline: string): string;
  /** @param connection how far it is, in one line. */
  owned(listed: Listed<Succeeded>, connection: string): string;
  decided(listed: Listed, headline: string): string;
  readonly pending: {
    readonly mine: string;
    readonly others: string;
    readonly nothingForYou: string;
    readonly nothing: string;
  };
}
