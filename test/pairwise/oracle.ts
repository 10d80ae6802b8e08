/** How a combination must end, from what the vendors do under it: written without a look at the bot. */
import type { Combination } from './factors.ts';

export type Ending =
  /** A dry run made an endpoint: an alarm, and nothing that anybody could approve. */
  | { readonly kind: 'alarm' }
  | {
      readonly kind: 'made';
      /** Creates that reach the cloud, the one that takes effect included. */
      readonly sends: number;
      /** Whether the endpoint's service is said to be another one than was asked for. */
      readonly serviceDiffers: boolean;
      /** Whether anything ever says how far the connection is. */
      readonly connection: 'up' | 'never-shown';
      /** Acceptances that take effect. */
      readonly acceptances: number;
    };

export function endingOf(row: Combination): Ending {
  if (row.dryRunAnswer === 'creates') return { kind: 'alarm' };
  const isShown = row.listShowsConnection || row.connectionsShowStatus;
  return {
    kind: 'made',
    sends: row.create === 'throttled' ? 2 : 1,
    // What is found in the list instead is the service's own id.
    serviceDiffers: row.replyServiceId !== undefined && row.create !== 'lost',
    connection: isShown ? 'up' : 'never-shown',
    acceptances: row.acceptance === 'bot' ? 1 : 0,
  };
}
