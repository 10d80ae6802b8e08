/** Who waits for an ack: Slack gives each of them 3 s, so what can wait for longer gives way to them. */

/** However many keep coming, what gave way goes on after this. */
const GIVE_WAY_MS = 25;

export class Acks {
  private readonly onAck: (seconds: number) => void;
  private unanswered = 0;
  /** Those who gave way, in order. */
  private readonly giving = new Set<() => void>();
  /** Somebody has gone on in this turn of the event loop. */
  private taken = false;

  /** @param onAck told how many seconds each delivery took from its arrival to its ack. */
  constructor(onAck: (seconds: number) => void = () => {}) {
    this.onAck = onAck;
  }

  /** Slack has delivered something. @returns what to call once it is acknowledged, or never will be; once is enough. */
  arrived(): (outcome: 'acknowledged' | 'gone') => void {
    const at = performance.now();
    this.unanswered += 1;
    let over = false;
    return (outcome) => {
      if (over) return;
      over = true;
      this.unanswered -= 1;
      if (outcome === 'acknowledged') this.onAck((performance.now() - at) / 1_000);
      this.letOneGo();
    };
  }

  /**
   * Resolves once nobody waits, or after a while. Those who gave way go on one by one, each in a turn of the event loop of
   * its own: whoever comes meanwhile waits for one of them, and not for all.
   */
  giveWay(): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.giving.delete(go);
        resolve();
      };
      const timer = setTimeout(go, GIVE_WAY_MS);
      this.giving.add(go);
      this.letOneGo();
    });
  }

  private letOneGo(): void {
    const [go] = this.giving;
    if (go === undefined || this.unanswered > 0 || this.taken) return;
    this.taken = true;
    setImmediate(() => {
      this.taken = false;
      this.letOneGo();
    });
    go();
  }
}
