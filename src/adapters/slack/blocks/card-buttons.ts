/** What can be done on a card in each status: first what decides, then what belongs to the requester. */
import type { Button } from '@slack/types';
import { mayBeAccepted } from '../../../domain/connection.ts';
import { unreviewed } from '../../../domain/policy/callees.ts';
import type { Request } from '../../../domain/request.ts';
import type { Messages } from '../../../messages/messages.ts';
import { buttonValue } from './button-value.ts';
import { button } from './elements.ts';

/** Rows of their own, so that on a phone the two that decide are side by side. */
export function buttonRows(request: Request, { card: { buttons } }: Messages): readonly (readonly Button[])[] {
  const value = buttonValue(request);
  const rows = (...all: readonly (readonly Button[])[]) => all.filter((row) => row.length > 0);
  const review = reviewButton(request, buttons.review, value);
  switch (request.status) {
    case 'pending':
      return rows(
        [
          button('approve', buttons.approve, value, 'primary'),
          button('reject', buttons.reject, value, 'danger'),
          button('approve_with_note', buttons.approveWithNote, value),
          ...(request.rule.emergency === undefined ? [] : [button('approve_alone', buttons.approveAlone, value)]),
          button('why', buttons.why, value),
        ],
        [
          button('edit', buttons.edit, value),
          button('remind', buttons.remind, value),
          button('cancel', buttons.cancel, value),
        ],
      );
    case 'failed':
      return rows([button('retry', buttons.retry, value, 'primary'), ...review]);
    case 'refused':
      return rows([button('edit', buttons.edit, value)]);
    case 'needs-attention':
      return rows([button('choose_endpoint', buttons.choose, value, 'primary'), ...review]);
    case 'succeeded':
      return rows([
        ...(mayBeAccepted(request.connection) ? [button('accept_connection', buttons.acceptConnection, value)] : []),
        ...review,
      ]);
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return rows([button('ask_again', buttons.askAgain, value)]);
    case 'approved': {
      // What a freeze keeps back may still be an emergency.
      const mayBeUrgent = request.frozen !== undefined && request.rule.emergency !== undefined;
      const alone = mayBeUrgent && request.emergency === undefined;
      return rows([...(alone ? [button('approve_alone', buttons.approveAlone, value)] : []), ...review]);
    }
    case 'executing':
    case 'unknown':
      return rows(review);
    case 'checking':
    case 'checked':
      return [];
  }
}

/** Until somebody has said what they think of it. */
function reviewButton(request: Request, words: string, value: string): readonly Button[] {
  return unreviewed(request) === undefined ? [] : [button('review', words, value)];
}
