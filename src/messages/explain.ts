/** The sentences that explain an approval: to whoever asks who may give it, or clicks "Why?". */
import type { AccountName, InstanceId, UserGroupId } from '../domain/ids.ts';
import type { Explanation, Prospect } from '../domain/policy/explanation.ts';
import type { Request } from '../domain/request.ts';
import type { CardPlace } from './help.ts';
import type { Names } from './policy.ts';

/** All mrkdwn. Nobody is mentioned: whoever reads it wants to know, and nobody is to be called. */
export interface ExplainWords {
  /** Title of the form that shows it: 24 characters. */
  readonly title: string;
  readonly close: string;
  /** @param command as it was typed, such as `/vpc-endpoint`. */
  askWhat(command: string): string;
  /** More than one account could be meant, or the one that was typed is none. */
  whichAccount(command: string, instance: InstanceId, accounts: readonly AccountName[]): string;
  /** @param headline the card's own. */
  aboutRequest(request: Request, headline: string, card: CardPlace | undefined): string;
  aboutProspect(account: AccountName, instance: InstanceId): string;
  noRule(account: AccountName, instance: InstanceId): string;
  unclear(groups: readonly UserGroupId[]): string;
  /** A request that was refused before any rule applied. */
  readonly ungoverned: string;
  /** Line by line. */
  explained(explanation: Explanation, names: Names): readonly string[];
  /** What another lifetime would fall under. */
  otherwise(prospect: Prospect): string;
}
