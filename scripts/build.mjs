/** `npm run build`: src/ as JavaScript in dist/, with the Redis scripts beside it. */
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { heartbeat, run, seconds } from './heartbeat.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');
const SRC = path.join(ROOT, 'src');

const started = Date.now();
const { say, stop } = heartbeat(() => `build: compiling, ${seconds(started)}`);

rmSync(DIST, { recursive: true, force: true });
const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const { status, output } = await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: ROOT });
stop();
if (output) say(output);
if (status !== 0) {
  say(`build: failed after ${seconds(started)}`);
  process.exit(1);
}

// What the code reads from beside itself at run time, and the compiler leaves behind.
const scripts = readdirSync(SRC, { recursive: true }).filter((file) => file.endsWith('.lua'));
for (const file of scripts) cpSync(path.join(SRC, file), path.join(DIST, file));

for (const entry of ['main.js', 'cli.js']) {
  const file = path.join(DIST, entry);
  if (!existsSync(file)) {
    say(`build: dist/${entry} was not made`);
    process.exitCode = 1;
    continue;
  }
  chmodSync(file, statSync(file).mode | 0o111);
}
say(`build: dist/ with ${scripts.length} Redis scripts after ${seconds(started)}`);
