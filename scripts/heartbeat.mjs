/** Runs commands so that a line appears at least every two seconds, whatever they do. */
import { spawn } from 'node:child_process';

const SILENCE_MS = 1_000;

/**
 * Prints `line()` whenever nothing was said through `say` for a second. A timer of a busy machine
 * is late by some hundred milliseconds, hence not two seconds.
 */
export function heartbeat(line) {
  let last = Date.now();
  const say = (text) => {
    last = Date.now();
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  const timer = setInterval(() => {
    if (Date.now() - last >= SILENCE_MS) say(line());
  }, SILENCE_MS / 4);
  return { say, stop: () => clearInterval(timer) };
}

/** Runs a command; resolves with its exit status (128 + n for a signal) and what it printed. */
export function run(command, args, { onText, env = process.env, cwd, onChild } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    onChild?.(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        onText?.(text);
      });
    }
    child.on('error', (error) => resolve({ status: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => resolve({ status: code ?? (signal ? 128 : 1), output }));
  });
}

export const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
