/** Rows in which each value of every factor meets each value of every other one: found greedily, the same each time. */

export type Factors = Readonly<Record<string, readonly unknown[]>>;

/** One value for each factor. */
export type Row<F extends Factors> = { readonly [Name in keyof F]: F[Name][number] };

/** With this value some factors have no say: a row that has it shows nothing about them, but that they meet it. */
export interface Shadow<F extends Factors> {
  readonly factor: keyof F & string;
  readonly value: unknown;
  readonly hides: readonly (keyof F)[];
}

export interface CoverOptions<F extends Factors> {
  readonly shadows?: readonly Shadow<F>[];
  /** Every row is one of these, completed; by default nothing is given. */
  readonly starts?: readonly Partial<Row<F>>[];
}

interface Candidate {
  readonly start: number;
  /** The index of the value that each factor has, or -1. */
  readonly chosen: number[];
}

/** Whether a row shows something about these two together. */
export function shows<F extends Factors>(
  row: Row<F>,
  [one, other]: readonly [keyof F, keyof F],
  shadows: readonly Shadow<F>[] = [],
): boolean {
  return shadows.every(({ factor, value, hides }) => {
    if (row[factor] !== value || one === factor || other === factor) return true;
    return !hides.includes(one) && !hides.includes(other);
  });
}

/** How many pairs of values there are. */
export function pairCount(factors: Factors): number {
  const sizes = Object.values(factors).map(({ length }) => length);
  return sizes.reduce((sum, size, at) => sum + size * sizes.slice(at + 1).reduce((rest, next) => rest + next, 0), 0);
}

/** @throws when the starts do not let every pair meet. */
export function cover<F extends Factors>(factors: F, { shadows = [], starts = [{}] }: CoverOptions<F> = {}): Row<F>[] {
  const table = new Table(factors, shadows);
  const begun = starts.map((start, index) => ({ start: index, chosen: table.read(start) }));
  const candidates = begun.flatMap((candidate) => table.withShadowsChosen(candidate));
  const used = starts.map(() => 0);
  const rows: Row<F>[] = [];
  while (table.left > 0) {
    let best: Candidate | undefined;
    let most = 0;
    for (const { start, chosen } of candidates) {
      const completed = table.complete(chosen);
      const gain = table.gain(completed);
      const rarer = best !== undefined && (used[start] ?? 0) < (used[best.start] ?? 0);
      if (gain > most || (gain === most && gain > 0 && rarer)) {
        best = { start, chosen: completed };
        most = gain;
      }
    }
    if (best === undefined) throw new Error(`${table.left} pairs can't meet`);
    used[best.start] = (used[best.start] ?? 0) + 1;
    table.take(best.chosen);
    rows.push(table.write(best.chosen));
  }
  return rows;
}

/** Which pairs have not met yet. */
class Table<F extends Factors> {
  left: number;
  private readonly names: readonly (keyof F & string)[];
  private readonly values: readonly (readonly unknown[])[];
  /** Each value of each factor has a number of its own, counted from here. */
  private readonly offsets: readonly number[];
  private readonly size: number;
  private readonly missing: Uint8Array;
  private readonly uses: Uint32Array;
  private readonly shadows: readonly { factor: number; value: number; hidden: readonly boolean[] }[];
  private readonly order: readonly number[];

  constructor(factors: F, shadows: readonly Shadow<F>[]) {
    this.names = Object.keys(factors);
    this.values = Object.values(factors);
    const sizes = this.values.map(({ length }) => length);
    this.offsets = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
    this.size = sizes.reduce((sum, size) => sum + size, 0);
    this.uses = new Uint32Array(this.size);
    this.missing = new Uint8Array(this.size ** 2);
    this.left = pairCount(factors);
    for (const [one, from] of this.offsets.entries()) {
      const to = from + (sizes[one] ?? 0);
      for (let id = from; id < to; id += 1) this.missing.fill(1, id * this.size, (id + 1) * this.size);
      for (let id = from; id < to; id += 1) this.missing.fill(0, id * this.size + from, id * this.size + to);
    }
    this.shadows = shadows.map(({ factor, value, hides }) => {
      const at = this.names.indexOf(factor);
      return {
        factor: at,
        value: (this.values[at] ?? []).indexOf(value),
        hidden: this.names.map((name) => hides.includes(name)),
      };
    });
    // Those with many values are the hardest to place.
    this.order = sizes.map((_, at) => at).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  }

  read(row: Partial<Row<F>>): number[] {
    return this.names.map((name, at) => (Object.hasOwn(row, name) ? (this.values[at] ?? []).indexOf(row[name]) : -1));
  }

  write(chosen: readonly number[]): Row<F> {
    const entries = this.names.map((name, at) => [name, this.values[at]?.[chosen[at] ?? -1]]);
    return Object.fromEntries(entries) as Row<F>;
  }

  /** What casts a shadow is chosen first: the rest is worth what the shadow leaves of it. */
  withShadowsChosen({ start, chosen }: Candidate): Candidate[] {
    let all = [chosen];
    for (const { factor } of this.shadows) {
      const ways = (this.values[factor] ?? []).map((_, way) => way);
      all = all.flatMap((one) =>
        one[factor] === -1 ? ways.map((way) => one.map((old, at) => (at === factor ? way : old))) : [one],
      );
    }
    return all.map((one) => ({ start, chosen: one }));
  }

  complete(begun: readonly number[]): number[] {
    const chosen = [...begun];
    for (const at of this.order) {
      if (chosen[at] !== -1) continue;
      let best: readonly number[] = [-1];
      for (const way of (this.values[at] ?? []).keys()) {
        const id = (this.offsets[at] ?? 0) + way;
        // What it brings now, what it may still bring, and how seldom it was used.
        const worth = [this.brings(at, id, chosen), this.remaining(id), -(this.uses[id] ?? 0)];
        if (isMore(worth, best)) {
          best = worth;
          chosen[at] = way;
        }
      }
    }
    return chosen;
  }

  gain(chosen: readonly number[]): number {
    let pairs = 0;
    for (const [at, way] of chosen.entries()) pairs += this.brings(at, (this.offsets[at] ?? 0) + way, chosen);
    return pairs / 2;
  }

  take(chosen: readonly number[]): void {
    for (const [one, way] of chosen.entries()) {
      const id = (this.offsets[one] ?? 0) + way;
      this.uses[id] = (this.uses[id] ?? 0) + 1;
      for (const [other, otherWay] of chosen.entries()) {
        const cell = id * this.size + (this.offsets[other] ?? 0) + otherWay;
        if (this.missing[cell] === 0 || this.isHidden(one, other, chosen)) continue;
        this.missing[cell] = 0;
        this.left -= 0.5;
      }
    }
  }

  /** How many pairs it completes with what is chosen already. */
  private brings(at: number, id: number, chosen: readonly number[]): number {
    let pairs = 0;
    for (const [other, way] of chosen.entries()) {
      if (way === -1 || other === at) continue;
      if (this.missing[id * this.size + (this.offsets[other] ?? 0) + way] === 0) continue;
      if (!this.isHidden(at, other, chosen)) pairs += 1;
    }
    return pairs;
  }

  private remaining(id: number): number {
    let pairs = 0;
    for (let cell = id * this.size; cell < (id + 1) * this.size; cell += 1) pairs += this.missing[cell] ?? 0;
    return pairs;
  }

  private isHidden(one: number, other: number, chosen: readonly number[]): boolean {
    return this.shadows.some(({ factor, value, hidden }) => {
      if (chosen[factor] !== value || one === factor || other === factor) return false;
      return hidden[one] === true || hidden[other] === true;
    });
  }
}

function isMore(worth: readonly number[], than: readonly number[]): boolean {
  for (const [at, one] of worth.entries()) {
    const other = than[at] ?? Number.NEGATIVE_INFINITY;
    if (one !== other) return one > other;
  }
  return false;
}
