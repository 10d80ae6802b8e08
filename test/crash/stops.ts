/** Where a process is when it dies: counts each request's calls, and lets none through once the one that was ordered has come. */
import type { PortCall } from './every-port.ts';
import { note, type Point, PROCESS, readOrders } from './orders.ts';

interface Counted {
  readonly calls: Map<string, number>;
  /** By name: after how many effects this was called last. */
  readonly looked: Map<string, number>;
  effects: number;
  stopped: boolean;
}

const never = (): Promise<never> => new Promise(() => {});

/**
 * A request that has reached its point is dead as far as this process goes: not one call more is made for it, nor does
 * an answer come back. What was on its way already arrives, as it would after a kill. The kill itself comes from
 * outside, so that many requests can be killed at many points by one.
 */
export class Stops {
  private readonly folder: string;
  private readonly counted = new Map<string, Counted>();
  private play = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  around(call: PortCall, make: () => unknown): unknown {
    const orders = readOrders(this.folder, process.pid);
    if (orders === undefined) return make();
    if (orders.play !== this.play) this.counted.delete(PROCESS);
    this.play = orders.play;
    const all = this.countedOf(PROCESS);
    const own = this.countedOf(call.request);
    if (all.stopped) return never();
    if (own.stopped) return silence(call);
    const label = count(own, call);
    if (label === undefined) return make();
    if (orders.record) note(this.folder, process.pid, 'called', { request: call.request, call: label });
    const point = orders.stops[call.request];
    if (point?.call !== label) return make();
    if (point.when === 'after') return this.after(own, call, point, make);
    this.stop(own, call.request, point);
    return silence(call);
  }

  private async after(own: Counted, call: PortCall, point: Point, make: () => unknown): Promise<unknown> {
    await Promise.resolve(make()).catch(() => {});
    this.stop(own, call.request, point);
    return await silence(call);
  }

  private stop(own: Counted, request: string, { call }: Point): void {
    own.stopped = true;
    note(this.folder, process.pid, 'stopped', { request, call });
  }

  private countedOf(request: string): Counted {
    const known = this.counted.get(request);
    if (known !== undefined) return known;
    const made = { calls: new Map(), looked: new Map(), effects: 0, stopped: false };
    this.counted.set(request, made);
    return made;
  }
}

/** No answer; only that the sweep, which works for all requests, must not wait for it. */
function silence({ name }: PortCall): Promise<unknown> {
  return name === 'wakeUps.nudge' ? Promise.resolve() : never();
}

/** @returns the call's name and number; none for a look that was had since the last effect. */
function count(counted: Counted, { name, kind }: PortCall): string | undefined {
  if (kind === 'effect') counted.effects += 1;
  else if (counted.looked.get(name) === counted.effects) return undefined;
  else counted.looked.set(name, counted.effects);
  const number = (counted.calls.get(name) ?? 0) + 1;
  counted.calls.set(name, number);
  return `${name}#${number}`;
}
