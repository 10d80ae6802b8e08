/** Trouble on demand: what can go wrong between the bot and Slack. */
import type { Json } from './model.ts';

export type FaultKind =
  | { kind: 'rate_limited'; retryAfterS?: number }
  | { kind: 'server_error'; status?: number }
  /** No answer until released; with `before`, the call takes effect only then. */
  | { kind: 'hang' }
  /** The connection breaks without an answer. */
  | { kind: 'reset' }
  /** Slack's `{ok: false, error}`. */
  | { kind: 'error'; error: string };

export type FaultSpec = FaultKind & {
  /** A Web API method, `response_url`, or `*`. */
  method: string;
  /** Before the call takes effect (the default), or after it did. */
  when?: 'before' | 'after';
  /** How many calls are struck; once, unless told otherwise. */
  times?: number;
  /** Which calls of the method are struck. */
  matching?: (args: Json) => boolean;
};

export class Fault {
  readonly spec: FaultSpec;
  readonly when: 'before' | 'after';
  remaining: number;
  private readonly held: (() => void)[] = [];

  constructor(spec: FaultSpec) {
    this.spec = spec;
    this.when = spec.when ?? 'before';
    this.remaining = spec.times ?? 1;
  }

  /** How many calls hang in it now. */
  get holding(): number {
    return this.held.length;
  }

  hold(): Promise<void> {
    return new Promise((resolve) => this.held.push(resolve));
  }

  /** Lets go of the calls that hang. */
  release(): void {
    for (const resolve of this.held.splice(0)) resolve();
  }

  /** Strikes nobody any more, and lets go. */
  remove(): void {
    this.remaining = 0;
    this.release();
  }
}

export class Faults {
  private readonly faults: Fault[] = [];

  add(spec: FaultSpec): Fault {
    const fault = new Fault(spec);
    this.faults.push(fault);
    return fault;
  }

  /** The fault that strikes this call, if any; it is used up by one. */
  take(method: string, args: Json): Fault | undefined {
    const fault = this.faults.find(
      ({ remaining, spec }) =>
        remaining > 0 && (spec.method === '*' || spec.method === method) && (spec.matching?.(args) ?? true),
    );
    if (fault) fault.remaining -= 1;
    return fault;
  }

  clear(): void {
    for (const fault of this.faults.splice(0)) fault.remove();
  }
}
