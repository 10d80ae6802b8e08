/** Slack's rate limits, switched on, by Slack's own clock. */
import { describe, expect, it } from 'vitest';
import type { LocalSlackOptions } from '../../../sandbox/slack/local-slack.ts';
import { officialClient } from './official-client.ts';
import type { Stage } from './stage.ts';
import { setStage, TOKEN } from './stage.ts';

/** A stage whose clock stands still until it is moved. */
async function still(switches: LocalSlackOptions['switches']): Promise<Stage & { pass: (ms: number) => void }> {
  let time = 1_700_000_000_000;
  const stage = await setStage({ now: () => time, ...(switches ? { switches } : {}) });
  return {
    ...stage,
    pass: (ms) => {
      time += ms;
    },
  };
}

async function untilRefused(stage: Stage, method: string, args: object): Promise<number> {
  for (let passed = 0; passed < 400; passed += 1) {
    const answer = await stage.api(method, { ...args });
    if (answer.error === 'ratelimited') return passed;
    expect(answer).toMatchObject({ ok: true });
  }
  throw new Error(`${method} is not limited`);
}

const post = { channel: 'C0DATA', text: 'x' };

describe('rate limits', () => {
  it('are off unless they are switched on', async () => {
    const stage = await still({});
    for (let count = 1; count <= 30; count += 1) {
      expect(await stage.api('chat.postMessage', post)).toMatchObject({ ok: true });
    }
  });

  it('of posts: one a second in a channel, after a short burst, and each channel by itself', async () => {
    const stage = await still({ rateLimits: 'slack' });
    expect(await untilRefused(stage, 'chat.postMessage', post)).toBe(6);
    expect(stage.slack.as('U0ANN').sees('C0DATA')).toHaveLength(6);
    expect(await stage.api('chat.postMessage', { ...post, channel: 'C0AUDIT' })).toMatchObject({ ok: true });
    stage.pass(999);
    expect(await stage.api('chat.postMessage', post)).toMatchObject({ error: 'ratelimited' });
    stage.pass(1);
    expect(await untilRefused(stage, 'chat.postMessage', post)).toBe(1);
  });

  it('of ephemeral messages are as those of posts', async () => {
    const stage = await still({ rateLimits: 'slack_without_bursts' });
    expect(await untilRefused(stage, 'chat.postEphemeral', { ...post, user: 'U0ANN' })).toBe(1);
  });

  it('know a direct message by the person and by its own id', async () => {
    const stage = await still({ rateLimits: 'slack_without_bursts' });
    expect(await untilRefused(stage, 'chat.postMessage', { channel: 'U0ANN', text: 'x' })).toBe(1);
    expect(await untilRefused(stage, 'chat.postMessage', { channel: 'D0ANN', text: 'x' })).toBe(0);
  });

  it.each([
    ['usergroups.users.list', { usergroup: 'S0SRE' }, 20],
    ['conversations.info', { channel: 'C0DATA' }, 50],
    ['users.info', { user: 'U0ANN' }, 100],
    ['auth.test', {}, 300],
  ])('of %s %j: %i a minute', async (method, args, perMinute) => {
    const stage = await still({ rateLimits: 'slack_without_bursts' });
    expect(await untilRefused(stage, method, args)).toBe(perMinute);
    stage.pass(60_000);
    expect(await untilRefused(stage, method, args)).toBe(perMinute);
  });

  it('say in whole seconds when to come back, as the official client reads it', async () => {
    const stage = await still({ rateLimits: 'slack_without_bursts' });
    const client = officialClient(stage.slack);
    for (let count = 1; count <= 20; count += 1) await client.usergroups.list();
    await expect(client.usergroups.list()).rejects.toMatchObject({ retryAfter: 3 });
    stage.pass(3_000);
    expect(await client.usergroups.list()).toMatchObject({ ok: true });
  });

  it('may refuse without a body', async () => {
    const stage = await still({ rateLimits: 'slack_without_bursts', rateLimitedBody: 'empty' });
    const client = officialClient(stage.slack);
    await client.chat.postMessage(post);
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 1 });
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const raw = await fetch(`${stage.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers,
      body: JSON.stringify(post),
    });
    expect([raw.status, raw.headers.get('retry-after'), await raw.text()]).toEqual([429, '1', '']);
  });

  it('of apps that are sold outside the Marketplace: one page of 15 messages a minute', async () => {
    const stage = await still({ historyAccess: 'sold_outside_marketplace' });
    for (let count = 1; count <= 20; count += 1) stage.slack.as('U0ANN').say('C0DATA', `${count}`);
    const client = officialClient(stage.slack);
    const read = await client.conversations.history({ channel: 'C0DATA', limit: 200 });
    expect(read.messages).toHaveLength(15);
    expect(read.has_more).toBe(true);
    await expect(client.conversations.history({ channel: 'C0DATA' })).rejects.toMatchObject({ retryAfter: 60 });
    stage.pass(60_000);
    expect(await untilRefused(stage, 'conversations.history', { channel: 'C0DATA' })).toBe(1);
  });
});
