/** Does something again and again, one at a time, until it is stopped; what fails is logged and tried again. */
import type { Log } from './ports/log.ts';

export interface Repeated {
  /** Resolves when the last one is over. */
  stop(): Promise<void>;
}

/** @param everyMs between the end of one and the start of the next. */
export function repeat(work: () => Promise<void>, everyMs: number, log: Log): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();
  const next = () => {
    current = work()
      .catch((error: unknown) => log.warn({ error }, 'sweep failed; trying again'))
      .then(() => {
        if (!stopped) timer = setTimeout(next, everyMs);
      });
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}
