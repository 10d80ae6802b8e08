/** Starts the bot from the environment, says when it is ready, and stops it on SIGTERM or SIGINT. */
import { createLog } from './adapters/telemetry/log.ts';
import { type RunningBot, startBot } from './compose.ts';
import { loadConfig } from './config/load-config.ts';
import { EXIT_BAD_SETTINGS, formatProblems } from './config/report.ts';

/** What is left after this is left to the next process: everything that counts is in Redis. */
const STOP_WITHIN_MS = 14_500;

const config = await loadConfig(process.env);
if (config.ok) {
  const log = createLog({ level: config.value.logLevel });
  let bot: RunningBot | undefined;
  let stopping = false;

  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'stopping', signal }, 'stopping');
    // It has taken nothing yet that it could owe anybody.
    if (bot === undefined) process.exit(0);
    setTimeout(() => {
      log.error({}, 'not everything was finished in time; the next process takes it up');
      process.exit(0);
    }, STOP_WITHIN_MS).unref();
    bot.stop().then(
      () => {
        log.info({ event: 'stopped' }, 'stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ error }, 'stopped with an error');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    bot = await startBot(config.value, log);
    // Whatever the level: with PORT=0 nothing else tells where it listens.
    createLog({ level: 'info' }).info(
      { event: 'ready', port: bot.port, admin_port: bot.adminPort, pid: process.pid },
      'ready',
    );
  } catch (error) {
    log.error({ error }, error instanceof Error ? error.message : 'not started');
    process.exit(1);
  }
} else {
  process.stderr.write(formatProblems(config.problems));
  process.exit(EXIT_BAD_SETTINGS);
}
