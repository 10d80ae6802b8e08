/** The cover itself: every pair meets, counted the slow way; and nothing about it is left to chance. */
import { describe, expect, it } from 'vitest';
import { cover, type Factors, pairCount, type Row, type Shadow, shows } from '../support/pairwise.ts';
import { FACTORS, planStages, SHADOWS } from './factors.ts';

/** Every pair that no row shows, as text. */
function unmet<F extends Factors>(factors: F, rows: readonly Row<F>[], shadows: readonly Shadow<F>[] = []): string[] {
  const names = Object.keys(factors);
  return names.flatMap((one, at) =>
    names
      .slice(at + 1)
      .flatMap((other) =>
        (factors[one] ?? []).flatMap((a) =>
          (factors[other] ?? [])
            .filter((b) => !rows.some((row) => row[one] === a && row[other] === b && shows(row, [one, other], shadows)))
            .map((b) => `${one}=${String(a)} ${other}=${String(b)}`),
        ),
      ),
  );
}

const SMALL = { size: ['s', 'm', 'l'], colour: ['red', 'blue'], lid: [true, false], price: [1, 2, 3, 4] } as const;

describe('a cover', () => {
  it('lets each value meet each other factor’s, in no more rows than that takes', () => {
    const rows = cover(SMALL);
    expect(pairCount(SMALL)).toBe(44);
    expect(unmet(SMALL, rows)).toEqual([]);
    // Sizes and prices alone take as many.
    expect(rows).toHaveLength(12);
  });

  it('is the same each time', () => {
    expect(cover(SMALL)).toEqual(cover(SMALL));
  });

  it('counts nothing that a shadow hides, but that it meets what casts it', () => {
    const shadows: Shadow<typeof SMALL>[] = [{ factor: 'size', value: 's', hides: ['colour', 'lid'] }];
    const rows = cover(SMALL, { shadows });
    expect(unmet(SMALL, rows, shadows)).toEqual([]);
    const row = { size: 's', colour: 'red', lid: true, price: 1 } as const;
    expect(shows(row, ['size', 'colour'], shadows)).toBe(true);
    expect(shows(row, ['size', 'price'], shadows)).toBe(true);
    expect(shows(row, ['colour', 'lid'], shadows)).toBe(false);
    expect(shows(row, ['price', 'lid'], shadows)).toBe(false);
    expect(shows({ ...row, size: 'm' }, ['price', 'lid'], shadows)).toBe(true);
  });

  it('completes the starts that it is given, and says when they are not enough', () => {
    const starts = cover({ size: SMALL.size, colour: SMALL.colour });
    const rows = cover(SMALL, { starts });
    expect(unmet(SMALL, rows)).toEqual([]);
    for (const { size, colour } of rows) expect(starts).toContainEqual({ size, colour });
    expect(() => cover(SMALL, { starts: [{ size: 's' }] })).toThrow(/pairs can't meet/);
  });
});

describe('the plan', () => {
  it('has each two ways of the vendors, of either or of both, in one run at least', () => {
    const rows = planStages().flatMap((stage) => stage.rows.map(({ values }) => values));
    expect(unmet(FACTORS, rows, SHADOWS)).toEqual([]);
  });

  it('numbers its rows, and plays each where Slack behaves as the row says', () => {
    const stages = planStages();
    const numbers = stages.flatMap(({ rows }) => rows.map(({ number }) => number));
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    for (const { transport, slack, rows } of stages) {
      for (const { values } of rows) expect(values).toMatchObject({ transport, ...slack });
    }
  });
});
