/** Breaks the domain on purpose, one line at a time, in a copy: a mutant that no test notices is a missing test. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const LANES = 2;
const PATIENCE_MS = 60_000;
// No global set-up: the domain needs no server.
const CONFIG = `export default { test: { include: ['test/domain/*.test.ts', 'test/domain/policy/*.test.ts'], testTimeout: 20_000, pool: 'forks' } };\n`;

const mutants = JSON.parse(readFileSync(path.join(ROOT, 'test', 'mutants', 'mutants.json'), 'utf8'));
const only = process.argv.slice(2);
const queue = mutants.filter(({ file }) => only.length === 0 || only.some((name) => file.includes(name)));
const rows = [];
const started = Date.now();
const work = mkdtempSync(path.join(os.tmpdir(), 'vpce-mutants-'));
const running = new Set();
const stop = () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    stop();
    process.exit(1);
  });
}

try {
  // A copy in which everything fails would kill every mutant.
  const names = [...new Set(queue.flatMap(({ tests }) => tests))];
  const whole = await judge(copy('whole'), names, 'whole');
  if (whole !== 'survived') throw new Error(`the tests do not pass on unbroken code: ${whole}`);
  await Promise.all(Array.from({ length: LANES }, (_, lane) => workThrough(copy(`lane-${lane}`))));
} finally {
  stop();
}

for (const { verdict, file, breaks, took } of rows) {
  process.stdout.write(`${verdict.padEnd(9)} ${file.replace('src/domain/', '').padEnd(20)} ${breaks} (${took} ms)\n`);
}
const killed = rows.filter(({ verdict }) => verdict === 'killed').length;
process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
process.stdout.write(`${killed} killed, ${rows.length - killed} survived\n`);
process.exitCode = rows.length > 0 && killed === rows.length ? 0 : 1;

function copy(name) {
  const folder = path.join(work, name);
  for (const part of ['src/domain', 'src/application', 'test/domain', 'test/support']) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  for (const file of ['package.json', 'tsconfig.json']) cpSync(path.join(ROOT, file), path.join(folder, file));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  writeFileSync(path.join(folder, 'vitest.config.ts'), CONFIG);
  return folder;
}

async function workThrough(folder) {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const { file, find, replace, breaks, tests } = mutant;
    const since = Date.now();
    const target = path.join(folder, file);
    const text = readFileSync(target, 'utf8');
    let verdict = 'misplaced';
    if (text.split(find).length === 2) {
      writeFileSync(
        target,
        text.replace(find, () => replace),
      );
      verdict = await judge(folder, tests, breaks);
      writeFileSync(target, text);
    }
    rows.push({ verdict, file, breaks, took: Date.now() - since });
  }
}

/** `killed` takes a test that failed; code that does not even load is `broken`, and proves nothing. */
async function judge(folder, tests, name) {
  const report = path.join(folder, 'report.json');
  rmSync(report, { force: true });
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const files = tests.map((test) => `test/domain/${test}.test.ts`);
  const args = [vitest, 'run', '--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`, ...files];
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, CI: '1' }, stdio: 'ignore' });
  running.add(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  running.delete(child);
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return 'broken';
  }
  if (result.numFailedTests > 0) return 'killed';
  if (code === 0 && result.numPassedTests > 0) return 'survived';
  process.stderr.write(`${name}: ${JSON.stringify(result).slice(0, 2_000)}\n`);
  return 'broken';
}
