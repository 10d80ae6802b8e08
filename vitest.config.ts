/** How the tests run: parallel files, each in its own process, nothing global. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    pool: 'forks',
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
