/** Who waits for an ack: Slack gives each of them 3 s, so what can wait for longer gives way to them. */

/** However many keep coming, what gave way goes on after this. */
const GIVE_WAY_MS = 25;
/** Who waits for longer waits for others than us, such as Slack: giving way does not help them. */
const OURS_MS = 100;

interface GaveWay {
  readonly go: () => void;
  isLate: boolean;
}

export class Acks {
  private readonly onAck: (seconds: number) => void;
  private unanswered = 0;
  /** Those who gave way, in order. */
  private readonly giving = new Set<GaveWay>();
  /** Somebody has gone on in this turn of the event loop. */
  private taken = false;

  /** @param onAck told how many seconds each delivery took from its arrival to its ack. */
  constructor(onAck: (seconds: number) => void = () => {}) {
    this.onAck = onAck;
  }

  /**
   * Slack has delivered something.
   * @param at when, by `performance.now`.
   * @returns what to call once it is acknowledged, or never will be; once is enough.
   */
  arrived(at = performance.now()): (outcome: 'acknowledged' | 'gone') => void {
    let waits = true;
    const leave = (): void => {
      if (!waits) return;
      waits = false;
      clearTimeout(timer);
      this.unanswered -= 1;
      this.letOneGo();
    };
    const timer = setTimeout(leave, OURS_MS);
    this.unanswered += 1;
    let over = false;
    return (outcome) => {
      if (over) return;
      over = true;
      if (outcome === 'acknowledged') this.onAck((performance.now() - at) / 1_000);
      leave();
    };
  }

  /**
   * Resolves once nobody waits, or after a while. Those who gave way go on one by one, each in a turn of the event loop of
   * its own: whoever comes meanwhile waits for one of them, and not for all.
   */
  giveWay(): Promise<void> {
    return new Promise((resolve) => {
      const gaveWay: GaveWay = {
        go: () => {
          clearTimeout(timer);
          this.giving.delete(gaveWay);
          resolve();
        },
        isLate: false,
      };
      const timer = setTimeout(() => {
        gaveWay.isLate = true;
        this.letOneGo();
      }, GIVE_WAY_MS);
      this.giving.add(gaveWay);
      this.letOneGo();
    });
  }

  private letOneGo(): void {
    const [first] = this.giving;
    if (first === undefined || this.taken || (this.unanswered > 0 && !first.isLate)) return;
    this.taken = true;
    setImmediate(() => {
      this.taken = false;
      this.letOneGo();
    });
    first.go();
  }
}
