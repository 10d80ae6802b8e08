/** `npm run torture`: three replicas and a naive rival under everything that can go wrong. `--requests n`, `--seed s`, `--minutes m` at most, `--rival n`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { neverStruck } from './counts.ts';
import { RIVAL } from './rival.ts';
import { type Result, torture } from './run.ts';
import { complaints, faultTable, outcomeTable, wrongs } from './table.ts';

const BEAT_MS = 1_500;
const FOLDER = path.join(import.meta.dirname, '../../.cache');
const STORM_EVERY = 12;
const FROZEN_MS = 20_000;

const say = (text = '') => process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '2000' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    rival: { type: 'string', default: '200' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const requests = Number(values.requests);
const rivals = Number(values.rival);
const minutes = Number(values.minutes ?? 24 * 60);
if (![seed, requests, rivals, minutes].every(Number.isSafeInteger) || requests < 1 || rivals < 0) {
  process.stderr.write('torture: --requests, --seed, --minutes and --rival take whole numbers\n');
  process.exit(2);
}
say(
  `torture: ${requests} requests, seed ${seed} (again with: npm run torture -- --seed ${seed} --requests ${requests})`,
);

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
let last = 'starting three replicas';
const beat = setInterval(() => say(`… ${last} (${seconds()})`), BEAT_MS);
await mkdir(FOLDER, { recursive: true });
const common = { seed, stormEvery: STORM_EVERY, frozenMs: FROZEN_MS, say: (line: string) => (last = line) };
const ours = await torture({ ...common, requests, askForMs: minutes * 60_000, logFolder: FOLDER });
const results: Result[] = [ours];
if (rivals > 0) {
  last = 'starting three replicas of the naive rival';
  results.push(await torture({ ...common, requests: Math.min(rivals, requests), rival: RIVAL }));
}
clearInterval(beat);

say(`\nWrong outcomes, seed ${seed}, ${seconds()}:\n`);
say(outcomeTable(results));
say('\nFaults that struck vpc-endpoint-bot:\n');
say(faultTable(ours.counts));
say(`\nCalls to Slack: ${ours.busiest.map(([method, calls]) => `${method} ${calls}`).join(', ')}`);
say(`The stand-ins stood still for ${ours.stoodStillMs} ms at most.`);
const missed = neverStruck(ours.counts);
const wrong = [...complaints(ours.verdict), ...ours.amiss, ...missed.map((name) => `never injected: ${name}`)];
if (wrong.length > 0) {
  say(`\ntorture: FAILED, seed ${seed}; the replicas’ logs are in ${FOLDER}`);
  for (const line of wrong) say(`  ${line}`);
  process.exitCode = 1;
} else {
  say(`\ntorture: passed, seed ${seed}: ${wrongs(ours.verdict)} wrong outcomes in ${ours.requests} requests`);
}
