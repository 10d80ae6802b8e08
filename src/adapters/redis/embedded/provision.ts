/**
 * Embedded Redis: fetches the distribution's own package into a folder, without root and without touching
 * the system: apt gets lists and archives of its own, and dpkg only unpacks.
 */
import { lstat, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFolderLock } from './folder-lock.ts';
import { type OnLine, tryRun } from './processes.ts';

export interface ProvisionOptions {
  /** The folder that is to hold the server; appears whole or not at all. */
  readonly target: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: OnLine;
  /** Whether the server in a folder starts. */
  readonly isUsable: (dir: string) => Promise<boolean>;
}

type Provisioned = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * The server is inside the tools' package, under the name of a tool: one program looks at the name it was
 * started by. Its own package would only add a service.
 */
const PACKAGES = [
  { name: 'redis-tools', libraries: ['libjemalloc2', 'liblzf1'] },
  { name: 'valkey-tools', libraries: ['libjemalloc2', 'liblzf1'] },
];
const PROGRAMS = ['redis-server', 'redis-check-rdb', 'valkey-server', 'valkey-check-rdb'];
const STILL_BUSY_MS = 1_500;

/** Any number of processes may ask at once: one works, the others wait and find it done. */
export async function provisionServer(options: ProvisionOptions): Promise<Provisioned> {
  for (const tool of ['apt-get', 'dpkg']) {
    const { status } = await tryRun(tool, ['--version'], { env: options.env, timeoutMs: 10_000 });
    if (status !== 0) return { ok: false, reason: `no ${tool} here to fetch the distribution's package with` };
  }
  return withProgress(options.onLine, () =>
    withFolderLock(`${options.target}.lock`, async () => {
      if (await options.isUsable(options.target)) return { ok: true };
      const work = await mkdtemp(`${options.target}.tmp-`);
      try {
        return await fetchAndUnpack(work, options);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    }),
  );
}

async function fetchAndUnpack(work: string, options: ProvisionOptions): Promise<Provisioned> {
  const apt = await privateApt(work, options);
  const reasons: string[] = [];
  for (const { name, libraries } of PACKAGES) {
    const tree = path.join(work, name);
    const fetched = await apt.download([name, ...libraries]);
    if (fetched !== undefined) {
      reasons.push(fetched);
      continue;
    }
    await apt.unpack(tree);
    await nameTheServer(tree);
    // Another release may link the server with more than those: then take everything the package asks for.
    if (!(await options.isUsable(tree)) && (await apt.download(await apt.dependencies(name))) === undefined) {
      await apt.unpack(tree);
    }
    if (!(await options.isUsable(tree))) {
      reasons.push(`the server in ${name} does not start here`);
      continue;
    }
    await rm(options.target, { recursive: true, force: true });
    await rename(tree, options.target);
    options.onLine(`Redis: ready in ${options.target}`);
    return { ok: true };
  }
  return { ok: false, reason: reasons.join('; ') };
}

/** apt with everything it writes under `work`. */
async function privateApt(work: string, { env, onLine }: ProvisionOptions) {
  const archives = path.join(work, 'archives');
  const state = path.join(work, 'state');
  for (const dir of [path.join(archives, 'partial'), path.join(state, 'lists', 'partial')]) {
    await mkdir(dir, { recursive: true });
  }
  const settings = [
    // A container's apt cleans the system's archives after an update.
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    `Dir::Cache "${path.join(work, 'cache')}";`,
    `Dir::Cache::archives "${archives}";`,
    'APT::Sandbox::User "";',
    'Acquire::Languages "none";',
    'Acquire::Retries "2";',
    'Acquire::http::Timeout "20";',
    'Acquire::https::Timeout "20";',
  ];
  const theirs = path.join(work, 'apt-system-lists.conf');
  const ours = path.join(work, 'apt-own-lists.conf');
  await mkdir(path.join(work, 'cache'), { recursive: true });
  await writeFile(theirs, `${settings.join('\n')}\n`);
  await writeFile(
    ours,
    [...settings, `Dir::State "${state}";`, 'Dir::State::status "/var/lib/dpkg/status";', ''].join('\n'),
  );
  // The machine's lists spare a download; they may be absent, or name versions that are gone.
  let lists = theirs;
  const run = (command: string, args: string[]) =>
    tryRun(command, args, { env: { ...env, LC_ALL: 'C' }, cwd: archives });
  const lastLine = (output: string) => output.trim().split('\n').at(-1) ?? '';

  return {
    /** `undefined`, or why not. */
    async download(packages: readonly string[]): Promise<string | undefined> {
      if (packages.length === 0) return 'nothing to download';
      onLine(`Redis: fetching the distribution's package ${packages[0]}`);
      let result = await run('apt-get', ['-q', '-c', lists, 'download', ...packages]);
      if (result.status !== 0 && lists === theirs) {
        onLine('Redis: fetching the package lists first');
        const update = await run('apt-get', ['-q', '-c', ours, 'update']);
        if (update.status !== 0) return `apt-get update: ${lastLine(update.output)}`;
        lists = ours;
        result = await run('apt-get', ['-q', '-c', lists, 'download', ...packages]);
      }
      return result.status === 0 ? undefined : `apt-get download ${packages.join(' ')}: ${lastLine(result.output)}`;
    },
    async unpack(tree: string): Promise<void> {
      for (const file of await readdir(archives)) {
        if (!file.endsWith('.deb')) continue;
        const { status, output } = await run('dpkg', ['-x', path.join(archives, file), tree]);
        if (status !== 0) onLine(`Redis: dpkg -x ${file}: ${lastLine(output)}`);
        await rm(path.join(archives, file));
      }
    },
    async dependencies(name: string): Promise<string[]> {
      const { output } = await run('apt-cache', ['-c', lists, 'depends', '--important', name]);
      return [...output.matchAll(/^\s*\|?Depends: ([a-z0-9][a-z0-9.+-]*)$/gm)]
        .map((match) => match[1] ?? '')
        .filter((dependency) => !['libc6', 'adduser', 'debconf'].includes(dependency));
    },
  };
}

async function nameTheServer(tree: string): Promise<void> {
  for (const program of PROGRAMS) {
    const file = path.join(tree, 'usr', 'bin', program);
    if (!(await stat(file).catch(() => undefined))?.isFile()) continue;
    const bin = path.join(tree, 'bin');
    // On a merged system a package may bring `bin` itself.
    if (!(await lstat(bin).catch(() => undefined))) await mkdir(bin);
    await symlink(path.join('..', 'usr', 'bin', program), path.join(bin, 'redis-server'));
    return;
  }
}

async function withProgress<T>(onLine: OnLine, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const timer = setInterval(
    () => onLine(`Redis: still at it, ${Math.round((Date.now() - started) / 1000)} s`),
    STILL_BUSY_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
