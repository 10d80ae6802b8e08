/** Trigger ids and response URLs: short-lived permissions that an interaction hands to the app. */
import { LIMITS } from './validate/limits.ts';

export type TriggerOrigin = { user: string; channel?: string; viewId?: string };

/** A trigger id opens one view, once, within three seconds. */
export class Triggers {
  private readonly now: () => number;
  private readonly issued = new Map<string, TriggerOrigin & { at: number; used: boolean }>();
  private counter = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  issue(origin: TriggerOrigin): string {
    this.counter += 1;
    const id = `${1_000_000 + this.counter}.2345.${(this.counter * 7919).toString(16).padStart(8, '0')}`;
    this.issued.set(id, { ...origin, at: this.now(), used: false });
    return id;
  }

  take(id: string): { origin: TriggerOrigin } | { error: string } {
    const trigger = this.issued.get(id);
    if (!trigger) return { error: 'invalid_trigger_id' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    if (this.now() - trigger.at > LIMITS.triggerMs) return { error: 'expired_trigger_id' };
    trigger.used = true;
    return { origin: trigger };
  }
}

export type ResponseOrigin = { user: string; channel: string; messageTs?: string; threadTs?: string };

/** A response URL is good for five answers within thirty minutes. */
export class ResponseUrls {
  private readonly now: () => number;
  private readonly issued = new Map<string, ResponseOrigin & { at: number; uses: number }>();

  constructor(now: () => number) {
    this.now = now;
  }

  issue(id: string, origin: ResponseOrigin): void {
    this.issued.set(id, { ...origin, at: this.now(), uses: 0 });
  }

  take(id: string): { origin: ResponseOrigin } | { error: string } {
    const url = this.issued.get(id);
    if (!url) return { error: 'invalid_url' };
    if (this.now() - url.at > LIMITS.responseUrl.ms) return { error: 'expired_url' };
    if (url.uses >= LIMITS.responseUrl.uses) return { error: 'used_url' };
    url.uses += 1;
    return { origin: url };
  }
}
