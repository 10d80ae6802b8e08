/** Embedded Redis: a private server beside this process, kept alive for as long as this process lives. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer } from './find-server.ts';
import { launch, type ServerProcess } from './launch.ts';
import type { OnLine } from './processes.ts';

export interface EmbeddedRedisOptions {
  /** Where the data lives; made when absent. One server at a time uses it. */
  readonly dir: string;
  /** `false`: nothing is written to disk. For tests. */
  readonly durable?: boolean;
  /** Progress, and what the server itself has to say. */
  readonly onLine?: OnLine;
  /** The server went away by itself; it is being started again. Readiness should fail until `onUp`. */
  readonly onDown?: (reason: string) => void;
  readonly onUp?: () => void;
  readonly env?: NodeJS.ProcessEnv;
}

export interface EmbeddedRedis {
  /** Fits `new Redis(connection)` of ioredis. */
  readonly connection: { readonly path: string };
  readonly socketPath: string;
  /** The same place as a REDIS_URL, for another process. */
  readonly url: string;
  /** Of the server that runs now; `undefined` while it is down. */
  pid(): number | undefined;
  /** Why it is down; `undefined` while it is up. */
  problem(): string | undefined;
  /** Lets the server finish and write; safe to call twice. */
  stop(): Promise<void>;
}

/** sun_path holds 108 bytes with its end; the server adds none of its own. */
const LONGEST_SOCKET_PATH = 107;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** A server that lived this long was well: its next death is a new story. */
const WELL_AFTER_MS = 10_000;

/**
 * @throws {FolderInUseError} when another process uses `dir`.
 * @throws {NoRedisServerError} when there is no server to start.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const onLine = options.onLine ?? (() => {});
  const dir = path.resolve(options.dir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const server = await findServer({ onLine, ...(options.env ? { env: options.env } : {}) });
  const socket = await socketFor(dir);
  const start = () => launch({ server, dir, socketPath: socket.path, durable: options.durable ?? true, onLine });

  let current: ServerProcess | undefined;
  let problem: string | undefined;
  const stopping = new AbortController();
  try {
    current = await start();
  } catch (error) {
    await socket.remove();
    throw error;
  }

  const supervise = async () => {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const startedAt = Date.now();
      const ended = await current?.ended;
      current = undefined;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > WELL_AFTER_MS) pause = FIRST_PAUSE_MS;
      problem = `the embedded Redis ended (${ended ?? 'not started'})`;
      options.onDown?.(problem);
      while (!current) {
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        try {
          current = await start();
        } catch (error) {
          problem = error instanceof Error ? error.message : String(error);
          onLine(`Redis: ${problem}`);
        }
      }
      // Asked to stop while it was starting.
      if (stopping.signal.aborted) {
        await current.stop();
        current = undefined;
        return;
      }
      problem = undefined;
      options.onUp?.();
    }
  };
  const supervision = supervise();

  const stop = async () => {
    stopping.abort();
    await current?.stop();
    await supervision;
    await socket.remove();
  };
  let stopped: Promise<void> | undefined;

  return {
    connection: { path: socket.path },
    socketPath: socket.path,
    url: `unix://${socket.path}`,
    pid: () => current?.pid,
    problem: () => (current ? undefined : (problem ?? 'the embedded Redis is stopped')),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Beside the data, or where that is too deep for a socket's name, in a short temporary folder. */
async function socketFor(dir: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const fits = (file: string) => Buffer.byteLength(file) <= LONGEST_SOCKET_PATH;
  const beside = path.join(dir, 'redis.sock');
  // The server removes its own; the one we see may belong to another server, which refused us the folder.
  if (fits(beside)) return { path: beside, remove: async () => {} };
  const root = fits(path.join(tmpdir(), 'vpce-123456', 'redis.sock')) ? tmpdir() : '/tmp';
  const folder = await mkdtemp(path.join(root, 'vpce-'));
  return { path: path.join(folder, 'redis.sock'), remove: () => rm(folder, { recursive: true, force: true }) };
}
