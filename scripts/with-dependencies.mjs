/**
 * Runs a command with the locked dependencies installed: `with-dependencies.mjs [--dev] -- command args`.
 *
 * Installs only when node_modules is not what package-lock.json says; uses nothing but Node itself.
 * Two that start at once take turns; the second finds the work done.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { heartbeat, run, seconds } from './heartbeat.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const LOCK = path.join(ROOT, '.cache', 'install.lock');
const LOCK_STALE_MS = 15_000;

const separator = process.argv.indexOf('--');
const [command, ...args] = separator < 0 ? [] : process.argv.slice(separator + 1);
const dev = process.argv.slice(2, separator < 0 ? undefined : separator).includes('--dev');
if (!command) {
  process.stderr.write('usage: node scripts/with-dependencies.mjs [--dev] -- command [args]\n');
  process.exit(2);
}

if (installed(dev) === 'no') await install();
start();

/** Whether node_modules is what the lock file says; `runtime-only` lacks nothing but development packages. */
function installed(wantDev) {
  let locked;
  let present;
  try {
    locked = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;
    // npm writes this file last, so a half-done install has none.
    present = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return 'no';
  }
  for (const [where, entry] of Object.entries(locked)) {
    if (where === '') continue;
    const here = present[where];
    if (here) {
      if (here.version !== entry.version || here.integrity !== entry.integrity) return 'no';
    } else if (!entry.optional && !entry.devOptional && (wantDev || !entry.dev)) {
      return 'no';
    }
  }
  return Object.keys(present).every((where) => locked[where]) ? 'yes' : 'no';
}

async function install() {
  const started = Date.now();
  let doing = 'waiting for another install';
  const { say, stop } = heartbeat(() => `dependencies: ${doing}, ${seconds(started)}`);
  const release = await takeLock();
  try {
    if (installed(dev) !== 'no') return;
    // `npm ci` empties node_modules first. Where only development packages are missing, adding them
    // spares a demo that is running from there.
    const adding = dev && installed(false) !== 'no';
    const npmArgs = adding ? ['install', '--no-save', '--include=dev'] : ['ci', dev ? '--include=dev' : '--omit=dev'];
    doing = `npm ${npmArgs.join(' ')}`;
    say(`dependencies: ${doing}`);
    const { status, output } = await run('npm', [...npmArgs, '--no-audit', '--no-fund'], { cwd: ROOT });
    if (status !== 0) {
      say(output);
      say(`dependencies: ${doing} failed (exit status ${status}) after ${seconds(started)}`);
      process.exitCode = status;
      process.exit();
    }
    say(`dependencies: ready after ${seconds(started)}`);
  } finally {
    release();
    stop();
  }
}

/** A folder is a lock that every file system has; its owner touches it, so a dead owner's is recognised. */
async function takeLock() {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    try {
      if (Date.now() - statSync(LOCK).mtimeMs > LOCK_STALE_MS) {
        const aside = `${LOCK}.${process.pid}`;
        renameSync(LOCK, aside);
        rmSync(aside, { recursive: true, force: true });
        continue;
      }
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
      continue;
    }
    await sleep(200);
  }
  const touch = setInterval(() => {
    try {
      utimesSync(LOCK, new Date(), new Date());
    } catch {
      // Taken away by somebody who thought us dead: npm itself copes with two installs, if slowly.
    }
  }, 2_000);
  const release = () => {
    clearInterval(touch);
    rmSync(LOCK, { recursive: true, force: true });
  };
  process.once('exit', release);
  return () => {
    process.removeListener('exit', release);
    release();
  };
}

/** Hands over: the command's own input, output, signals and exit status. */
function start() {
  const env = { ...process.env };
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [path.join(ROOT, 'node_modules', '.bin'), env[pathName]].filter(Boolean).join(path.delimiter);
  const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR2']) {
    process.on(signal, () => {
      // Ctrl-C reaches the whole foreground group already; twice would mean "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
