/** Slack's client as the bot sets it up: a process that sleeps at the wrong moment sends nothing late. */
import net from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { troubleOf } from '../../../src/adapters/slack/trouble.ts';
import { webClient } from '../../../src/adapters/slack/web-client.ts';

let slack: LocalSlack;
afterEach(async () => {
  vi.restoreAllMocks();
  await slack?.stop();
});

const log = { info() {}, warn() {}, error() {} };

it('sends nothing over a connection during whose making the process slept, and says that it was surely not sent', async () => {
  slack = await startLocalSlack({ signingSecret: 'secret-secret', botToken: 'xoxb-local' });
  const client = webClient({ token: 'xoxb-local', apiUrl: slack.apiUrl, timeoutMs: 5_000, log });
  const [now, connect] = [performance.now.bind(performance), net.connect];
  let sleptMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + sleptMs);
  vi.spyOn(net, 'connect').mockImplementationOnce(((...args: Parameters<typeof connect>) => {
    sleptMs = 20_000;
    return connect(...args);
  }) as typeof connect);

  const failed: unknown = await client.chat.postMessage({ channel: 'C0DATA', text: 'late' }).catch((error) => error);
  expect(troubleOf(failed)).toEqual({ kind: 'not-sent', error: 'UND_ERR_CONNECT_TIMEOUT' });
  expect(slack.workspace.messages).toEqual([]);

  await client.chat.postMessage({ channel: 'C0DATA', text: 'in time' });
  expect(slack.workspace.messages.map(({ text }) => text)).toEqual(['in time']);
});
