/** Somebody in a schedule: each of their calls waits until the scheduler lets it go, or has them die at it. */

export type How = 'goes on' | 'dies before' | 'dies after';

export class Actor {
  readonly name: string;
  state: 'running' | 'waiting' | 'over' = 'running';
  /** Whether it can die at the call that waits. */
  mayDie = false;
  private resume: (how: How) => void = () => {};
  private changed: () => void = () => {};

  constructor(name: string) {
    this.name = name;
  }

  begin(act: () => Promise<unknown>): void {
    void act()
      .catch(() => {})
      .then(() => this.become('over'));
  }

  async call<T>(mayDie: boolean, make: () => Promise<T>): Promise<T> {
    this.mayDie = mayDie;
    const letGo = new Promise<How>((resolve) => {
      this.resume = resolve;
    });
    this.become('waiting');
    const how = await letGo;
    if (how === 'dies before') return await this.die();
    const result = await make();
    return how === 'dies after' ? await this.die() : result;
  }

  die(): Promise<never> {
    this.become('over');
    return new Promise(() => {});
  }

  /** Resolves once it waits again, or is over. */
  async letGo(how: How): Promise<void> {
    this.state = 'running';
    const quiet = this.quiet();
    this.resume(how);
    await quiet;
  }

  quiet(): Promise<void> {
    if (this.state !== 'running') return Promise.resolve();
    return new Promise((resolve) => {
      this.changed = resolve;
    });
  }

  private become(state: 'waiting' | 'over'): void {
    if (this.state === 'over') return;
    this.state = state;
    this.changed();
  }
}
