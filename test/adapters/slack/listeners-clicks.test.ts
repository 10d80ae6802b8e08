/** Clicks on cards: stored once each, acknowledged after that, never ignored. */
import { describe, expect, it } from 'vitest';
import { asJson, type Message } from '../../../sandbox/slack/model.ts';
import { ID, PENDING, REQUESTER } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { NOW, type Stage, setStage } from './listeners-stage.ts';

const pending = given(...PENDING).as('pending');

async function withCard(over: Partial<Message> = {}): Promise<Stage & { card: Message }> {
  const stage = await setStage();
  stage.store(pending);
  const card = stage.post(pending, ['approve', 'cancel', 'retry', 'remind', 'wave', 'nod'], over);
  return { ...stage, card };
}

const told = ({ slack }: Stage, by = 'U0BEN'): Promise<string> =>
  slack.waitFor(() => slack.as(by).ephemerals('C0APPROVALS').at(-1)?.text);

describe('a click', () => {
  it.each(['approve', 'remind', 'cancel', 'retry'])(
    '(%s) is stored with its revision, its card and a way to answer',
    async (kind) => {
      const stage = await withCard();
      const { slack, card, received } = stage;
      expect(await slack.as('U0BEN').click(card, kind)).toMatchObject({ ok: true });
      expect(received).toEqual([
        {
          id: ID,
          entry: {
            commandId: expect.stringMatching(/^click:[0-9a-f]{32}$/),
            command: { kind, by: 'U0BEN', revision: 1 },
            at: NOW,
            channel: 'C0APPROVALS',
            responseUrl: expect.stringContaining('/response/'),
            card: { channel: 'C0APPROVALS', ts: card.ts },
          },
        },
      ]);
      expect(stage.nudged).toEqual([ID]);
      expect(slack.log.calls).toEqual([]);
    },
  );

  it('counts apart when somebody is impatient', async () => {
    const { slack, card, received } = await withCard();
    await slack.as('U0BEN').clickTwice(card, 'approve');
    expect(new Set(received.map(({ entry }) => entry.commandId)).size).toBe(2);
  });

  it('counts once when it is delivered again', async () => {
    const { slack, card, received } = await withCard();
    const action = { type: 'button', action_id: 'approve', action_ts: '1.1', value: `${ID}:1`, block_id: 'b' };
    const payload = {
      type: 'block_actions',
      user: { id: 'U0BEN' },
      team: { id: 'T0ACME' },
      trigger_id: '1.2.3',
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel },
      channel: { id: card.channel },
      actions: [action],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    await slack.deliverRaw(body);
    expect(await slack.deliverRaw(body)).toMatchObject({ ok: true });
    expect(received).toHaveLength(1);
    expect(received[0]?.entry).not.toHaveProperty('card');
  });

  it('on another message of the request is no proof of its card', async () => {
    const metadata = { event_type: 'vpc_endpoint_message', event_payload: { request_id: ID } };
    const { slack, card, received } = await withCard({ metadata });
    await slack.as('U0BEN').click(card, 'approve');
    expect(received[0]?.entry).not.toHaveProperty('card');
  });

  it('on a card of another request is no proof either', async () => {
    const metadata = { event_type: 'vpc_endpoint_request', event_payload: { request_id: ID.replace(/.$/, 'X') } };
    const { slack, card, received } = await withCard({ metadata });
    await slack.as('U0BEN').click(card, 'approve');
    expect(received[0]?.entry).not.toHaveProperty('card');
  });

  it('is answered in words when Redis is away', async () => {
    const stage = await withCard();
    stage.redis.fails = true;
    expect(await stage.slack.as('U0BEN').click(stage.card, 'approve')).toMatchObject({ ok: true });
    expect(await told(stage)).toContain('may not have been stored');
    expect(stage.received).toEqual([]);
    expect(stage.lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { request: ID } }]);
  });

  it('is acknowledged only after it was stored', async () => {
    const { slack, card, redis, received } = await withCard();
    let release = (): void => {};
    redis.waitsFor = new Promise((resolve) => {
      release = resolve;
    });
    let answered = false;
    const clicked = slack
      .as('U0BEN')
      .click(card, 'approve')
      .then(() => {
        answered = true;
      });
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help');
    expect(answered).toBe(false);
    release();
    await clicked;
    expect(received).toHaveLength(1);
  });

  it('for a request that is not known is answered', async () => {
    const stage = await withCard();
    stage.records.clear();
    await stage.slack.as('U0BEN').click(stage.card, 'approve');
    expect(await told(stage)).toContain('not known here');
  });

  it.each(['wave', 'nod'])('on a button of another version (%s) is answered', async (button) => {
    const stage = await withCard();
    expect(await stage.slack.as('U0BEN').click(stage.card, button)).toMatchObject({ ok: true });
    expect(await told(stage)).toContain('does nothing in this version');
    expect(stage.received).toEqual([]);
  });

  it('on a button that names no request is answered', async () => {
    const stage = await withCard();
    const [block] = stage.card.blocks;
    for (const element of (block?.elements ?? []) as unknown[]) asJson(element).value = 'nonsense';
    await stage.slack.as('U0BEN').click(stage.card, 'approve');
    expect(await told(stage)).toContain('does not say which request');
  });

  it('on a link needs no words', async () => {
    const stage = await withCard();
    const link = {
      type: 'button',
      action_id: 'open',
      text: { type: 'plain_text', text: 'Open' },
      url: 'https://a.example',
    };
    const message = stage.slack.workspace.post({
      ...{ channel: 'C0APPROVALS', user: 'U0BOT', text: 'a link', blocks: [{ type: 'actions', elements: [link] }] },
    });
    expect(await stage.slack.as('U0BEN').click(message, 'open')).toMatchObject({ ok: true });
    await stage.slack.as('U0BEN').click(stage.card, 'wave');
    await told(stage);
    expect(stage.slack.as('U0BEN').ephemerals()).toHaveLength(1);
  });
});

it('belongs to the requester in these tests', () => {
  expect(pending.requester).toBe(REQUESTER);
});
