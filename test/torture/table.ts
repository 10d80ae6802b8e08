/** The result of a run as a table: the wrong outcomes of each bot, and how often each fault struck. */
import type { Counts } from './counts.ts';
import { FAULTS, type Verdict, WRONGS } from './types.ts';

export interface Column {
  readonly bot: string;
  readonly requests: number;
  readonly endpoints: number;
  readonly verdict: Verdict;
}

const NAME = 44;
const NUMBER = 22;

export function outcomeTable(columns: readonly Column[]): string {
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(NAME)}${cells.map((cell) => String(cell).padStart(NUMBER)).join('')}`;
  return [
    row(
      '',
      columns.map(({ bot }) => bot),
    ),
    row(
      'requests',
      columns.map(({ requests }) => requests),
    ),
    row(
      'endpoints made',
      columns.map(({ endpoints }) => endpoints),
    ),
    ...WRONGS.map((wrong) =>
      row(
        wrong,
        columns.map(({ verdict }) => verdict[wrong]?.length ?? '(has none)'),
      ),
    ),
  ].join('\n');
}

export function faultTable(counts: Counts): string {
  return Object.entries(FAULTS)
    .flatMap(([place, names]) => [
      `  ${place}`,
      ...names.map((name) => `    ${name.padEnd(NAME - 2)}${String(counts.get(name) ?? 0).padStart(NUMBER)}`),
    ])
    .join('\n');
}

/** In the words of the judge, the first few of each. */
export function complaints(verdict: Verdict, most = 20): readonly string[] {
  return WRONGS.flatMap((wrong) => (verdict[wrong] ?? []).slice(0, most).map((what) => `${wrong}: ${what}`));
}

export function wrongs(verdict: Verdict): number {
  return WRONGS.reduce((sum, wrong) => sum + (verdict[wrong]?.length ?? 0), 0);
}
