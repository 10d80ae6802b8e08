/** The real bot as a child process: started as an operator would, watched through its log lines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const READY_TIMEOUT_MS = 60_000;
/** A folder with built programs to start in place of the sources: tests start so many that compiling takes most of it. */
const BUILT = process.env.VPCE_BUILT;

export type LogLine = Readonly<Record<string, unknown>>;

export interface BotProcess {
  /** Of `/slack/events`; none in Socket Mode. */
  readonly eventsUrl: string | undefined;
  readonly adminUrl: string;
  /** Everything that it logged so far; lines that are not JSON as `{ text }`. */
  readonly lines: readonly LogLine[];
  /** From its start until it was ready. */
  readonly readyMs: number;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, unless it is gone already. @returns its exit status, or `undefined` when a signal ended it. */
  stop(): Promise<number | undefined>;
  readonly ended: Promise<number | undefined>;
}

/**
 * Resolves when the bot says that it is ready; rejects with what it said when it ends before.
 * @param entry another file to start it by.
 */
export async function startBot(
  env: Readonly<Record<string, string>>,
  onLine: (line: LogLine) => void = () => {},
  program = path.join('src', 'main.ts'),
): Promise<BotProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, commandOf(program), {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: LogLine[] = [];
  const ready = new Promise<LogLine>((resolve) => {
    eachLine(child, (line) => {
      lines.push(line);
      onLine(line);
      if (line.event === 'ready') resolve(line);
    });
  });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('exit', (status) => resolve(status ?? undefined));
  });
  // Whoever started it may end first.
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  void ended.then(() => process.off('exit', killWithUs));

  const line = await Promise.race([
    ready,
    ended.then((status) => fail(`the bot ended with status ${status} before it was ready`, lines)),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(said('the bot was not ready in time', lines))), READY_TIMEOUT_MS).unref();
    }),
  ]);
  return {
    eventsUrl: line.port === undefined ? undefined : `http://127.0.0.1:${line.port}/slack/events`,
    adminUrl: `http://127.0.0.1:${line.admin_port}`,
    lines,
    readyMs: performance.now() - startedAt,
    signal: (signal) => void child.kill(signal),
    async stop() {
      // A frozen process does not hear anything else.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      return await ended;
    },
    ended,
  };
}

function commandOf(program: string): readonly string[] {
  const built = BUILT === undefined ? undefined : path.join(BUILT, program.replace(/\.ts$/, '.mjs'));
  return built !== undefined && existsSync(built) ? [built] : ['--import', 'tsx', path.join(ROOT, program)];
}

function eachLine(child: ChildProcess, take: (line: LogLine) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) if (part !== '') take(parse(part));
    });
  }
}

function parse(text: string): LogLine {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? (line as LogLine) : { text };
  } catch {
    return { text };
  }
}

function fail(what: string, lines: readonly LogLine[]): never {
  throw new Error(said(what, lines));
}

function said(what: string, lines: readonly LogLine[]): string {
  return [what, ...lines.slice(-30).map((line) => `  ${JSON.stringify(line)}`)].join('\n');
}
