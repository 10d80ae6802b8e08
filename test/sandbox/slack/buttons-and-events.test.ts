import { describe, expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { button, mrkdwn, plain, setStage } from './stage.ts';

const actions = (...elements: Json[]): Json => ({ type: 'actions', block_id: 'buttons', elements });

describe('buttons', () => {
  it('bring the message, its metadata and where it is', async () => {
    const { slack, bot, api } = await setStage();
    const metadata = { event_type: 'vpc_endpoint_request', event_payload: { request_id: 'req_1', revision: 1 } };
    const confirm = { title: plain('Sure?'), text: mrkdwn('Really?'), confirm: plain('Yes'), deny: plain('No') };
    const blocks = [actions(button('approve', { value: 'req_1.1', confirm }))];
    const { ts } = await api('chat.postMessage', { channel: 'C0APPROVALS', text: 'card', blocks, metadata });
    const ben = slack.as('U0BEN');
    const [card] = ben.sees('C0APPROVALS');
    if (!card) throw new Error('no card');
    await ben.click(card, 'approve', { confirm: false });
    expect(bot.received).toHaveLength(0);
    await ben.clickTwice(card, 'approve');
    expect(bot.received).toHaveLength(2);
    expect(bot.last()).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0ACME' },
      enterprise: null,
      user: { id: 'U0BEN' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0APPROVALS', is_ephemeral: false },
      channel: { id: 'C0APPROVALS', name: 'vpc-approvals' },
      message: { ts, metadata, blocks: [{ block_id: 'buttons' }] },
      actions: [{ action_id: 'approve', block_id: 'buttons', type: 'button', value: 'req_1.1' }],
    });
    const triggers = bot.received.map(({ payload }) => payload.trigger_id);
    expect(new Set(triggers).size).toBe(2);
    await expect(ben.click(card, 'reject')).rejects.toThrow('nothing to click is called reject; there are: approve');
  });

  it('a client that missed the update can still click what it shows', async () => {
    const { slack, bot, api } = await setStage();
    const { ts } = await api('chat.postMessage', {
      channel: 'C0DATA',
      text: 'card',
      blocks: [actions(button('approve'))],
    });
    const [card] = slack.as('U0BEN').sees('C0DATA');
    const stale = structuredClone(card);
    if (!stale) throw new Error('no card');
    await api('chat.update', { channel: 'C0DATA', ts, text: 'decided' });
    await slack.as('U0BEN').click(stale, 'approve');
    expect(bot.last()).toMatchObject({ actions: [{ action_id: 'approve' }], message: { text: 'decided' } });
  });

  it('of an ephemeral the payload has no message, and others do not see it', async () => {
    const { slack, bot, api } = await setStage();
    await api('chat.postEphemeral', { channel: 'C0DATA', user: 'U0ANN', text: 'x', blocks: [actions(button('ok'))] });
    const [message] = slack.as('U0ANN').ephemerals();
    if (!message) throw new Error('no ephemeral');
    await slack.as('U0ANN').click(message, 'ok');
    expect(bot.last()).toMatchObject({ container: { is_ephemeral: true } });
    expect(bot.last()).not.toHaveProperty('message');
    await expect(slack.as('U0BEN').click(message, 'ok')).rejects.toThrow('does not see the message');
  });
});

describe('events', () => {
  it('come again until they are taken, and say so', async () => {
    const { slack, bot } = await setStage();
    let failures = 2;
    bot.answer(() => (failures-- > 0 ? { status: 500 } : {}));
    const attempts = await slack.deliverEvent({ type: 'app_uninstalled' }, { eventId: 'Ev1' });
    expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(bot.received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2']);
    expect(bot.received.map(({ payload }) => payload.event_id)).toEqual(['Ev1', 'Ev1', 'Ev1']);
    bot.answer(() => ({ status: 500 }));
    expect(await slack.deliverEvent({ type: 'tokens_revoked' })).toHaveLength(4);
  });

  it('say why they come again, and stay away when the bot asks for it', async () => {
    const { slack, bot } = await setStage({ ackDeadlineMs: 40 });
    bot.answer(() => 'never');
    await slack.deliverEvent({ type: 'app_uninstalled' });
    expect(bot.received.map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([
      undefined,
      ...Array(3).fill('http_timeout'),
    ]);
    bot.answer(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    expect(await slack.deliverEvent({ type: 'tokens_revoked' })).toHaveLength(1);
  });

  it('a stranger may send anything', async () => {
    const { slack, bot } = await setStage();
    await slack.deliverRaw('payload=null', { signingSecret: 'wrong', timestamp: 1 });
    expect(bot.received[0]?.raw).toBe('payload=null');
    expect(bot.received[0]?.headers['x-slack-request-timestamp']).toBe('1');
  });
});
