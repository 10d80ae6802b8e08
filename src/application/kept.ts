/** Something of the cloud that is kept for a while: served at once, fetched again in the background, by one at a time. */
import type { CloudResult } from '../domain/cloud.ts';

export interface KeptOptions {
  /** Monotonic, in milliseconds. */
  readonly monotonic: () => number;
  /** So long it is not fetched again. */
  readonly freshMs: number;
  /** Older than this it is not served without an attempt to fetch it. */
  readonly staleMs: number;
  /** After a failure it is not asked for again before this: a cloud that is down is not to be asked at each key. */
  readonly pauseMs: number;
}

export class Kept<T> {
  private readonly fetch: () => Promise<CloudResult<T>>;
  private readonly options: KeptOptions;
  private held: { readonly value: T; readonly at: number } | undefined;
  private running: Promise<T | undefined> | undefined;
  private failedAt: number | undefined;

  constructor(fetch: () => Promise<CloudResult<T>>, options: KeptOptions) {
    this.fetch = fetch;
    this.options = options;
  }

  /** However old. */
  peek(): T | undefined {
    return this.held?.value;
  }

  /** Only when it is fresh. */
  fresh(): T | undefined {
    return this.age() < this.options.freshMs ? this.held?.value : undefined;
  }

  /** Good enough to be shown at once. */
  presentable(): T | undefined {
    return this.age() < this.options.staleMs ? this.held?.value : undefined;
  }

  /** What is presentable now, else what a fetch brings, else what there is. Never rejects. */
  get(): Promise<T | undefined> {
    const refreshed = this.refresh();
    const now = this.presentable();
    return now === undefined ? refreshed.then((value) => value ?? this.peek()) : Promise.resolve(now);
  }

  /** Fetches it unless it is fresh, or somebody does so already. Never rejects. */
  refresh(): Promise<T | undefined> {
    const fresh = this.fresh();
    if (fresh !== undefined) return Promise.resolve(fresh);
    if (this.failedAt !== undefined && this.options.monotonic() - this.failedAt < this.options.pauseMs) {
      return this.running ?? Promise.resolve(undefined);
    }
    this.running ??= this.fetchOnce().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async fetchOnce(): Promise<T | undefined> {
    const result = await this.fetch().catch(() => undefined);
    if (result?.ok) {
      this.held = { value: result.value, at: this.options.monotonic() };
      this.failedAt = undefined;
      return result.value;
    }
    this.failedAt = this.options.monotonic();
    return undefined;
  }

  private age(): number {
    return this.held === undefined ? Number.POSITIVE_INFINITY : this.options.monotonic() - this.held.at;
  }
}
