/** `npm run sandbox`: the stand-ins and the real bot, left running, with a page that looks and behaves like Slack. */

import { prepareForm } from './page/prepare.ts';
import { openSandbox } from './page/sandbox.ts';

const HEARTBEAT_MS = 2_000;
const DEFAULT_PORT = 3080;

const say = (text = '') => process.stdout.write(`${text}\n`);

say('Starting a local Slack, a local Alibaba Cloud, an embedded Redis and the real bot …');
const beat = setInterval(() => say('…'), HEARTBEAT_MS);
const { stage, page, stop } = await openSandbox({
  port: Number(process.env.SANDBOX_PORT ?? DEFAULT_PORT),
  onLine: (line) => {
    if (process.env.SANDBOX_LOG === '1' || line.level === 'error' || line.text !== undefined)
      say(`bot  ${JSON.stringify(line)}`);
  },
});
// The page opens on a form whose button is ready to be pressed.
await prepareForm(stage.slack, stage.cloud, 'U0ANN');
clearInterval(beat);

say();
say(`  The page           ${page.url}`);
say(`  Every message      ${page.url}/gallery`);
say();
say(`Slack's Web API ${stage.slack.apiUrl} · Alibaba Cloud ${stage.cloud.url} · the bot ${stage.bot.eventsUrl}`);
say('SANDBOX_LOG=1 prints what the bot logs. Ctrl-C stops it all.');

const end = () => {
  stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', end);
process.once('SIGTERM', end);
