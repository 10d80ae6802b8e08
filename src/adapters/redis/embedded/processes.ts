/** Embedded Redis: short-lived child processes. */
import { spawn } from 'node:child_process';

/** Takes one line of progress, for a person to read. */
export type OnLine = (line: string) => void;

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** 127 when it could not be started, 124 when it took too long. */
  readonly status: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Runs a command to its end; never throws for what the command does. */
export function tryRun(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Not spawn's own `timeout`: its timer goes on for a command that could not be started.
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 120_000);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const end = (result: RunResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    child.once('error', (error) => end({ status: 127, output: error.message }));
    child.once('close', (code) => end({ status: code ?? 124, output: out + err }));
  });
}
