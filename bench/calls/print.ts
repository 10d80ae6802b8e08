/** What the three client programs have in common: they call the same operation so often, and print how it went. */

export interface CallsPrinted {
  /** From the start of the process until the client's code was there. */
  readonly importMs: number;
  readonly perSecond: number;
  /** Of the processor's time, for each call: what else the machine does counts little here. */
  readonly cpuMs: number;
}

const { CALLS_COUNT = '1' } = process.env;
export const { CALLS_URL = '', CALLS_AT_ONCE = '1', CALLS_INSTANCE = '' } = process.env;

/** A few before the clock starts: connections are open then, and the code is warm. */
const WARM_UP = 200;

export async function callAndPrint(importMs: number, call: () => Promise<void>): Promise<void> {
  const count = Number(CALLS_COUNT);
  await times(Math.min(WARM_UP, count), call);
  const usedBefore = process.cpuUsage();
  const startedAt = performance.now();
  await times(count, call);
  const perSecond = (count / (performance.now() - startedAt)) * 1_000;
  const { user, system } = process.cpuUsage(usedBefore);
  const printed: CallsPrinted = { importMs, perSecond, cpuMs: (user + system) / 1_000 / count };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
}

async function times(count: number, call: () => Promise<void>): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: Number(CALLS_AT_ONCE) }, worker));
}
