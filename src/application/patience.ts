/** Waiting for something, but not longer than one may. */

/** Undefined once the time is over, or when it failed. What was waited for goes on. */
export function within<T>(ms: number, wanted: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    wanted.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      () => {
        clearTimeout(timer);
        resolve(undefined);
      },
    );
  });
}

/** The first that brings something; undefined when none does. */
export function firstToBring<T>(candidates: readonly Promise<T | undefined>[]): Promise<T | undefined> {
  return new Promise((resolve) => {
    for (const candidate of candidates) {
      candidate.then((value) => {
        if (value !== undefined) resolve(value);
      }, noBetter);
    }
    void Promise.allSettled(candidates).then(() => resolve(undefined));
  });
}

const noBetter = (): void => {};
