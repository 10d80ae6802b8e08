/** `npm run burst`: so many requests approved in the same moment, and how it drains. `--requests n`, `--processes n`. */
import { parseArgs } from 'node:util';
import { startServer } from '../support/redis-servers.ts';
import { burst } from './burst.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '1000' }, processes: { type: 'string', default: '2' } },
});
/** Between two creates, at their beginnings; how long each is on its way differs. */
const SPACING_MS = 100;
const say = (line: string) => process.stdout.write(`${line}\n`);
const redis = await startServer();
try {
  const report = await burst({
    requests: Number(values.requests),
    processes: Number(values.processes),
    redisUrl: `redis://127.0.0.1:${redis.port}`,
    say,
    untilCards: true,
  });
  const spread = (sorted: readonly number[]) =>
    [0.5, 0.99, 1].map((share) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0)).join(' / ');
  say(`requests ${report.requests}, endpoints ${report.endpoints}, messages doubled ${report.doubled}`);
  say(`acks of the approvals: ${spread(report.acks)} ms (median / 99 % / slowest)`);
  say(`acks of ${report.acksMeanwhile.length} clicks meanwhile: ${spread(report.acksMeanwhile)} ms`);
  say(`their answers: ${spread(report.answersMeanwhile)} ms`);
  say(
    `creates that overtook another: ${report.outOfOrder}; the closest two of ${report.promptCreates} that were seen in time: ${Math.round(report.closestCreatesMs)} ms apart`,
  );
  say(`posts and updates: ${report.posts}, of which Slack wanted ${report.slower} slower`);
  say(`all cards final after ${(report.drainedMs / 1_000).toFixed(1)} s`);
  const isInOrder = report.outOfOrder === 0 && report.closestCreatesMs >= SPACING_MS / 2;
  const wasSeen = report.promptCreates >= report.requests / 4;
  if (report.endpoints !== report.requests || report.doubled > 0 || !isInOrder || !wasSeen) {
    say('burst: FAILED');
    process.exitCode = 1;
  }
} finally {
  await redis.stop();
}
