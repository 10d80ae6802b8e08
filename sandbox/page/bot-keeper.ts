/** Keeps a bot running behind the page: one that dies, by whatever hand, is started again. */
import type { Stage } from '../stage.ts';
import type { BotState } from './wire.ts';

export class BotKeeper {
  private readonly stage: Stage;
  private readonly changed: () => void;
  private now: BotState;
  private stopping = false;
  private restarted: Promise<void> = Promise.resolve();

  constructor(stage: Stage, changed: () => void) {
    this.stage = stage;
    this.changed = changed;
    this.now = { state: 'ready', lives: 1, readyMs: Math.round(stage.bot.readyMs) };
    this.watch();
  }

  get state(): BotState {
    return this.now;
  }

  /** Resolves once another one is ready. */
  async kill(): Promise<void> {
    this.stage.bot.signal('SIGKILL');
    await this.stage.bot.ended;
    await this.restarted;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarted;
  }

  private watch(): void {
    void this.stage.bot.ended.then(() => {
      if (this.stopping) return;
      this.restarted = this.restart();
    });
  }

  private async restart(): Promise<void> {
    this.become({ state: 'starting', lives: this.now.lives + 1 });
    try {
      const bot = await this.stage.addBot();
      this.become({ state: 'ready', lives: this.now.lives, readyMs: Math.round(bot.readyMs) });
      this.watch();
    } catch {
      this.become({ state: 'killed', lives: this.now.lives });
    }
  }

  private become(state: BotState): void {
    this.now = state;
    this.changed();
  }
}
