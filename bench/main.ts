/** `npm run bench`: the bot against four others in one run. `--rounds n`, `--samples n`, `--only name`, `--write`. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { aimLine, aimsOf } from './aims.ts';
import { buildBots, buildClients } from './build.ts';
import { CONTESTANTS } from './contestants.ts';
import { page } from './page.ts';
import { plain, tableOf } from './table.ts';

const BEAT_MS = 1_500;
/** A bot runs for weeks: what is measured is compiled code. Measured: after 48 requests one still costs half as much again. */
const WARM_UP = 300;
const PAGE = path.join(import.meta.dirname, '../docs/benchmarks.md');

const say = (text = '') => process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    samples: { type: 'string', default: '100' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const samples = Number(values.samples);
if (![rounds, samples].every((value) => Number.isSafeInteger(value) && value > 0)) {
  process.stderr.write('bench: --rounds and --samples take whole numbers above 0\n');
  process.exit(2);
}
if (values.only !== undefined && !CONTESTANTS.some(({ name }) => name === values.only)) {
  process.stderr.write(`bench: --only takes one of ${CONTESTANTS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const startedAt = performance.now();
let last = 'building';
const beat = setInterval(() => {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  say(`… ${last} (${seconds} s)`);
}, BEAT_MS);

const [bots, clients] = await Promise.all([buildBots(), buildClients()]);
// Before anything is loaded that starts a bot: it looks there once.
process.env.VPCE_BUILT = bots;
try {
  const { bench } = await import('./bench.ts');
  const result = await bench({
    rounds,
    samples,
    starts: 3,
    warmUp: WARM_UP,
    calls: 4_000,
    troubled: 5,
    ...(values.only === undefined ? {} : { only: values.only }),
    built: clients,
    say: (line) => {
      last = line;
    },
  });
  clearInterval(beat);
  const table = tableOf(result);
  say(`\n${plain(table)}\n`);
  for (const aim of aimsOf(result)) say(aimLine(aim));
  if (values.write) {
    await writeFile(PAGE, await page(result));
    say(`\n${path.relative(process.cwd(), PAGE)} is written`);
  }
} finally {
  clearInterval(beat);
  await Promise.all([bots, clients].map((folder) => rm(folder, { recursive: true, force: true })));
}
