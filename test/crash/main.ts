/** The bot's process under the crash test: the usual bot, with every port watched, and stopped where it is told to. */
import { createLog } from '../../src/adapters/telemetry/log.ts';
import { startBot } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatProblems } from '../../src/config/report.ts';
import { aroundEveryPort } from './every-port.ts';
import { Stops } from './stops.ts';

const config = await loadConfig(process.env);
if (!config.ok) throw new Error(formatProblems(config.problems));
const stops = new Stops(String(process.env.CRASH_FOLDER));
const log = createLog({ level: config.value.logLevel });
/** A mistake to be found out: it looks for what it posted, and never finds it. */
const isForgetful = process.env.CRASH_MISTAKE === 'forgetful';
const bot = await startBot(config.value, log, (workspace) =>
  aroundEveryPort(workspace, (call, make) =>
    stops.around(call, isForgetful && call.name === 'slack.find' ? () => Promise.resolve({ kind: 'absent' }) : make),
  ),
);
createLog({ level: 'info' }).info(
  { event: 'ready', port: bot.port, admin_port: bot.adminPort, pid: process.pid },
  'ready',
);
process.once('SIGTERM', () => {
  void bot.stop().then(() => process.exit(0));
});
