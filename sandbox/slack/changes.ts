/** Waiting for something to be so, driven by changes instead of by sleeps. */

export type WaitOptions = { timeoutMs?: number; what?: string };

export class Changes {
  private readonly listeners = new Set<() => void>();

  /** Called after each change; returns how to stop listening. */
  on(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  announce(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** Resolves with the first truthy value of `look`, which is asked now and after each change. */
  waitFor<T>(
    look: () => T,
    describe: () => string,
    options: WaitOptions = {},
  ): Promise<Exclude<T, false | null | undefined>> {
    const { timeoutMs = 5_000, what = 'what was waited for' } = options;
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        stop();
      };
      const check = (): void => {
        try {
          const value = look();
          if (!value) return;
          finish();
          resolve(value as Exclude<T, false | null | undefined>);
        } catch (error) {
          finish();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${what} did not come within ${timeoutMs} ms. What is there:\n${describe()}`));
      }, timeoutMs);
      const stop = this.on(check);
      check();
    });
  }
}
