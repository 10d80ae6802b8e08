/** How often a method may be called before Slack answers 429: by tier, and for posts by channel. */
import type { SlackSwitches } from './switches.ts';

/** Slack's tiers. `special` methods have a limit of their own, far from what a bot reaches. */
export type Tier = 1 | 2 | 3 | 4 | 'special' | 'posting';

const PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100, special: 300 } as const;
const POSTS_PER_MINUTE = 60;
/** Slack forgives short bursts, and does not say how many: a few, so that nobody builds on them. */
const BURST = 5;
const RESTRICTED = new Set(['conversations.history', 'conversations.replies']);

type Bucket = { left: number; at: number };

export class RateLimits {
  private readonly now: () => number;
  private readonly switches: SlackSwitches;
  private readonly buckets = new Map<string, Bucket>();

  constructor(now: () => number, switches: SlackSwitches) {
    this.now = now;
    this.switches = switches;
  }

  /** Counts a call. @returns the whole seconds to wait when it is one too many. */
  take(method: string, tier: Tier, channel: string): number | undefined {
    const { rateLimits, historyAccess } = this.switches;
    if (historyAccess === 'sold_outside_marketplace' && RESTRICTED.has(method)) return this.draw(method, 1, 1);
    if (rateLimits === 'off') return undefined;
    const burst = rateLimits === 'slack' ? BURST : 0;
    if (tier === 'posting') return this.draw(`${method} ${channel}`, POSTS_PER_MINUTE, 1 + burst);
    return this.draw(method, PER_MINUTE[tier], PER_MINUTE[tier] + burst);
  }

  /** A bucket of so many calls, refilled evenly. */
  private draw(key: string, perMinute: number, capacity: number): number | undefined {
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { left: capacity, at: now };
    const left = Math.min(capacity, bucket.left + ((now - bucket.at) * perMinute) / 60_000);
    const allowed = left >= 1;
    this.buckets.set(key, { left: allowed ? left - 1 : left, at: now });
    return allowed ? undefined : Math.ceil(((1 - left) * 60) / perMinute);
  }
}
