/** The long form of the interleavings: more commits of each worker, and a crash of either. */
import { startPrivateRedis } from '../support/redis.ts';
import { APPROVE, type Bounds, CANCEL, explore, REJECT } from './interleavings.ts';

const ALL: readonly Bounds[] = [
  { commits: 2, crash: 'either', clicks: [APPROVE, REJECT] },
  { commits: 2, crash: 'either', clicks: [APPROVE, CANCEL] },
  { commits: 3, crash: 'nobody', clicks: [APPROVE, REJECT] },
];

/** @returns a line for each, and everything that was wrong. */
export async function exploreAll(
  say: (line: string) => void,
): Promise<{ readonly lines: readonly string[]; readonly failures: readonly string[] }> {
  const redis = await startPrivateRedis();
  const [lines, failures]: [string[], string[]] = [[], []];
  try {
    for (const bounds of ALL) {
      const what = `${bounds.clicks.map(({ kind }) => kind).join(' and ')}, two workers, ${bounds.commits} commits each, ${bounds.crash} crashes`;
      say(`interleavings: ${what}`);
      const { schedules, violations } = await explore(redis.client(), bounds);
      lines.push(`${what}: ${schedules} schedules, ${violations.length} violations`);
      failures.push(...violations);
    }
  } finally {
    await redis.stop();
  }
  return { lines, failures };
}
