/** How the tests run: parallel files, each in its own process, nothing global. */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Begun first, so that none of them is left to run alone at the end. */
const LONGEST = [
  'test/torture/torture.test.ts',
  'test/crash/crash.test.ts',
  'test/page/page.test.ts',
  'test/pairwise/main-job.test.ts',
  'test/journeys/surviving.test.ts',
  'test/journeys/socket-connections.test.ts',
  'test/journeys/slack-misbehaves.test.ts',
  'test/bench/bench.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Most of what a journey does is waiting, for a claim or a take-over: two at a time leave the bots a core between them.
    maxWorkers: 2,
    isolate: true,
    fileParallelism: true,
    // The Redis server is found and the bot built before any file’s clock runs.
    globalSetup: ['test/support/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // A test that waits for a promise nobody settles should say so in its own name.
    dangerouslyIgnoreUnhandledErrors: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reportsDirectory: 'coverage' },
  },
});
