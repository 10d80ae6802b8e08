/** Embedded Redis: where a fetched server is kept, and whether what lies there can be trusted. */
import { constants } from 'node:fs';
import { access, lstat, mkdir, readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

export interface CacheFolder {
  readonly path: string;
  /** The name of the server's tree in it: a home may be shared between machines. */
  readonly entry: string;
  readonly writable: boolean;
}

/** `$XDG_CACHE_HOME` or `~/.cache`, then the system's folder for temporary files; only those that are ours. */
export async function cacheFolders(env: NodeJS.ProcessEnv): Promise<readonly CacheFolder[]> {
  const uid = process.getuid?.() ?? 0;
  const home = env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache');
  const candidates = [
    path.join(home, 'vpc-endpoint-bot', 'redis'),
    path.join(env.TMPDIR || tmpdir(), `vpc-endpoint-bot-${uid}`, 'redis'),
  ];
  const entry = await entryName();
  const folders: CacheFolder[] = [];
  for (const candidate of candidates) {
    const writable = await mkdir(candidate, { recursive: true, mode: 0o700 })
      .then(() => access(candidate, constants.W_OK))
      .then(() => true)
      .catch(() => false);
    if (!(await isOurs(candidate, uid))) continue;
    folders.push({ path: candidate, entry, writable });
    if (writable) break;
  }
  return folders;
}

/** In a folder that everybody may write to, somebody else could have put a program of theirs. */
async function isOurs(folder: string, uid: number): Promise<boolean> {
  for (const dir of [folder, path.dirname(folder)]) {
    const info = await lstat(dir).catch(() => undefined);
    if (!info?.isDirectory()) return false;
    if (info.uid !== uid && info.uid !== 0) return false;
    if ((info.mode & 0o002) !== 0) return false;
  }
  return true;
}

/** Such as `debian-12-x64`: a program of one release may lack its libraries on another. */
async function entryName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (name: string) => new RegExp(`^${name}="?([\\w.-]+)"?$`, 'm').exec(release)?.[1];
  return [field('ID') ?? process.platform, field('VERSION_ID') ?? 'any', process.arch].join('-');
}
