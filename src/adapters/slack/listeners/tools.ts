/** Everything that the listeners need, in one place. */

import type { Choices } from '../../../application/choices.ts';
import type { Picks } from '../../../application/ports/picks.ts';
import type { Workspace } from '../../../application/workspace.ts';
import type { AccountName, RequestId } from '../../../domain/ids.ts';
import type { HelpMessages } from '../../../messages/help.ts';
import type { CardWords, ClickWords } from '../../../messages/messages.ts';
import type { ModalMessages } from '../../../messages/modals.ts';
import type { AnswerPrivately } from '../answer-privately.ts';

export interface Texts {
  readonly modals: ModalMessages;
  readonly help: HelpMessages;
  readonly clicks: ClickWords;
  readonly card: Pick<CardWords, 'headline'>;
}

export interface ListenerTools extends Pick<Workspace, 'requests' | 'wakeUps' | 'directory' | 'log'> {
  /** `Moment.now` as it was known last: nothing may be asked for before the ack but the one write. */
  readonly now: () => number;
  readonly newRequestId: () => RequestId;
  /** In the config's order. */
  readonly accounts: readonly AccountName[];
  readonly choices: Choices;
  readonly picks: Picks;
  readonly answerPrivately: AnswerPrivately;
  readonly texts: Texts;
  /** When a searched list is answered at the latest, in milliseconds; default 2400. */
  readonly optionsMs?: number;
}
