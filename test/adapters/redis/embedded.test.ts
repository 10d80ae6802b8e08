/** Embedded Redis: real servers, really killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { findServer, NoRedisServerError } from '../../../src/adapters/redis/embedded/find-server.ts';
import { FolderInUseError } from '../../../src/adapters/redis/embedded/launch.ts';
import { startEmbeddedRedis } from '../../../src/adapters/redis/embedded/start-server.ts';
import { eventually } from '../../support/eventually.ts';
import { startPrivateRedis } from '../../support/redis.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
// Once for the file: its tests run side by side, each in folders of its own.
afterAll(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function folder(): Promise<string> {
  const dir = await mkdtemp('/tmp/vpce-embedded-');
  cleanUp.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function start(dir: string, options: Partial<Parameters<typeof startEmbeddedRedis>[0]> = {}) {
  const server = await startEmbeddedRedis({ dir, ...options });
  cleanUp.push(() => server.stop());
  return server;
}

function client(connection: { readonly path: string }): Redis {
  const redis = new Redis({ ...connection, retryStrategy: () => 20 });
  redis.on('error', () => {});
  cleanUp.push(async () => redis.disconnect());
  return redis;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.concurrent('an embedded Redis', () => {
  test('is durable, refuses to evict, and listens on its socket only', async () => {
    const redis = client((await start(await folder())).connection);
    for (const [name, value] of [
      ['appendonly', 'yes'],
      ['appendfsync', 'always'],
      ['maxmemory-policy', 'noeviction'],
      ['port', '0'],
      ['save', ''],
    ] as const) {
      expect(await redis.config('GET', name)).toEqual([name, value]);
    }
  });

  test('refuses a folder that another one uses, and says which', async () => {
    const dir = await folder();
    const first = await start(dir);
    const second = startEmbeddedRedis({ dir });
    await expect(second).rejects.toThrow(FolderInUseError);
    await expect(second).rejects.toThrow(`another process uses ${dir}`);
    expect(await client(first.connection).ping()).toBe('PONG');

    await first.stop();
    const third = await start(dir);
    expect(await client(third.connection).ping()).toBe('PONG');
  });

  test('comes back with its data when its server is killed, and says so', async () => {
    const told: string[] = [];
    const server = await start(await folder(), { onDown: (reason) => told.push(reason), onUp: () => told.push('up') });
    const redis = client(server.connection);
    await redis.set('kept', 'yes');
    const first = server.pid() ?? 0;
    process.kill(first, 'SIGKILL');
    await eventually('a second server', () => told.includes('up'));
    expect(told).toEqual(['the embedded Redis ended (SIGKILL)', 'up']);
    expect(server.problem()).toBeUndefined();
    expect(server.pid()).not.toBe(first);
    expect(await redis.get('kept')).toBe('yes');
  });

  test.each([
    ['nobody knows yet', 0],
    ['it is known, and another one is to be started', 1],
    ['another one is up', 2],
  ])('stops for good when asked to after its server was killed, when %s', async (_when, happened) => {
    const dir = await folder();
    const told: string[] = [];
    const server = await start(dir, { onDown: () => told.push('down'), onUp: () => told.push('up') });
    process.kill(server.pid() ?? 0, 'SIGKILL');
    await eventually('what has happened by then', () => told.length >= happened);
    await server.stop();
    expect(server.pid()).toBeUndefined();
    // Nobody is left who holds the folder.
    await (await start(dir)).stop();
  });

  test('keeps its data over a stop and a start', async () => {
    const dir = await folder();
    const first = await start(dir);
    await client(first.connection).set('kept', 'yes');
    await first.stop();
    await first.stop();
    expect(first.pid()).toBeUndefined();
    expect(first.problem()).toBe('the embedded Redis is stopped');
    expect(await client((await start(dir)).connection).get('kept')).toBe('yes');
  });

  test('goes away with a parent that is killed, and leaves the folder usable', async () => {
    const dir = await folder();
    const script = path.join(import.meta.dirname, '../../support/embedded-parent.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanUp.push(async () => parent.kill('SIGKILL'));
    const { value: line } = await createInterface({ input: parent.stdout })[Symbol.asyncIterator]().next();
    const { pid, url } = JSON.parse(String(line)) as { pid: number; url: string };
    const redis = client({ path: new URL(url).pathname });
    await redis.set('kept', 'yes');
    parent.kill('SIGKILL');
    await eventually('the server gone', () => !alive(pid));
    expect(await client((await start(dir)).connection).get('kept')).toBe('yes');
  });

  test('without flock and setpriv, as on macOS, still refuses a folder in use', async () => {
    const dir = await folder();
    const script = path.join(import.meta.dirname, '../../support/embedded-parent.ts');
    const begin = () => {
      const env = { ...process.env, PATH: '/nonexistent' };
      const parent = spawn(process.execPath, ['--import', 'tsx', script, dir], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      cleanUp.push(async () => parent.kill('SIGTERM'));
      return parent;
    };
    const first = begin();
    const { value: line } = await createInterface({ input: first.stdout })[Symbol.asyncIterator]().next();
    const { pid } = JSON.parse(String(line)) as { pid: number };
    let words = '';
    const second = begin();
    second.stderr.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
    await once(second, 'close');
    expect(words).toContain(`process ${pid} uses ${dir}`);
    process.kill(pid, 'SIGTERM');
  });

  test('lives in a folder too deep for a socket', async () => {
    const dir = path.join(await folder(), 'a'.repeat(60), 'b'.repeat(60));
    const server = await start(dir);
    expect(Buffer.byteLength(server.socketPath)).toBeLessThan(108);
    expect(await client(server.connection).ping()).toBe('PONG');
    expect(await readdir(dir)).toContain('appendonlydir');
  });

  test('for a test writes nothing', async () => {
    const redis = await startPrivateRedis();
    cleanUp.push(() => redis.stop());
    await redis.client().set('a', '1');
    expect(await readdir(path.dirname(redis.server.socketPath))).toEqual(['redis.sock']);
  });
});

describe.concurrent('without a server on PATH', () => {
  /** A PATH with these tools and nothing else. */
  async function toolsOnly(tools: Record<string, string>): Promise<string> {
    const dir = path.join(await folder(), 'bin');
    await mkdir(dir);
    for (const [name, script] of Object.entries(tools)) {
      await writeFile(path.join(dir, name), `#!/bin/sh\n${script}\n`);
      await chmod(path.join(dir, name), 0o755);
    }
    return dir;
  }

  test('eight that ask at once share one fetch, and the server works', async () => {
    const home = await folder();
    const lines: string[] = [];
    const env = { ...process.env, PATH: await withoutServers(), XDG_CACHE_HOME: home };
    const found = await Promise.all(
      Array.from({ length: 8 }, () => findServer({ env, onLine: (line) => lines.push(line) })),
    );
    expect(lines.filter((line) => line.startsWith('Redis: ready in'))).toHaveLength(1);
    expect(new Set(found.map(({ command }) => command)).size).toBe(1);
    expect(found[0]?.command.startsWith(home)).toBe(true);

    const server = await start(await folder(), { env });
    expect(await client(server.connection).ping()).toBe('PONG');
    expect((await findServer({ env })).origin).toBe('cached');
    const left = await readdir(path.join(home, 'vpc-endpoint-bot', 'redis'));
    expect(left.filter((name) => name.includes('.tmp-') || name.includes('.lock'))).toEqual([]);
  });

  test('without package lists it gets lists of its own', async () => {
    const wrapper = await toolsOnly({
      'apt-get':
        'case "$*" in *apt-system-lists.conf*) echo "E: no lists" >&2; exit 100;; esac\nPATH=$REAL_PATH exec apt-get "$@"',
    });
    const real = await withoutServers();
    const lines: string[] = [];
    const env = { ...process.env, PATH: `${wrapper}:${real}`, REAL_PATH: real, XDG_CACHE_HOME: await folder() };
    const server = await findServer({ env, onLine: (line) => lines.push(line) });
    expect(server.origin).toBe('fetched');
    expect(lines).toContain('Redis: fetching the package lists first');
  });

  test('where nothing can be fetched the error names the choices', async () => {
    const env = { PATH: await toolsOnly({}), XDG_CACHE_HOME: await folder(), HOME: '/nonexistent' };
    const attempt = findServer({ env });
    await expect(attempt).rejects.toThrow(NoRedisServerError);
    await expect(attempt).rejects.toThrow(
      /install redis-server or valkey-server[\s\S]*REDIS_URL[\s\S]*docker compose up/,
    );
    await expect(attempt).rejects.toThrow('no apt-get here');
  });

  test('a failing fetch is told in the words of apt', async () => {
    const env = {
      PATH: await toolsOnly({
        'apt-get': '[ "$1" = --version ] && exit 0\necho "E: the mirror is away" >&2; exit 100',
        dpkg: 'exit 0',
      }),
      XDG_CACHE_HOME: await folder(),
    };
    await expect(findServer({ env })).rejects.toThrow('apt-get update: E: the mirror is away');
  });

  test.each([
    ['too old', 'echo "Redis server v=6.2.7 sha=0"', 'is version 6, older than 7.0'],
    ['broken', 'echo "no such library" >&2; exit 127', 'does not run (no such library)'],
    ['something else', 'echo hello', 'is no Redis server (hello)'],
  ])('an installed one that is %s is passed over, with the reason', async (_, script, reason) => {
    const env = { PATH: await toolsOnly({ 'redis-server': script }), XDG_CACHE_HOME: await folder() };
    await expect(findServer({ env })).rejects.toThrow(reason);
  });

  /** The machine's PATH, as a folder of links that leaves the servers out. */
  async function withoutServers(): Promise<string> {
    const dirs = (process.env.PATH ?? '').split(path.delimiter);
    const has = async (dir: string) =>
      (await readdir(dir).catch(() => [])).some((name) => /^(redis|valkey)-server$/.test(name));
    const kept: string[] = [];
    for (const dir of dirs) if (dir && !(await has(dir))) kept.push(dir);
    const links = await toolsOnly(
      Object.fromEntries(
        ['apt-get', 'apt-cache', 'dpkg', 'dpkg-deb', 'flock', 'setpriv', 'tar', 'rm', 'xz', 'zstd'].map((tool) => [
          tool,
          `for d in /usr/bin /bin /usr/sbin /sbin; do [ -x $d/${tool} ] && exec $d/${tool} "$@"; done; exit 127`,
        ]),
      ),
    );
    return [...kept, links].join(path.delimiter);
  }
});
