/** Keeps a bot running behind the page: one that dies, by whatever hand, is started again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { Refused } from './refused.ts';
import type { BotState } from './wire.ts';

const RETRY_MS = 2_000;

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

  /**
   * Resolves once another one is ready.
   * @throws when there is none to kill.
   */
  async kill(): Promise<void> {
    if (this.now.state !== 'ready') throw new Refused('bot-away');
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
    } catch (error) {
      if (this.stopping) return;
      this.become({ state: 'killed', lives: this.now.lives, trouble: String(error) });
      await pause(RETRY_MS);
      if (!this.stopping) await this.restart();
    }
  }

  private become(state: BotState): void {
    this.now = state;
    this.changed();
  }
}
