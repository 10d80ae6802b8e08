/** What one run has started, what that brought and is not committed yet, and what may not start yet. */
import type { RequestId } from '../domain/ids.ts';
import type { Fold, Launch } from './launches.ts';
import type { Log } from './ports/log.ts';
import type { RequestRecord } from './record.ts';

/** The same piece of work is not started again sooner than this after it ended, so that no mistake makes a hot loop. */
const REST_MS = 1_000;
/** Should this process die, somebody looks after its effects this much later at the latest. */
const ORPHANED_MS = 10_000;
/** What nobody waits for is committed together with what comes within this. */
const COMPANY_MS = 30;

interface Arrival {
  readonly fold: Fold;
  /** When it has to be committed, by `performance.now`. */
  readonly by: number;
}

export class InHand {
  private readonly request: RequestId;
  private readonly log: Log;
  private readonly stop: AbortSignal;
  private readonly running = new Map<string, Promise<void>>();
  private readonly endedAt = new Map<string, number>();
  private readonly sent = new Set<string>();
  private arrived: readonly Arrival[] = [];

  /** @param stop aborted when the process is to stop. */
  constructor(request: RequestId, log: Log, stop: AbortSignal) {
    this.request = request;
    this.log = log;
    this.stop = stop;
  }

  /** Whether there is anything that a run which ends now would lose. */
  isEmpty(): boolean {
    return this.running.size === 0 && this.arrived.length === 0;
  }

  /** Whether nothing is under way, and nothing arrived but these. */
  holdsOnly(folds: readonly Fold[]): boolean {
    return this.running.size === 0 && this.arrived.length === folds.length;
  }

  folds(): readonly Fold[] {
    return this.arrived.map(({ fold }) => fold);
  }

  /** These are committed. */
  settle(folds: readonly Fold[]): void {
    this.arrived = this.arrived.filter(({ fold }) => !folds.includes(fold));
  }

  /** In how many real milliseconds there is something to commit, as far as is known; undefined while nothing arrived. */
  commitInMs(): number | undefined {
    if (this.arrived.length === 0) return undefined;
    // Nothing else is on its way: there is no company to wait for.
    if (this.running.size === 0) return 0;
    return Math.max(0, Math.min(...this.arrived.map(({ by }) => by)) - performance.now());
  }

  /** Resolves when one of them ends; never, while none is under way. */
  async ended(): Promise<void> {
    await Promise.race(this.running.values());
  }

  mayStart({ key, at, once }: Launch, now: number): boolean {
    if (at > now || this.running.has(key)) return false;
    return once === true ? !this.sent.has(key) : this.restMs(key) === 0;
  }

  /** @returns `Moment.now` time at which somebody has to look after it. */
  dueAt(launch: Launch, starting: readonly Launch[], now: number): number {
    const begun = starting.includes(launch) || this.running.has(launch.key) || this.sent.has(launch.key);
    return begun ? now + ORPHANED_MS : Math.max(launch.at, now + this.restMs(launch.key));
  }

  start(launch: Launch, record: RequestRecord | undefined): void {
    if (launch.once === true) this.sent.add(launch.key);
    this.running.set(launch.key, this.carryOut(launch, record));
  }

  private async carryOut({ key, unhurried, run }: Launch, record: RequestRecord | undefined): Promise<void> {
    try {
      const fold = await run(record, this.stop);
      this.arrived = [...this.arrived, { fold, by: performance.now() + (unhurried === true ? COMPANY_MS : 0) }];
    } catch (error) {
      // An effect that throws brought nothing: the step stays due, and is tried again.
      this.log.error({ request: this.request, step: key, error }, 'step failed');
    }
    this.endedAt.set(key, performance.now());
    this.running.delete(key);
  }

  /** How much longer a step rests after it ended, in real milliseconds. */
  private restMs(key: string): number {
    const endedAt = this.endedAt.get(key);
    return endedAt === undefined ? 0 : Math.max(0, endedAt + REST_MS - performance.now());
  }
}
