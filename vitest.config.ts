/** How the tests run: parallel files, each in its own process, nothing global. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    pool: 'forks',
    // One core is left to the bot that a journey drives: what it promises in time, it promises with a core to run on.
    maxWorkers: 1,
    isolate: true,
    fileParallelism: true,
    // The Redis server is found, or fetched once, before any file's clock runs.
    globalSetup: ['test/support/redis-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // A test that waits for a promise nobody settles should say so in its own name.
    dangerouslyIgnoreUnhandledErrors: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reportsDirectory: 'coverage' },
  },
});
