/** `npm run sandbox`: the stand-ins and the real bot, left running, with everything that happens printed. */

import { namesOf } from './slack/describe-workspace.ts';
import { renderMessage } from './slack/render/render-text.ts';
import { openStage } from './stage.ts';

const say = (text = '') => process.stdout.write(`${text}\n`);

say('Starting a local Slack, a local Alibaba Cloud, an embedded Redis and the real bot …');
const stage = await openStage({ onLine: (line) => say(`bot    ${JSON.stringify(line)}`) });
const { slack, cloud, bot } = stage;
say();
say(`Slack's Web API        ${slack.apiUrl}`);
say(`Alibaba Cloud          ${cloud.url}`);
say(`the bot, for Slack     ${bot.eventsUrl}`);
say(`the bot, for operators ${bot.adminUrl}  (POST /sandbox/clock {"advance_ms": n} moves time)`);
say('Ctrl-C stops it all.');

const shown = new Set<string>();
slack.workspace.changes.on(() => {
  for (const message of slack.workspace.messages) {
    const key = `${message.channel}/${message.ts}/${JSON.stringify(message.blocks)}`;
    if (shown.has(key)) continue;
    shown.add(key);
    const channel = slack.workspace.channels.get(message.channel)?.name ?? message.channel;
    for (const line of renderMessage(message, namesOf(slack.workspace))) say(`slack  #${channel}: ${line}`);
  }
});

const stop = () => {
  stage.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
