import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { input, modal, option, plain, SECRET, setStage, TOKEN } from './stage.ts';

let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
});

describe('a small Bolt app', () => {
  it('answers a command, opens a modal, offers options, takes a submit and a click', async () => {
    const { slack } = await setStage();
    const receiver = new HTTPReceiver({ signingSecret: SECRET, port: 0 });
    app = new App({
      token: TOKEN,
      receiver,
      clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    });
    app.command('/vpc-endpoint', async ({ ack, body, client, respond }) => {
      await ack();
      const instance = { type: 'external_select', min_query_length: 0 };
      const view = modal('create_endpoint', [input('instance', instance)]);
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
      await respond('the form is open');
    });
    app.options('instance', async ({ ack, payload }) => {
      await ack({ options: [option(`es-cn-${payload.value}1`)] } as never);
    });
    app.view('create_endpoint', async ({ ack, view, client }) => {
      const value = view.state.values.instance?.instance?.selected_option?.value;
      if (value === 'es-cn-1') {
        await ack({ response_action: 'errors', errors: { instance: 'Not this one' } });
        return;
      }
      await ack();
      const approve = {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'approve', text: plain('Approve'), value: 'r' }],
      };
      await client.chat.postMessage({ channel: 'C0APPROVALS', text: `wants ${value}`, blocks: [approve] as never });
    });
    app.action('approve', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'approved', replace_original: true });
    });
    const server = await app.start(0);
    const { port } = server.address() as AddressInfo;
    slack.connectBot(`http://127.0.0.1:${port}/slack/events`);

    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', '/vpc-endpoint', 'create')).toMatchObject({ ok: true });
    const view = await ann.waitForView('create_endpoint');
    await slack.waitFor(() => ann.ephemerals().some(({ text }) => text === 'the form is open'));
    await ann.pick(view, 'instance', 'es-cn-1');
    expect(await ann.submit(view)).toEqual({ outcome: 'errors', errors: { instance: 'Not this one' } });
    expect((await ann.search(view, 'instance', 'x')).map(({ value }) => value)).toEqual(['es-cn-x1']);
    await ann.pick(view, 'instance', 'es-cn-x1');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });

    const ben = slack.as('U0BEN');
    const card = await slack.waitFor(() => ben.sees('C0APPROVALS').find(({ text }) => text === 'wants es-cn-x1'));
    expect(await ben.click(card, 'approve')).toMatchObject({ ok: true });
    await slack.waitFor(() => card.text === 'approved');
    expect(slack.log.unknownMethods).toEqual([]);
    expect(slack.log.protocolErrors).toEqual([]);
  });
});
