/** The rival on Vercel's Chat SDK: the same job with its modals, cards and actions, and its state in Redis. */
import { createSlackAdapter } from '@chat-adapter/slack';
import { createRedisState } from '@chat-adapter/state-redis';
import { type ActionEvent, type Adapter, Chat, ConsoleLogger } from 'chat';
import { createEndpoint } from '../naive/cloud.ts';
import type { Request as Asked } from '../naive/request.ts';
import { PORT, readSettings } from '../settings.ts';
import { requestCard, requestModal, SELECTS } from './cards.ts';
import { serve } from './http.ts';

const { endpoint, approvals, approvers, approverGroups } = readSettings();
const logger = new ConsoleLogger('warn');
// Both take what they need from the environment: tokens and SLACK_API_URL here, REDIS_URL there.
const slack = createSlackAdapter({ logger });
const state = createRedisState({ logger });
// Its own types do not know exact optional properties.
const adapters = { slack: slack as Adapter };
const bot = new Chat({ userName: 'vpc-endpoint', adapters, state, logger });

bot.onSlashCommand('/vpc-endpoint', async ({ text, channel, openModal }) => {
  const [, instance = '', service = '', zone = ''] = text.split(/\s+/);
  const id = `req_${Date.now()}${Math.random().toString(36).slice(2, 8)}`;
  await openModal(requestModal({ instance, service, zone }, { id, channel: channel.id }));
});

// What was typed is offered: the cloud will say if it is wrong.
bot.onOptionsLoad(Object.keys(SELECTS), ({ query }) => (query === '' ? [] : [{ label: query, value: query }]));

bot.onModalSubmit('create_endpoint', async ({ values, user, privateMetadata = '{}' }) => {
  const { id, channel } = JSON.parse(privateMetadata) as Pick<Asked, 'id' | 'channel'>;
  const { instance = '', service = '', zone = '', reason = '' } = values;
  const request = { id, requester: user.userId, instance, service, zone, reason, channel };
  await bot
    .channel(`slack:${approvals}`)
    .post(requestCard(request, ':hourglass_flowing_sand: *Waiting for approval.*', true));
  return undefined;
});

async function mayApprove(user: string): Promise<boolean> {
  if (approvers.includes(user)) return true;
  for (const usergroup of approverGroups) {
    const { users = [] } = await slack.webClient.usergroups.users.list({ usergroup });
    if (users.includes(user)) return true;
  }
  return false;
}

const requestOf = ({ value = '{}' }: ActionEvent): Asked => JSON.parse(value) as Asked;
const decision = ({ id }: Asked): string => `decided:${id}`;

async function show({ threadId, messageId }: ActionEvent, request: Asked, status: string): Promise<void> {
  await slack.editMessage(threadId, messageId, requestCard(request, status, false));
}

/** Whether it is this person's to decide; who may not, or comes too late, is told so. */
async function takes(event: ActionEvent, request: Asked): Promise<boolean> {
  const { user, thread } = event;
  const refuse = async (why: string) => {
    await thread?.postEphemeral(user, why, { fallbackToDM: false });
    return false;
  };
  if (user.userId === request.requester) return await refuse('You can’t decide your own request.');
  if (!(await mayApprove(user.userId))) return await refuse('You are not among the approvers.');
  if (await state.setIfNotExists(decision(request), user.userId)) return true;
  return await refuse('Somebody has decided it already.');
}

bot.onAction('approve', async (event) => {
  const request = requestOf(event);
  if (!(await takes(event, request))) return;
  const by = `approved by <@${event.user.userId}>`;
  await show(event, request, `:rocket: *Creating the endpoint*, ${by}.`);
  try {
    const made = await createEndpoint(endpoint, request);
    await show(
      event,
      request,
      `:white_check_mark: *Created* \`${made.id}\` with the domain \`${made.domain}\`, ${by}.`,
    );
    await bot
      .channel(request.channel)
      .post(`<@${request.requester}> your endpoint \`${made.id}\` is there: \`${made.domain}\` (${by})`);
  } catch (error) {
    await state.delete(decision(request));
    await show(event, request, `:red_circle: *Failed* ${error instanceof Error ? error.message : String(error)}`);
  }
});

bot.onAction('reject', async (event) => {
  const request = requestOf(event);
  if (await takes(event, request)) await show(event, request, `:x: *Rejected* by <@${event.user.userId}>.`);
});

const working = new Set<Promise<unknown>>();
const waitUntil = (task: Promise<unknown>): void => {
  working.add(task);
  void task.finally(() => working.delete(task));
};

await bot.initialize();
const { port, server } = await serve(Number(PORT), '/slack/events', (request) =>
  bot.webhooks.slack(request, { waitUntil }),
);
console.log(JSON.stringify({ event: 'ready', port, admin_port: port, pid: process.pid }));

async function stop(): Promise<void> {
  server.close();
  await Promise.allSettled(working);
  await bot.shutdown();
}

process.once('SIGTERM', () => {
  void stop().then(() => process.exit(0));
});
