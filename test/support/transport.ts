/** How Slack reaches the bot in this process's journeys: over HTTP, unless the file says otherwise before it loads them. */
import type { StageOptions } from '../../sandbox/stage.ts';

type Transport = NonNullable<StageOptions['transport']>;

let chosen: Transport = 'http';

export function transport(): Transport {
  return chosen;
}

export function playOver(wanted: Transport): void {
  chosen = wanted;
}
