/** How the rivals on Bolt are built and started: with the settings of Bolt's own first example. */
import { App, HTTPReceiver } from '@slack/bolt';
import { PORT, SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET } from './settings.ts';

export function openBolt(): App {
  const receiver = new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, endpoints: ['/slack/events'] });
  const app = new App({ receiver, token: SLACK_BOT_TOKEN, clientOptions: { slackApiUrl: SLACK_API_URL } });
  app.error(async (error) => {
    console.log(JSON.stringify({ level: 'error', error: error.message }));
  });
  return app;
}

export async function startBolt(app: App): Promise<void> {
  const server = await app.start(Number(PORT));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : Number(PORT);
  console.log(JSON.stringify({ event: 'ready', port, admin_port: port, pid: process.pid }));
  process.once('SIGTERM', () => {
    void app.stop().then(() => process.exit(0));
  });
}
