/** Opens the Redis of the settings for one command, and closes it again. */
import { connect, type RedisClient } from '../adapters/redis/connection.ts';
import { createLog } from '../adapters/telemetry/log.ts';
import { readEnvironment } from '../config/environment.ts';
import { EXIT_BAD_SETTINGS, formatProblems } from '../config/report.ts';
import { openRedis } from '../open-redis.ts';

/**
 * Runs `work` and answers with its exit status; 1 with a sentence when Redis can't be had. With the embedded Redis the
 * bot itself must not be running: one process at a time uses its folder.
 */
export async function withRedis(work: (redis: RedisClient) => Promise<number>): Promise<number> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) {
    process.stderr.write(formatProblems(environment.problems));
    return EXIT_BAD_SETTINGS;
  }
  try {
    const opened = await openRedis(environment.value.redis, createLog({ level: 'silent' }));
    const redis = connect(opened.address);
    redis.on('error', () => {});
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
      await opened.stop();
    }
  } catch (error) {
    process.stderr.write(`vpc-endpoint-bot: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
