/** The command line as an operator runs it: a process of its own, with its own environment and its own stdin. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src/cli.ts');
const BUILT = process.env.VPCE_BUILT;
const CLI = BUILT === undefined ? ['--import', 'tsx', SOURCE] : [path.join(BUILT, 'src/cli.mjs')];

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed, one answer a line; then stdin ends. */
  readonly answers?: readonly string[];
  /** Sent when stdout has said this. */
  readonly interruptAfter?: string;
}

export function runCli(
  args: readonly string[],
  { env = {}, answers = [], interruptAfter }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [...CLI, ...args], {
    // Nothing of this machine's settings: only what the test says.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (interruptAfter !== undefined && stdout.includes(interruptAfter)) child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  for (const answer of answers) child.stdin.write(`${answer}\n`);
  if (interruptAfter === undefined) child.stdin.end();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
