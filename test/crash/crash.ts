/** `npm run crash`: kills the bot at every call that it makes. `--journey create`: in one journey alone; `--share 3`: at a third of the points; `--seed n`: in the same order again. */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildForTests } from '../support/built.ts';
import type { Tally } from './run.ts';

const BEAT_MS = 1_500;
const THEATRES = 2;
const PLACES = 32;

const say = (text = '') => process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    journey: { type: 'string' },
    points: { type: 'string', default: 'all' },
    share: { type: 'string', default: '1' },
    theatres: { type: 'string', default: String(THEATRES) },
  },
});
const { journey, points } = values;
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const [theatres, share] = [Number(values.theatres), Number(values.share)];
const isWhole =
  [seed, theatres, share].every((each) => Number.isSafeInteger(each) && each >= 0) && share * theatres > 0;
if (!isWhole || !(points === 'all' || points === 'sample')) {
  process.stderr.write('crash: --seed, --share and --theatres take whole numbers, --points takes all or sample\n');
  process.exit(2);
}
say(`crash: seed ${seed}`);

// Known to whoever starts a bot before they are loaded.
const built = await buildForTests(['src/main.ts', 'test/crash/main.ts']);
process.env.VPCE_BUILT = built;
process.once('exit', () => rmSync(built, { recursive: true, force: true }));
const [{ exploreAll }, { crash }] = await Promise.all([import('./long-interleavings.ts'), import('./run.ts')]);

// The interleavings have a clock of their own in the place of the usual one.
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
let last = 'starting';
const beat = setInterval(() => say(`… ${last} (${seconds()})`), BEAT_MS);
const sayLast = (line: string) => {
  last = line;
};
const explored = journey === undefined ? await exploreAll(sayLast) : { lines: [], failures: [] };
const { tallies, failures, uncalled } = await crash({
  ...{ seed, points, share, theatres, places: PLACES },
  ...(journey === undefined ? {} : { journey }),
  say: sayLast,
  onFailure: (failure) => say(`  FAILED ${failure}`),
}).finally(() => clearInterval(beat));

say();
const columns = (name: string, ...numbers: readonly (string | number)[]) =>
  say(`  ${name.padEnd(16)}${numbers.map((number) => String(number).padStart(14)).join('')}`);
columns('journey', 'plays killed', 'not reached', 'failed');
const all: Tally = { played: 0, notReached: 0, failed: 0 };
for (const [name, { played, notReached, failed }] of tallies) {
  columns(name, played - notReached, notReached, failed);
  all.played += played;
  all.notReached += notReached;
  all.failed += failed;
}
columns('in all', all.played - all.notReached, all.notReached, all.failed);
say(`  called by no journey: ${uncalled.join(', ')}`);
for (const line of explored.lines) say(`  interleavings: ${line}`);
for (const failure of explored.failures) say(`  FAILED ${failure}`);
const isMissed = all.notReached > all.played / 10;
if (isMissed) say('  FAILED too many points were not reached');
process.exitCode = failures.length + explored.failures.length > 0 || isMissed ? 1 : 0;
say(`\ncrash: ${process.exitCode === 0 ? 'passed' : 'FAILED'} after ${seconds()}, seed ${seed}`);
