/** Which messages go before which, when not all can go at once. */
import type { About } from './record.ts';

/**
 * `awaited`: what the request is all about at that moment, so that it does not even give way to acks; `urgent`: somebody
 * waits for it; `can-wait`: it is there to be read later.
 */
export type Precedence = 'awaited' | 'urgent' | 'can-wait';

export function precedenceOf({ kind }: About): Precedence {
  switch (kind) {
    case 'card':
    case 'result':
      return 'awaited';
    case 'copy':
    case 'notice':
    case 'alert':
    case 'answer':
    case 'receipt':
      return 'urgent';
    case 'thread':
    case 'audit-line':
      return 'can-wait';
  }
}
