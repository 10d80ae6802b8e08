/** Counts what is being worked on, so that a stopping process can finish it first. */

export class InFlight {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  /** Something has begun; call what it returns when that is over. */
  enter(): () => void {
    this.count += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.count -= 1;
      if (this.count === 0) for (const wake of [...this.waiting]) wake();
    };
  }

  /** Whether all of it was over within so many milliseconds. */
  drained(withinMs: number): Promise<boolean> {
    if (this.count === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (empty: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve(empty);
      };
      const wake = (): void => finish(true);
      const timer = setTimeout(() => finish(false), withinMs);
      this.waiting.add(wake);
    });
  }
}
