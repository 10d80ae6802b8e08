/** Everything that the listeners need, in one place. */

import type { Choices } from '../../../application/choices.ts';
import type { Homes } from '../../../application/homes.ts';
import type { Picks } from '../../../application/ports/picks.ts';
import type { PolicySource } from '../../../application/ports/policy-source.ts';
import type { Workspace } from '../../../application/workspace.ts';
import type { Finding } from '../../../domain/doctor/findings.ts';
import type { AccountName, RequestId, UserId } from '../../../domain/ids.ts';
import type { Messages } from '../../../messages/messages.ts';
import type { AnswerPrivately } from '../answer-privately.ts';

export interface ListenerTools
  extends Pick<Workspace, 'requests' | 'wakeUps' | 'directory' | 'policy' | 'channels' | 'giveWay' | 'log'> {
  /** `Moment.now` as it was known last: nothing may be asked for before the ack but the one write. */
  readonly now: () => number;
  readonly newRequestId: () => RequestId;
  readonly policy: PolicySource;
  /** In the config's order. */
  readonly accounts: readonly AccountName[];
  readonly choices: Choices;
  readonly picks: Picks;
  readonly homes: Pick<Homes, 'opened'>;
  readonly answerPrivately: AnswerPrivately;
  /** In this person's own language. Never rejects, and takes less than a second, since forms wait for it. */
  readonly messagesFor: (user: UserId) => Promise<Messages>;
  /** For those of whom nothing may be asked. */
  readonly messages: Messages;
  /** Looks at everything that the bot needs; changes nothing. */
  readonly diagnose: () => Promise<readonly Finding[]>;
  /** When a searched list is answered at the latest, in milliseconds; default 2400. */
  readonly optionsMs?: number;
}
