import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { button, input, modal, SECRET, section, setStage } from './stage.ts';

const actions = (...elements: Json[]): Json => ({ type: 'actions', block_id: 'buttons', elements });

describe('commands', () => {
  it('arrive signed, as forms', async () => {
    const { slack, bot } = await setStage();
    const result = await slack.as('U0ANN').command('#data-platform', '/vpc-endpoint', 'list es-cn-1');
    expect(result).toMatchObject({ ok: true, status: 200 });
    const [{ raw, headers, payload } = { raw: '', headers: {}, payload: {} as Json }] = bot.received;
    expect(payload).toMatchObject({
      command: '/vpc-endpoint',
      text: 'list es-cn-1',
      user_id: 'U0ANN',
      team_id: 'T0ACME',
      channel_id: 'C0DATA',
      channel_name: 'data-platform',
      is_enterprise_install: 'false',
    });
    const timestamp = String(headers['x-slack-request-timestamp']);
    const expected = createHmac('sha256', SECRET).update(`v0:${timestamp}:${raw}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(slack.log.deliveries).toMatchObject([{ kind: 'command', what: '/vpc-endpoint list es-cn-1', status: 200 }]);
  });

  it('an ack with a body is an ephemeral', async () => {
    const { slack, bot } = await setStage();
    bot.answer(() => ({ body: { text: 'hello' } }));
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    expect(
      slack
        .as('U0ANN')
        .ephemerals('C0DATA')
        .map((m) => m.text),
    ).toEqual(['hello']);
    expect(slack.as('U0BEN').sees('C0DATA')).toEqual([]);
  });

  it('a late ack and a refused one are seen by the person', async () => {
    const { slack, bot } = await setStage({ ackDeadlineMs: 40 });
    bot.answer(() => 'never');
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint')).toMatchObject({
      ok: false,
      problem: 'operation_timeout',
    });
    bot.answer(() => ({ status: 500 }));
    expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint')).toMatchObject({
      ok: false,
      problem: 'dispatch_failed',
    });
    expect(
      slack
        .as('U0ANN')
        .ephemerals()
        .map((m) => m.text),
    ).toEqual([
      '/vpc-endpoint failed with the error "operation_timeout"',
      '/vpc-endpoint failed with the error "dispatch_failed"',
    ]);
    // Once each: commands do not come again.
    expect(bot.received).toHaveLength(2);
  });

  it('nobody types where they are not', async () => {
    const { slack } = await setStage();
    await expect(slack.as('U0DAN').command('C0SECRET', '/vpc-endpoint')).rejects.toThrow('not in #secret');
  });
});

describe('response URLs', () => {
  const send = async (url: unknown, body: Json): Promise<Json> => {
    const response = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, ...((await response.json()) as Json) };
  };

  it('five uses', async () => {
    const { slack, bot } = await setStage();
    await slack.as('U0ANN').command('C0RANDOM', '/vpc-endpoint');
    const url = bot.last().response_url;
    for (let use = 1; use <= 5; use += 1) expect(await send(url, { text: `${use}` })).toMatchObject({ status: 200 });
    expect(await send(url, { text: '6' })).toMatchObject({ status: 404, error: 'used_url' });
    expect(slack.as('U0ANN').ephemerals()).toHaveLength(5);
  });

  it('thirty minutes', async () => {
    const { slack, bot, advance } = await setStage();
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    advance(29 * 60_000);
    expect(await send(bot.last().response_url, { text: 'x' })).toMatchObject({ status: 200 });
    advance(2 * 60_000);
    expect(await send(bot.last().response_url, { text: 'x' })).toMatchObject({ status: 404, error: 'expired_url' });
  });

  it('replaces, deletes, speaks to all', async () => {
    const { slack, bot, api } = await setStage();
    await api('chat.postMessage', { channel: 'C0DATA', text: 'card', blocks: [actions(button('approve'))] });
    const [card] = slack.as('U0BEN').sees('C0DATA');
    if (!card) throw new Error('no card');
    await slack.as('U0BEN').click(card, 'approve');
    const url = bot.last().response_url;
    await send(url, { text: 'to all', response_type: 'in_channel' });
    expect(
      slack
        .as('U0ANN')
        .sees('C0DATA')
        .map((m) => m.text),
    ).toEqual(['card', 'to all']);
    await send(url, { text: 'other', replace_original: true });
    expect(card).toMatchObject({ text: 'other', blocks: [] });
    await send(url, { delete_original: true });
    expect(
      slack
        .as('U0ANN')
        .sees('C0DATA')
        .map((m) => m.text),
    ).toEqual(['to all']);
    expect(await send(url, { blocks: [section('')] })).toMatchObject({ status: 400, error: 'invalid_blocks' });
  });
});

describe('global shortcuts', () => {
  it('bring a trigger, and no channel and no response URL', async () => {
    const { slack, bot, api } = await setStage();
    const ann = slack.as('U0ANN');
    expect(await ann.shortcut('ask_for_endpoint')).toMatchObject({ ok: true });
    expect(bot.last()).toMatchObject({
      type: 'shortcut',
      callback_id: 'ask_for_endpoint',
      user: { id: 'U0ANN', team_id: 'T0ACME' },
      team: { id: 'T0ACME' },
    });
    expect(bot.last()).not.toHaveProperty('channel');
    expect(bot.last()).not.toHaveProperty('response_url');
    const channel = input('channel', { type: 'conversations_select', default_to_current_conversation: true });
    const view = modal('create_endpoint', [channel]);
    expect(await api('views.open', { trigger_id: bot.last().trigger_id, view })).toMatchObject({ ok: true });
    // There is no current conversation.
    expect((await ann.waitForView('create_endpoint')).values.channel?.channel?.selected_conversation).toBeNull();
    bot.answer(() => ({ status: 500 }));
    await ann.shortcut('ask_for_endpoint');
    expect(ann.notices()).toEqual(['We had some trouble connecting. Try again?']);
    expect(slack.log.deliveries.map(({ kind }) => kind)).toEqual(['shortcut', 'shortcut']);
  });
});

describe('triggers', () => {
  it('open one view, within three seconds', async () => {
    const { slack, bot, api, advance } = await setStage();
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    const view = modal('m', []);
    const trigger = bot.last().trigger_id;
    expect(await api('views.open', { trigger_id: trigger, view })).toMatchObject({ ok: true });
    expect(await api('views.open', { trigger_id: trigger, view })).toMatchObject({ error: 'exchanged_trigger_id' });
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    advance(3_001);
    expect(await api('views.open', { trigger_id: bot.last().trigger_id, view })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await api('views.open', { trigger_id: '1.2.3', view })).toMatchObject({ error: 'invalid_trigger_id' });
  });
});
