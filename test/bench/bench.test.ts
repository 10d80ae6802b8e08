/** The bench in short: it fills its whole table, and tells right outcomes from wrong ones. No figure is judged here. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aimLine, aimsOf } from '../../bench/aims.ts';
import { type BenchResult, bench } from '../../bench/bench.ts';
import { buildClients } from '../../bench/build.ts';
import { CONTESTANTS } from '../../bench/contestants.ts';
import { AWAY_MS, TROUBLES, WRONGS } from '../../bench/measures.ts';
import { page } from '../../bench/page.ts';
import { DASH, markdown, plain, tableOf } from '../../bench/table.ts';

let result: BenchResult;
let built: string;

beforeAll(async () => {
  built = await buildClients();
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  result = await bench({ rounds: 1, samples: 2, starts: 1, warmUp: 0, calls: 20, troubled: 1, built, say });
});

afterAll(async () => {
  await rm(built, { recursive: true, force: true });
});

const outcomesOf = (name: string) => result.measured.find(({ contestant }) => contestant.name === name)?.outcomes;

it('fills every cell with figures, or with a dash where a row does not apply', () => {
  const { head, rows } = tableOf(result);
  expect(head.slice(1)).toEqual(CONTESTANTS.map(({ name }) => name));
  for (const [name, ...cells] of rows) {
    expect(cells, name).toHaveLength(CONTESTANTS.length);
    for (const cell of cells) expect(cell, name).not.toMatch(/^$|NaN|undefined/);
    expect(cells.at(-1), name).not.toBe(DASH);
  }
  const dashes = rows.filter(([, bare]) => bare === DASH).map(([name = '']) => name);
  expect(dashes.some((name) => name.startsWith('click → domain'))).toBe(true);
  expect(dashes.some((name) => name.startsWith('click → ack'))).toBe(false);
});

it('has whoever creates call Slack and the cloud from afar, too', () => {
  for (const { contestant, rounds } of result.measured) {
    const away = rounds.flatMap((round) => [...round.away[1], ...round.away[16]]);
    expect(away.length > 0, contestant.name).toBe(contestant.plays === 'whole');
    // One call to create, one to tell: they can't have taken less.
    for (const ms of away) expect(ms, contestant.name).toBeGreaterThan(AWAY_MS);
  }
});

it('finds nothing wrong with the bot', () => {
  for (const trouble of TROUBLES) {
    for (const wrong of WRONGS)
      expect(outcomesOf('vpc-endpoint-bot')?.[trouble][wrong], `${trouble}: ${wrong}`).toBe(0);
  }
});

it.each(['naive', 'chat-sdk'])('finds that %s leaves undone what was interrupted', (name) => {
  expect(outcomesOf(name)?.['double click'].unfinished).toBe(0);
  expect(outcomesOf(name)?.['lost reply of the create'].unfinished).toBe(1);
  expect(outcomesOf(name)?.['SIGKILL during the create'].unfinished).toBe(1);
});

it('says of each aim whether it was met', () => {
  const lines = aimsOf(result).map(aimLine);
  expect(lines).toHaveLength(10);
  for (const line of lines) expect(line).toMatch(/ \d+\.\d\d ×, at (most|least) [\d.]+ ×: (met|missed)$/);
});

it('writes one table for the terminal and one for the page, with the same cells', async () => {
  const table = tableOf(result);
  const [, first = []] = table.rows;
  expect(plain(table).split('\n')).toHaveLength(table.rows.length + 1);
  expect(markdown(table)).toContain(`| ${first.join(' | ')} |`);
  const written = await page(result);
  expect(written).toContain(markdown(table));
  expect(written).toMatch(/Node \d+\.\d+\.\d+, (Redis|Valkey) \d+/);
});
