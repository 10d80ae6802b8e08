/** `npm run sandbox [-- --port 3080 --locale zh-CN --log]`: the stand-ins and the real bot, with a page that looks and behaves like Slack. */
import { parseArgs } from 'node:util';

import { prepareForm } from './page/prepare.ts';
import { openSandbox } from './page/sandbox.ts';

const HEARTBEAT_MS = 2_000;
const DEFAULT_PORT = 3080;

const { values: chosen } = parseArgs({
  options: { port: { type: 'string' }, locale: { type: 'string' }, log: { type: 'boolean' } },
});

const say = (text = '') => process.stdout.write(`${text}\n`);

say('Starting a local Slack, a local Alibaba Cloud, an embedded Redis and the real bot …');
const beat = setInterval(() => say('…'), HEARTBEAT_MS);
const { stage, page, stop } = await openSandbox({
  port: Number(chosen.port ?? DEFAULT_PORT),
  locale: chosen.locale === 'zh-CN' ? 'zh-CN' : 'en',
  onLine: (line) => {
    if (chosen.log === true || line.level === 'error' || line.text !== undefined) say(`bot  ${JSON.stringify(line)}`);
  },
});
// The page opens on a form whose button is ready to be pressed.
await prepareForm(stage.slack, stage.cloud, 'U0ANN');
await prepareForm(stage.slack, stage.cloud, 'U0LIN');
clearInterval(beat);

say();
say(`  The page           ${page.url}`);
say(`  Every message      ${page.url}/gallery`);
say();
say(`Slack's Web API ${stage.slack.apiUrl} · Alibaba Cloud ${stage.cloud.url} · the bot ${stage.bot.eventsUrl}`);
say('With `-- --log` it prints what the bot logs. Ctrl-C stops it all.');

const end = () => {
  stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', end);
process.once('SIGTERM', end);
