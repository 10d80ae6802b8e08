/** Waiting as a person waits: looks again and again, and at some time gives up without an error. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 100;

export async function within<T>(ms: number, look: () => T | Promise<T>): Promise<NonNullable<T> | undefined> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > deadline) return undefined;
    await pause(LOOK_MS);
  }
}
