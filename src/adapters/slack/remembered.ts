/** Answers of Slack's that are worth remembering for a while: one reading at a time for each key, and no failed one kept. */

interface Reading<T> {
  readonly at: number;
  readonly value: Promise<T | undefined>;
}

const MOST = 5_000;

export class Remembered<T> {
  private readonly readings = new Map<string, Reading<T>>();
  private readonly wall: () => number;
  private readonly read: (key: string) => Promise<T | undefined>;

  /** @param read never rejects; undefined when Slack did not say. */
  constructor(wall: () => number, read: (key: string) => Promise<T | undefined>) {
    this.wall = wall;
    this.read = read;
  }

  /** As it was so long ago at most, in milliseconds. */
  get(key: string, maxAgeMs: number): Promise<T | undefined> {
    const now = this.wall();
    const known = this.readings.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.at;
    if (known !== undefined && age >= 0 && age <= maxAgeMs) return known.value;
    if (this.readings.size >= MOST) this.readings.clear();
    const value = this.read(key);
    const reading: Reading<T> = { at: now, value };
    this.readings.set(key, reading);
    void value.then((got) => {
      if (got === undefined && this.readings.get(key) === reading) this.readings.delete(key);
    });
    return value;
  }
}
