/** `npm test`: types, lint, boundaries, dead code, mutants of the domain, then every test; the last line is the count. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { heartbeat, run, seconds } from './heartbeat.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const REPORT = path.join(ROOT, '.cache', `vitest-${process.pid}.json`);
const STATIC_AT_ONCE = 2;

const bin = (...parts) => [process.execPath, path.join(ROOT, 'node_modules', ...parts)];
// The longest first, so that two lanes end together.
const STATIC = [
  { name: 'mutants', command: [process.execPath, path.join(ROOT, 'scripts', 'mutants.mjs')], args: [] },
  { name: 'types', command: bin('typescript', 'bin', 'tsc'), args: ['--noEmit'] },
  {
    name: 'types of the page',
    command: bin('typescript', 'bin', 'tsc'),
    args: ['--noEmit', '-p', 'sandbox/page/client'],
  },
  {
    name: 'lint',
    command: bin('@biomejs', 'biome', 'bin', 'biome'),
    args: ['ci', '--colors=off', '--error-on-warnings', '.'],
  },
  { name: 'boundaries', command: [process.execPath, path.join(ROOT, 'scripts', 'boundaries.mjs')], args: [] },
  { name: 'dead code', command: bin('knip', 'bin', 'knip.js'), args: ['--no-progress'] },
];

// A watcher, a colour or an installed agent's habit must not change what is checked.
const env = { ...process.env, NO_COLOR: '1', CI: '1' };
delete env.FORCE_COLOR;

const started = Date.now();
const running = new Map();
const { say, stop } = heartbeat(() => {
  const names = [...running].map(([name, since]) => `${name} ${seconds(since)}`);
  return `… ${names.join(', ') || 'starting'}`;
});

const results = [];
const only = process.argv.slice(2);
const chosen = STATIC.filter(({ name }) => only.length === 0 || only.includes(name));
await inLanes(chosen, STATIC_AT_ONCE, async ({ name, command, args }) => {
  const since = Date.now();
  running.set(name, since);
  const { status, output } = await run(command[0], [...command.slice(1), ...args], { cwd: ROOT, env });
  running.delete(name);
  results.push({ name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, took: seconds(since) });
  if (status !== 0) say(output.trimEnd());
  say(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} ${seconds(since)}`);
});
if (only.length === 0 || only.includes('tests')) results.push(await runTests());
stop();

say(`\nSummary after ${seconds(started)}`);
for (const { name, passed, failed, took } of results) {
  say(`  ${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed (${took})`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

async function inLanes(items, lanes, work) {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function runTests() {
  const since = Date.now();
  running.set('tests', since);
  mkdirSync(path.dirname(REPORT), { recursive: true });
  const [node, vitest] = bin('vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const { status } = await run(node, args, { cwd: ROOT, env, onText: say });
  running.delete('tests');
  const took = seconds(since);
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    say('FAIL tests: no report was written');
    return { name: 'tests', passed: 0, failed: 1, took };
  } finally {
    rmSync(REPORT, { force: true });
  }
  const passed = report.numPassedTests;
  let failed = report.numFailedTests;
  // A file that does not even load has no tests to fail.
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) failed += 1;
  }
  // Nothing is skipped: what does not run is not known to work.
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      say(`FAIL not run: ${path.relative(ROOT, file.name)} > ${test.fullName} (${test.status})`);
      failed += 1;
    }
  }
  // Errors outside any test, or no tests at all, show in the exit status only.
  if (passed === 0 && failed === 0) failed = 1;
  if (status !== 0 && failed === 0) failed = 1;
  return { name: 'tests', passed, failed, took };
}
