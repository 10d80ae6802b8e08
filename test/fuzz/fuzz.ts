/** `npm run fuzz`: throws malformed payloads at every entry point. `--seed n` throws the same again, `--count n` so many. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FuzzFailure, type FuzzReport, fuzz } from './run.ts';

const BEAT_MS = 1_500;
const FOLDER = path.join(import.meta.dirname, '../../.cache');

const say = (text = '') => process.stdout.write(`${text}\n`);

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string', default: '100000' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const count = Number(values.count);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count) || count < 1) {
  process.stderr.write('fuzz: --seed and --count take whole numbers\n');
  process.exit(2);
}
say(`fuzz: ${count} payloads, seed ${seed} (again with: npm run fuzz -- --seed ${seed} --count ${count})`);

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
let last = 'starting two bots';
const beat = setInterval(() => say(`… ${last} (${seconds()})`), BEAT_MS);
try {
  const report = await fuzz({ seed, count, say: (line) => (last = line) });
  clearInterval(beat);
  print(report);
  say(`\nfuzz: passed after ${seconds()}: both bots live, nothing was stored, created or told to others`);
} catch (error) {
  clearInterval(beat);
  if (!(error instanceof FuzzFailure)) throw error;
  await mkdir(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `fuzz-failure-${seed}.json`);
  await writeFile(file, JSON.stringify({ seed, count, why: error.message, thrown: error.thrown }, null, 2));
  say(`\nfuzz: FAILED after ${seconds()}, seed ${seed}: ${error.message}`);
  say(`  what was thrown: ${file}`);
  if (error.thrown.length === 1) say(`  ${String(error.thrown[0]).slice(0, 2_000)}`);
  process.exitCode = 1;
}

function print({ outcomes, memory }: FuzzReport): void {
  say();
  let total = 0;
  for (const [entry, counts] of [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sum = [...counts.values()].reduce((all, one) => all + one, 0);
    total += sum;
    const classes = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([outcome, times]) => `${outcome} ×${times}`);
    say(`  ${entry.padEnd(28)} ${String(sum).padStart(7)}  ${classes.join(', ')}`);
  }
  say(`  ${'in all'.padEnd(28)} ${String(total).padStart(7)}`);
  for (const [bot, mib] of Object.entries(memory))
    say(`  memory of the bot over ${bot}: ${mib.toFixed(0)} MiB at most`);
}
