/** The main job, right whichever way the vendors behave: each two ways that anything can be meet in one run at least. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { pairCount } from '../support/pairwise.ts';
import { type Combination, FACTORS, planStages } from './factors.ts';
import { type Failed, playStage } from './play.ts';

/** `PAIRWISE_ROW=17` plays one row alone. */
const ONLY = process.env.PAIRWISE_ROW;
const wanted = planStages()
  .map((stage) => ({ ...stage, rows: stage.rows.filter(({ number }) => ONLY === undefined || ONLY === `${number}`) }))
  .filter(({ rows }) => rows.length > 0);

const failures: Failed[] = [];

function unusual(values: Combination): string {
  return Object.entries(values)
    .filter(([name, value]) => value !== FACTORS[name as keyof typeof FACTORS][0])
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function told({ row, reason }: Failed): string {
  return `row ${row.number}: ${unusual(row.values)}\n${reason instanceof Error ? reason.message : String(reason)}`;
}

afterAll(() => {
  const values = Object.values(FACTORS).reduce((sum, { length }) => sum + length, 0);
  const rows = wanted.reduce((sum, stage) => sum + stage.rows.length, 0);
  const lines = [
    `${Object.keys(FACTORS).length} factors, ${values} values, ${pairCount(FACTORS)} pairs: ${rows} combinations in ${wanted.length} processes, ${failures.length} failed`,
    ...failures.map((failure) => told(failure).split('\n').slice(0, 2).join('\n  ')),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
});

// Side by side, since each mostly waits for its own time to pass.
vi.setConfig({ maxConcurrency: 3 });

describe.concurrent('from /vpc-endpoint create to the connection', () => {
  it.each(wanted.map((stage) => [stage.rows.map(({ number }) => number).join(', '), stage] as const))(
    'rows %s end as they must',
    async (_rows, stage) => {
      const failed = await playStage(stage);
      failures.push(...failed);
      expect(failed.map(told).join('\n\n')).toBe('');
    },
    120_000,
  );
});
