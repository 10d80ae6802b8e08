/** `npm run demo`: the main job once, between the real bot and its stand-ins, told as people would see it. */
import { isCreate } from './alibaba-cloud/is-create.ts';
import type { LocalCall } from './alibaba-cloud/server.ts';
import type { LogLine } from './bot-process.ts';
import { cards, messagesIn, waitForCard, waitForText } from './journey.ts';
import { namesOf } from './slack/describe-workspace.ts';
import type { Message } from './slack/model.ts';
import { renderMessage, renderView } from './slack/render/render-text.ts';
import { openStage, type Stage } from './stage.ts';

const HEARTBEAT_MS = 2_000;

const say = (text = '') => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  say('Starting a local Slack, a local Alibaba Cloud, an embedded Redis and the real bot …');
  const beat = setInterval(() => say('…'), HEARTBEAT_MS);
  const startedAt = performance.now();
  const stage = await openStage({ onLine: tellTrouble });
  try {
    say(`Ready after ${seconds(startedAt)}. Everything below went over HTTP, through the bot's own process.`);
    const domain = await mainJob(stage);
    underneath(stage);
    say();
    say(domain);
  } finally {
    clearInterval(beat);
    await stage.stop();
  }
}

async function mainJob({ slack, cloud }: Stage): Promise<string> {
  const names = namesOf(slack.workspace);
  const shown = (message: Message) => print(renderMessage(message, names));
  const [ann, ben, cat] = [slack.as('U0ANN'), slack.as('U0BEN'), slack.as('U0CAT')];
  const instance = cloud.state.instances[0]?.instanceId ?? '';
  const service = cloud.state.services[0]?.serviceId ?? '';

  heading(`#data-platform   Ann types: /vpc-endpoint create ${instance} ${service}`);
  await ann.command('C0DATA', '/vpc-endpoint', `create ${instance} ${service}`);
  const form = await ann.waitForView('create_endpoint');
  const [zone] = await ann.search(form, 'zone', '');
  if (zone === undefined) throw new Error('no zone was offered');
  await ann.pick(form, 'zone', zone);
  await ann.type(form, 'reason', 'Watcher alerts have to reach the on-call webhook');
  print(renderView(form, names));
  await ann.submit(form);

  const card = await waitForCard(slack, 'approve');
  heading('#vpc-approvals   the card');
  shown(card);
  const waiting = await slack.waitFor(() => ann.ephemerals('C0DATA').at(-1), { what: 'what Ann is told' });
  heading('#data-platform   only Ann sees');
  shown(waiting);

  heading('#vpc-approvals   Ben and Cat press Approve in the same moment');
  await Promise.all([ben.click(card, 'approve'), cat.click(card, 'approve')]);
  const late = await slack.waitFor(() => [...ben.ephemerals('C0APPROVALS'), ...cat.ephemerals('C0APPROVALS')][0], {
    what: 'what the second one is told',
  });
  say('  only the second one sees:');
  shown(late);

  const result = await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
  heading('#data-platform   the result');
  shown(result);
  await slack.waitFor(() => replies(slack.workspace.messages, card).length > 0 && settled(card), {
    timeoutMs: 10_000,
    what: 'the final card and its thread',
  });
  heading('#vpc-approvals   the card now, and its thread');
  shown(card);
  for (const reply of replies(slack.workspace.messages, card)) shown(reply);
  const audit = await slack.waitFor(() => messagesIn(slack, 'C0AUDIT').at(-1), { what: 'the audit line' });
  heading('#vpc-audit');
  shown(audit);

  const [endpoint] = cloud.state.endpoints;
  if (endpoint === undefined || cards(slack).length !== 1) throw new Error('the demo did not end as it should');
  return endpoint.domain;
}

function underneath({ cloud, slack }: Stage): void {
  const creates = cloud.calls.filter(isCreate);
  heading('Underneath');
  say(`  Alibaba Cloud: ${cloud.calls.length} signed calls: ${tally(cloud.calls.map(nameOf))}`);
  say(`  Approve was pressed twice: ${creates.length} create sent, ${cloud.state.endpoints.length} endpoint there.`);
  say(`  ClientToken ${creates[0]?.clientToken}, stored before it was sent.`);
  say(`  Slack: ${slack.log.calls.length} calls: ${tally(slack.log.calls.map(({ method }) => method))}`);
  say(`  Redis: the embedded one, every write on disk before it counted.`);
}

function nameOf({ action, dryRun }: LocalCall): string {
  return dryRun ? `${action} (dry run)` : action;
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}

function replies(messages: readonly Message[], card: Message): readonly Message[] {
  return messages.filter(({ thread_ts }) => thread_ts === card.ts);
}

function settled(card: Message): boolean {
  return !card.blocks.some(({ type }) => type === 'actions');
}

function heading(text: string): void {
  say();
  say(`── ${text}`);
}

function print(lines: readonly string[]): void {
  for (const line of lines) say(`  ${line}`);
}

function tellTrouble(line: LogLine): void {
  if (line.level === 'error' || line.level === 'warn' || line.text !== undefined) say(`  bot: ${JSON.stringify(line)}`);
  else if (line.msg === 'embedded redis' && !String(line.line).startsWith('redis:')) say(`  ${String(line.line)}`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}

await main();
