/** Embedded Redis: one server process, from its start to its end. */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerBinary } from './find-server.ts';
import { type OnLine, tryRun } from './processes.ts';

export interface LaunchOptions {
  readonly server: ServerBinary;
  readonly dir: string;
  readonly socketPath: string;
  readonly durable: boolean;
  readonly onLine: OnLine;
}

export interface ServerProcess {
  readonly pid: number;
  /** Settles when it is gone, with its last words. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Two servers in one folder do not notice each other and destroy the data: the second is refused. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(dir: string, who = 'another process') {
    super(`${who} uses ${dir}: stop it, or set DATA_DIR to another folder`);
  }
}

const EXIT_LOCKED = 75;
const FIRST_ANSWER_MS = 30_000;
/** Longer than a fsync of a slow disk; then it is killed, which loses nothing that was acknowledged. */
const STOP_MS = 5_000;

/** Resolves when the server answers PING. */
export async function launch(options: LaunchOptions): Promise<ServerProcess> {
  const { server, dir, socketPath, durable, onLine } = options;
  const lock = path.join(dir, 'lock');
  const wrappers = await availableWrappers();
  if (!wrappers.flock && durable) await refuseIfAlive(dir, lock);

  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const argv = [
    ...(wrappers.setpriv ? ['setpriv', '--pdeathsig', 'TERM'] : []),
    ...(wrappers.flock && durable ? ['flock', '--no-fork', '-n', '-E', String(EXIT_LOCKED), lock] : []),
    server.command,
    ...['--port', '0', '--unixsocket', socketPath, '--unixsocketperm', '700', '--dir', dir],
    ...persistence,
    ...['--save', '', '--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
  ];
  const [command = server.command, ...args] = argv;
  const child = spawn(command, args, {
    env: { ...process.env, ...server.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C is for the bot, which still has work to write down.
    detached: true,
  });

  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        lastLines.push(line);
        if (lastLines.length > 5) lastLines.shift();
        onLine(`redis: ${line}`);
      }
    });
  }

  // Where setpriv is missing this covers every end of ours but SIGKILL.
  const killWithUs = () => child.kill('SIGTERM');
  process.once('exit', killWithUs);
  let exit: { readonly code: number | null; readonly words: string } | undefined;
  const ended = new Promise<string>((resolve) => {
    const end = (code: number | null, words: string) => {
      if (exit) return;
      exit = { code, words };
      process.removeListener('exit', killWithUs);
      resolve(words);
    };
    child.once('error', (error) => end(null, error.message));
    child.once('close', (code, signal) => end(code, signal ?? [`status ${code}`, ...lastLines.slice(-1)].join(': ')));
  });

  const deadline = Date.now() + FIRST_ANSWER_MS;
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 100)) {
    const answer = await ask(socketPath, child.pid);
    if (exit?.code === EXIT_LOCKED) throw new FolderInUseError(dir);
    if (exit) throw new Error(`redis-server ended at once (${[exit.words, ...lastLines].join('\n')})`);
    if (answer === 'ready') break;
    // Loading a large file takes what it takes; silence does not.
    if (answer === 'silence' && Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`redis-server does not answer on ${socketPath} (${lastLines.join('\n')})`);
    }
    await sleep(pause);
  }

  const pid = child.pid ?? 0;
  if (!wrappers.flock && durable) await writeFile(lock, String(pid));
  return {
    pid,
    ended,
    async stop() {
      if (exit) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(killer);
      if (!wrappers.flock && durable) await rm(lock, { force: true });
    },
  };
}

let wrappers: Promise<{ readonly flock: boolean; readonly setpriv: boolean }> | undefined;

/**
 * util-linux has both; BusyBox has smaller ones, macOS none. Without flock a file with the server's process id
 * stands in, which a crash of the machine can leave behind; without setpriv a SIGKILL of ours leaves the server.
 */
function availableWrappers() {
  const works = async (command: string, args: string[]) =>
    (await tryRun(command, args, { timeoutMs: 5_000 })).status === 0;
  wrappers ??= Promise.all([
    works('flock', ['--no-fork', '-n', '-E', String(EXIT_LOCKED), '/', 'true']),
    works('setpriv', ['--pdeathsig', 'TERM', 'true']),
  ]).then(([flock, setpriv]) => ({ flock, setpriv }));
  return wrappers;
}

async function refuseIfAlive(dir: string, lock: string): Promise<void> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) return;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return;
  }
  throw new FolderInUseError(dir, `process ${pid}`);
}

/** Asks who answers, too: the folder's socket may still belong to the server that holds the lock. */
function ask(socketPath: string, pid: number | undefined): Promise<'ready' | 'loading' | 'silence'> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let reply = '';
    const end = (answer: 'ready' | 'loading' | 'silence') => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end('silence'));
    socket.once('error', () => end('silence'));
    socket.once('close', () => end('silence'));
    socket.once('connect', () => socket.write('INFO server\r\nPING\r\n'));
    socket.setEncoding('latin1').on('data', (text: string) => {
      reply += text;
      const last = /\r\n([+-][^\r\n]*)\r\n$/.exec(reply)?.[1];
      if (last === undefined) return;
      const ours = reply.includes(`process_id:${pid}\r\n`);
      // Any other error, such as MISCONF of a full disk, is a server that lives.
      end(!ours ? 'silence' : last.startsWith('-LOADING') ? 'loading' : 'ready');
    });
  });
}
