/** The local Slack's Socket Mode, before Slack's own client and a small app written with Bolt. */
import { App, SocketModeReceiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, describe, expect, it } from 'vitest';
import type { LocalSlack, LocalSlackOptions } from '../../../sandbox/slack/local-slack.ts';
import { startLocalSlack } from '../../../sandbox/slack/local-slack.ts';
import type { Json } from '../../../sandbox/slack/model.ts';
import { silent } from './official-client.ts';
import type { Probe } from './socket-probe.ts';
import { openProbe } from './socket-probe.ts';
import { button, callApi, input, modal, option, SECRET, TOKEN } from './stage.ts';

const APP_TOKEN = 'xapp-local';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  const slack = await startLocalSlack({ signingSecret: SECRET, botToken: TOKEN, appToken: APP_TOKEN, ...options });
  cleanups.push(slack.stop);
  return slack;
}

async function address(slack: LocalSlack): Promise<string> {
  return String((await callApi(slack, 'apps.connections.open', {}, APP_TOKEN)).url);
}

/** Connected, its hello taken. */
async function probe(slack: LocalSlack): Promise<Probe> {
  const opened = openProbe(await address(slack));
  await opened.next();
  return opened;
}

const settings = (slack: LocalSlack) => ({
  appToken: APP_TOKEN,
  clientPingTimeout: 1_000,
  logger: silent,
  clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
});

type Heard = { type: string; body: Json; ack: (answer?: Json) => Promise<void>; retry_num?: number };

async function client(slack: LocalSlack, hear: (heard: Heard) => unknown): Promise<SocketModeClient> {
  const made = new SocketModeClient(settings(slack));
  made.on('slack_event', hear);
  // Asked a second time it does not wait for the other side.
  cleanups.push(() => Promise.all([made.disconnect(), made.disconnect()]));
  await made.start();
  return made;
}

describe('a connection', () => {
  it('wants the token of the app, at an address that is good once', async () => {
    const slack = await open();
    const ask = (method: string, token: string) => callApi(slack, method, {}, token);
    expect(await ask('apps.connections.open', TOKEN)).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await ask('apps.connections.open', 'xapp-wrong')).toMatchObject({ error: 'invalid_auth' });
    expect(await ask('auth.test', APP_TOKEN)).toMatchObject({ error: 'not_allowed_token_type' });
    const url = await address(slack);
    const first = openProbe(url);
    expect(await first.next()).toMatchObject({ type: 'hello', num_connections: 1, connection_info: {} });
    await openProbe(url).closed;
    await openProbe(`ws://127.0.0.1:${slack.port}/elsewhere`).closed;
    expect(slack.sockets.open).toBe(1);
  });

  it('is not there for an app that uses HTTP, and nothing is sent to a URL of one that uses sockets', async () => {
    const overHttp = await startLocalSlack({ signingSecret: SECRET, botToken: TOKEN });
    cleanups.push(overHttp.stop);
    expect(await callApi(overHttp, 'apps.connections.open', {}, APP_TOKEN)).toMatchObject({ error: 'invalid_auth' });
    const overSockets = await open();
    expect(() => overSockets.connectBot('http://127.0.0.1:1/')).toThrow('Socket Mode');
  });

  it('is one of ten', async () => {
    const slack = await open();
    for (let count = 1; count <= 10; count += 1) await probe(slack);
    const eleventh = openProbe(await address(slack));
    expect(await eleventh.next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await eleventh.closed;
    expect(slack.sockets.open).toBe(10);
  });

  it('is one of ten, of which the oldest may have to go instead', async () => {
    const slack = await open({ switches: { eleventhConnection: 'oldest_sent_away' } });
    const oldest = await probe(slack);
    for (let count = 2; count <= 10; count += 1) await probe(slack);
    await probe(slack);
    expect(await oldest.next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await oldest.closed;
    expect(slack.sockets.open).toBe(10);
  });
});

describe('envelopes', () => {
  it('bring commands, interactions and events, as Slack’s own client reads them', async () => {
    const slack = await open();
    const heard: Heard[] = [];
    await client(slack, async (one) => {
      heard.push(one);
      await one.ack();
    });
    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true, body: '' });
    const actions = { type: 'actions', elements: [button('approve')] };
    const card = slack.workspace.post({ channel: 'C0DATA', user: 'U0BOT', text: 'card', blocks: [actions] });
    expect(await ann.click(card, 'approve')).toMatchObject({ ok: true });
    expect(await ann.openHome()).toMatchObject([{ ok: true }]);
    expect(heard.map(({ type }) => type)).toEqual(['slash_commands', 'interactive', 'events_api']);
    expect(heard.map(({ body }) => body)).toMatchObject([
      { command: '/vpc-endpoint', text: 'help', user_id: 'U0ANN', is_enterprise_install: 'false' },
      { type: 'block_actions', user: { id: 'U0ANN' }, actions: [{ action_id: 'approve' }] },
      { type: 'event_callback', event: { type: 'app_home_opened' } },
    ]);
    expect(slack.log.deliveries.map(({ kind, problem }) => [kind, problem])).toEqual([
      ['command', undefined],
      ['block_actions', undefined],
      ['event', undefined],
    ]);
  });

  it('go to each connection in turn, and come again as they were', async () => {
    const slack = await open();
    const heard: [number, Heard][] = [];
    for (const which of [1, 2]) {
      await client(slack, async (one) => {
        heard.push([which, one]);
        await one.ack();
      });
    }
    for (let count = 1; count <= 4; count += 1) await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    expect(heard.map(([which]) => which).toSorted()).toEqual([1, 1, 2, 2]);
    const [envelope] = slack.sockets.envelopes;
    if (envelope === undefined) throw new Error('no envelope');
    expect(await slack.sockets.redeliver(envelope)).toBe(true);
    expect(heard.at(-1)?.[1]).toMatchObject({ body: envelope.payload, retry_num: 1 });
  });

  it('go to the newest or the oldest connection, when told so', async () => {
    const slack = await open({ switches: { socketChoice: 'newest' } });
    const heard: number[] = [];
    for (const which of [1, 2]) {
      await client(slack, async ({ ack }) => {
        heard.push(which);
        await ack();
      });
    }
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    slack.switches.socketChoice = 'oldest';
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    expect(heard).toEqual([2, 2, 1]);
  });

  it('of an event that comes again have a new id, or the same', async () => {
    const slack = await open({ ackDeadlineMs: 40 });
    await probe(slack);
    await slack.deliverEvent({ type: 'app_uninstalled' });
    const ids = () => new Set(slack.sockets.envelopes.map((envelope) => envelope.envelope_id));
    expect(slack.sockets.envelopes.map((envelope) => envelope.retry_attempt)).toEqual([undefined, 1, 2, 3]);
    expect(ids().size).toBe(4);
    slack.switches.redeliveredEnvelope = 'same_id';
    await slack.deliverEvent({ type: 'app_uninstalled' });
    expect(slack.sockets.envelopes).toHaveLength(8);
    expect(ids().size).toBe(5);
  });

  it('that are not answered in time, or by nobody, are seen by the person; events come again', async () => {
    const slack = await open({ ackDeadlineMs: 250 });
    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', '/vpc-endpoint')).toMatchObject({ problem: 'dispatch_failed' });
    const retries: unknown[] = [];
    await client(slack, async ({ type, retry_num: retry, ack }) => {
      if (type !== 'events_api') return;
      retries.push(retry);
      if (retry === 2) await ack();
    });
    expect(await ann.command('C0DATA', '/vpc-endpoint')).toMatchObject({ problem: 'operation_timeout' });
    expect(ann.ephemerals().map(({ text }) => text)).toEqual([
      '/vpc-endpoint failed with the error "dispatch_failed"',
      '/vpc-endpoint failed with the error "operation_timeout"',
    ]);
    expect((await ann.openHome()).map(({ ok }) => ok)).toEqual([false, false, true]);
    expect(retries).toEqual([undefined, 1, 2]);
  });

  it('fail with the connection that brought them', async () => {
    const slack = await open();
    const bot = await probe(slack);
    const command = slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    await bot.next();
    slack.sockets.cut();
    expect(await command).toMatchObject({ ok: false, problem: 'dispatch_failed' });
    await slack.waitFor(() => slack.sockets.open === 0);
  });
});

describe('answers', () => {
  it('that Slack would not understand are noted', async () => {
    const slack = await open();
    const bot = await probe(slack);
    const command = slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    const { envelope_id } = await bot.next();
    bot.send('null');
    bot.send('{');
    bot.send({ envelope_id: 'nobody sent it', payload: {} });
    bot.send({ envelope_id });
    expect(await command).toMatchObject({ ok: true, body: '' });
    // For the second time: Slack does not mind.
    bot.send({ envelope_id });
    const event = slack.deliverEvent({ type: 'app_uninstalled' });
    const { envelope_id: second } = await bot.next();
    bot.send({ envelope_id: second, payload: { text: 'thanks' } });
    await event;
    expect(slack.log.protocolErrors).toEqual([
      expect.stringContaining('not an answer'),
      expect.stringContaining('not an answer'),
      expect.stringContaining('did not bring'),
      expect.stringContaining('where none is accepted'),
    ]);
  });
});

describe('a disconnect', () => {
  it('makes Slack’s own client connect again', async () => {
    const slack = await open();
    await client(slack, ({ ack }) => ack());
    slack.sockets.disconnect('refresh_requested');
    expect(slack.sockets.open).toBe(0);
    await slack.waitFor(() => slack.sockets.open === 1 && slack.sockets.openedSoFar === 2);
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint')).toMatchObject({ ok: true });
  });

  it('is also what comes when Socket Mode is turned off', async () => {
    const slack = await open();
    const bot = await probe(slack);
    slack.sockets.disconnect('link_disabled');
    expect(await bot.next()).toMatchObject({ type: 'disconnect', reason: 'link_disabled' });
    await bot.closed;
  });

  it('is announced: after a warning things still come', async () => {
    const slack = await open();
    const bot = await probe(slack);
    slack.sockets.disconnect('warning');
    expect(await bot.next()).toMatchObject({ type: 'disconnect', reason: 'warning' });
    const command = slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    bot.send({ envelope_id: (await bot.next()).envelope_id ?? '' });
    expect(await command).toMatchObject({ ok: true });
  });
});

describe('a small Bolt app', () => {
  it('answers a command, opens a modal, offers options, takes a submit and a click', async () => {
    const slack = await open();
    const { clientOptions, ...socket } = settings(slack);
    const receiver = new SocketModeReceiver({ ...socket, installerOptions: { clientOptions } });
    const app = new App({ token: TOKEN, receiver, clientOptions, logger: silent });
    cleanups.push(() => Promise.all([receiver.client.disconnect(), receiver.client.disconnect()]));
    app.command('/vpc-endpoint', async ({ ack, body, client: web }) => {
      await ack('the form opens');
      const view = modal('create_endpoint', [input('instance', { type: 'external_select', min_query_length: 0 })]);
      await web.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    app.options('instance', ({ ack, payload }) => ack({ options: [option(`es-cn-${payload.value}1`)] } as never));
    app.view('create_endpoint', async ({ ack, view }) => {
      const value = view.state.values.instance?.instance?.selected_option?.value;
      if (value === 'es-cn-1') return ack({ response_action: 'errors', errors: { instance: 'Not this one' } });
      return ack();
    });
    await app.start();

    const ann = slack.as('U0ANN');
    expect(await ann.command('C0DATA', '/vpc-endpoint', 'create')).toMatchObject({ ok: true });
    const view = await ann.waitForView('create_endpoint');
    expect(ann.ephemerals().map(({ text }) => text)).toEqual(['the form opens']);
    await ann.pick(view, 'instance', 'es-cn-1');
    expect(await ann.submit(view)).toEqual({ outcome: 'errors', errors: { instance: 'Not this one' } });
    expect((await ann.search(view, 'instance', 'x')).map(({ value }) => value)).toEqual(['es-cn-x1']);
    await ann.pick(view, 'instance', 'es-cn-x1');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    expect(slack.log.unknownMethods).toEqual([]);
    expect(slack.log.protocolErrors).toEqual([]);
  });
});
