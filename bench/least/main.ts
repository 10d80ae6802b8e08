/** The least that the promise needs, on a bare Bolt: one write to a durable Redis, then the ack, then one answer. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { Redis } from 'ioredis';
import { openBolt, startBolt } from '../bolt.ts';
import { REDIS_URL } from '../settings.ts';

const app = openBolt();
const redis = new Redis(REDIS_URL);

/** The server is set to sync its append-only file before it answers. */
const store = (what: object) => redis.rpush('inbox', JSON.stringify(what));

app.command('/vpc-endpoint', async ({ ack, command, respond }) => {
  await store({ command: command.text, user: command.user_id, channel: command.channel_id });
  await ack();
  await respond({ response_type: 'ephemeral', text: `Stored: ${command.text}` });
});

app.action<BlockAction<ButtonAction>>('approve', async ({ ack, action, body, respond }) => {
  await store({ approve: action.value, user: body.user.id });
  await ack();
  await respond({ response_type: 'ephemeral', replace_original: false, text: `Stored: approve ${action.value}` });
});

// Whoever has no Redis is not ready.
await redis.ping();
await startBolt(app);
