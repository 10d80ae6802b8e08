/** Waits for what another process does; everything of our own is awaited directly. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves with the first truthy answer; fails with `what` after `withinMs`. */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(10);
  }
}
