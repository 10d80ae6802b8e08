/** How the tests run: parallel files, each in its own process, nothing global. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    pool: 'forks',
    // Journeys mostly wait for other processes, so two at a time is what two cores bear.
    maxWorkers: 2,
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
