/** Embedded Redis: one of several processes at a time, by a folder that only one of them can make. */
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const TOUCHED_EVERY_MS = 1_000;
/** An owner that has not touched its lock for this long is dead (its process id may mean somebody else by now). */
const DEAD_AFTER_MS = 10_000;

/**
 * Best effort by design: should two ever hold it (an owner that was stopped for ten seconds), both do the
 * same work and the later rename wins.
 */
export async function withFolderLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  while (!(await made(lock))) {
    const touched = await stat(lock)
      .then(({ mtimeMs }) => mtimeMs)
      .catch(() => undefined);
    if (touched !== undefined && Date.now() - touched > DEAD_AFTER_MS) {
      const aside = `${lock}.dead-${process.pid}`;
      await rename(lock, aside).catch(() => {});
      await rm(aside, { recursive: true, force: true });
    }
    await sleep(100);
  }
  const timer = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, TOUCHED_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await rm(lock, { recursive: true, force: true });
  }
}

async function made(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
