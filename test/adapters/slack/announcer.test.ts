import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { isResponseUrl } from '../../../src/adapters/slack/response-url.ts';
import type { Announcer, SendResult } from '../../../src/application/ports/announcer.ts';
import type { Destination, Outgoing, RequestRecord } from '../../../src/application/record.ts';
import type { RequestEvent } from '../../../src/domain/events.ts';
import { approvalBy, at, ID, PENDING, SUCCEEDED } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { announcerFor, announcing, outgoing, recordWith, sentCard } from './announcer-stage.ts';

const TO_ANN: Destination = { kind: 'person', user: 'U0ANN' };
const APPROVALS: Destination = { kind: 'channel', channel: 'C0APPROVALS' };
const REQUEST = given(...PENDING).request;
const CARD = outgoing({ kind: 'card' }, APPROVALS);
const RECORD = recordWith(REQUEST, CARD);
const ANSWER = { kind: 'answer', command: 'approve', refusal: { kind: 'only-requester' } } as const;
const THREAD = { kind: 'thread', told: [{ at: at(0).now, event: approvalBy('U0BEN') }] } as const;
const SUCCEEDED_EVENT = SUCCEEDED.at(-1) as RequestEvent;
const NOW = Date.now();

const send = (announcer: Announcer, message: Outgoing, record: RequestRecord): Promise<SendResult> =>
  announcer.send(message, record, announcer.render(message, record, false));

const posts = (slack: LocalSlack, channel = 'C0APPROVALS') => slack.as('U0ANN').sees(channel);

describe('rendering', () => {
  it('is pure: the same looks have the same hash, others another', async () => {
    const { announcer } = await announcing();
    const hash = (record: RequestRecord, plain = false) => announcer.render(CARD, record, plain).hash;
    expect(hash(RECORD)).toBe(hash(structuredClone(RECORD)));
    expect(hash(RECORD)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(RECORD, true)).not.toBe(hash(RECORD));
    expect(hash(recordWith({ ...REQUEST, revision: 2 }, CARD))).not.toBe(hash(RECORD));
  });

  it('draws the same again only where something changed that it is drawn from', async () => {
    const { announcer } = await announcing();
    const drawn = (of: Outgoing, record: RequestRecord) => announcer.render(of, record, false);
    const { request } = given(...SUCCEEDED);
    const notice = outgoing({ kind: 'notice', told: { at: at(0).now, event: SUCCEEDED_EVENT } }, TO_ANN);
    const card = sentCard('C0APPROVALS', '1.000100');
    const record = recordWith(request, card, notice);
    expect(drawn(notice, { ...record, messages: 7 })).toBe(drawn(notice, record));
    const others: readonly RequestRecord[] = [
      { ...record, request: { ...request } },
      { ...record, locales: { U0ANN: 'zh-CN' } },
      { ...record, outgoing: [sentCard('C0APPROVALS', '1.000100', 'https://acme.slack.com/p1'), notice] },
    ];
    for (const other of others) expect(drawn(notice, other)).not.toBe(drawn(notice, record));
    const [same, chinese, withLink] = others.map((other) => drawn(notice, other).hash);
    expect(same).toBe(drawn(notice, record).hash);
    expect(new Set([same, chinese, withLink]).size).toBe(3);
  });
});

describe('sending', () => {
  it('posts the card with its metadata, and nothing unfurls', async () => {
    const { slack, announcer } = await announcing();
    const result = await send(announcer, CARD, RECORD);
    const [card] = posts(slack);
    expect(result).toEqual({ kind: 'sent', channel: 'C0APPROVALS', ts: card?.ts });
    expect(card?.metadata).toEqual({
      event_type: 'vpc_endpoint_request',
      event_payload: { request_id: ID, revision: 1, message: 'card' },
    });
    expect(slack.log.calls[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('replies in the thread of the card', async () => {
    const { slack, announcer } = await announcing();
    await send(announcer, CARD, RECORD);
    const ts = posts(slack)[0]?.ts ?? '';
    const reply = outgoing(THREAD, { kind: 'card-thread' }, 'thread-3');
    expect(await send(announcer, reply, recordWith(REQUEST, reply))).toMatchObject({ kind: 'later' });
    await send(announcer, reply, recordWith(REQUEST, sentCard('C0APPROVALS', ts), reply));
    expect(posts(slack)[1]).toMatchObject({
      thread_ts: ts,
      metadata: { event_type: 'vpc_endpoint_message', event_payload: { request_id: ID, message: 'thread-3' } },
    });
  });

  it('opens a direct message once for a person', async () => {
    const { slack, announcer } = await announcing();
    const notice = (key: string) =>
      outgoing({ kind: 'notice', told: { at: 0, event: { type: 'expired' } } }, { kind: 'person', user: 'U0ANN' }, key);
    await send(announcer, notice('notice-1'), RECORD);
    await send(announcer, notice('notice-2'), RECORD);
    expect(slack.as('U0ANN').dms()).toHaveLength(2);
    expect(slack.log.count('conversations.open')).toBe(1);
  });

  it.each([
    ['C0OLD', 'is_archived'],
    ['C0RANDOM', 'not_in_channel'],
    ['C0SECRET', 'channel_not_found'],
  ])('finds no way into %s: %s', async (channel, error) => {
    const { slack, announcer } = await announcing();
    expect(await send(announcer, outgoing({ kind: 'card' }, { kind: 'channel', channel }), RECORD)).toEqual({
      kind: 'no-way-in',
      error,
    });
    expect(slack.log.count('chat.postMessage')).toBe(1);
  });

  it('has no way to somebody who left', async () => {
    const { announcer } = await announcing();
    const notice = outgoing(
      { kind: 'alert', told: { at: 0, event: { type: 'expired' } } },
      { kind: 'person', user: 'U0OLD' },
    );
    expect(await send(announcer, notice, RECORD)).toMatchObject({ kind: 'no-way-in', error: 'user_disabled' });
  });

  it.each([
    [{ kind: 'rate_limited', retryAfterS: 7 } as const, { kind: 'busy', error: 'ratelimited', afterMs: 7_000 }],
    [{ kind: 'error', error: 'invalid_blocks' } as const, { kind: 'bad-blocks', error: 'invalid_blocks' }],
    [{ kind: 'error', error: 'msg_blocks_too_long' } as const, { kind: 'bad-blocks', error: 'msg_blocks_too_long' }],
    [{ kind: 'error', error: 'token_revoked' } as const, { kind: 'later', error: 'token_revoked', afterMs: 60_000 }],
    [{ kind: 'error', error: 'restricted_action' } as const, { kind: 'no-way-in', error: 'restricted_action' }],
    [{ kind: 'error', error: 'internal_error' } as const, { kind: 'unclear', error: 'internal_error' }],
    [{ kind: 'error', error: '<html>no Slack</html>' } as const, { kind: 'unclear', error: 'unreadable_answer' }],
  ])('before anything took effect, %o means %o', async (fault, result) => {
    const { slack, announcer } = await announcing();
    slack.faults.add({ method: 'chat.postMessage', ...fault });
    expect(await send(announcer, CARD, RECORD)).toEqual(result);
    expect(posts(slack)).toHaveLength(0);
    expect(slack.log.count('chat.postMessage')).toBe(1);
  });

  it.each(['server_error', 'reset'] as const)(
    'says nothing certain of a %s after the effect, and repeats nothing',
    async (kind) => {
      const { slack, announcer } = await announcing();
      slack.faults.add({ method: 'chat.postMessage', kind, when: 'after' });
      expect(await send(announcer, CARD, RECORD)).toMatchObject({ kind: 'unclear' });
      expect(posts(slack)).toHaveLength(1);
      expect(slack.log.count('chat.postMessage')).toBe(1);
      // What the caller does next.
      const [card] = posts(slack);
      expect(await announcer.find(CARD, RECORD, NOW)).toEqual({ kind: 'found', channel: 'C0APPROVALS', ts: card?.ts });
    },
  );

  it('knows that a refused connection carried nothing', async () => {
    const { slack, announcer } = await announcing();
    await slack.stop();
    expect(await send(announcer, CARD, RECORD)).toMatchObject({ kind: 'later', error: 'ECONNREFUSED' });
  });

  it('posts nothing once its claim would not outlast the post', async () => {
    const { slack } = await announcing();
    const late = announcerFor(slack.apiUrl, () => at(5_001).wall);
    expect(await send(late, CARD, RECORD)).toMatchObject({ kind: 'later', error: 'claim_window_over' });
    expect(slack.log.calls).toHaveLength(0);
    const inTime = announcerFor(slack.apiUrl, () => at(1_000).wall);
    expect(await send(inTime, CARD, RECORD)).toMatchObject({ kind: 'sent' });
  });
});

describe('updating', () => {
  const posted = async () => {
    const stage = await announcing();
    await send(stage.announcer, CARD, RECORD);
    return { ...stage, card: { channel: 'C0APPROVALS', ts: posts(stage.slack)[0]?.ts ?? '' } };
  };

  it('changes the same message, its blocks and its metadata', async () => {
    const { slack, announcer, card } = await posted();
    const succeeded = { ...given(...SUCCEEDED).request, revision: 2 };
    const rendered = announcer.render(CARD, recordWith(succeeded), false);
    expect(await announcer.update(card, rendered)).toEqual({ kind: 'updated' });
    expect(posts(slack)).toHaveLength(1);
    expect(posts(slack)[0]?.metadata?.event_payload).toMatchObject({ revision: 2 });
    expect(JSON.stringify(posts(slack)[0]?.blocks)).toContain('ep-new');
  });

  it('takes the blocks away when there is text alone', async () => {
    const { slack, announcer, card } = await posted();
    await announcer.update(card, announcer.render(CARD, RECORD, true));
    expect(posts(slack)[0]?.blocks).toEqual([]);
    expect(posts(slack)[0]?.text).toContain('Waiting for approval');
  });

  it('notices that the message is gone', async () => {
    const { announcer, card } = await posted();
    const rendered = announcer.render(CARD, RECORD, false);
    expect(await announcer.update({ ...card, ts: '1700000000.000100' }, rendered)).toEqual({ kind: 'gone' });
  });

  it.each([
    [{ kind: 'error', error: 'invalid_blocks' } as const, { kind: 'bad-blocks' }],
    [{ kind: 'error', error: 'cant_update_message' } as const, { kind: 'gone' }],
    [{ kind: 'rate_limited', retryAfterS: 3 } as const, { kind: 'busy', afterMs: 3_000 }],
    [{ kind: 'server_error' } as const, { kind: 'unclear' }],
  ])('%o means %o', async (fault, result) => {
    const { slack, announcer, card } = await posted();
    slack.faults.add({ method: 'chat.update', ...fault });
    expect(await announcer.update(card, announcer.render(CARD, RECORD, false))).toMatchObject(result);
  });
});

describe('answers to one person', () => {
  const to = (over: object = {}) => ({ kind: 'ephemeral', user: 'U0BEN', channel: 'C0APPROVALS', ...over }) as const;

  it('go through the response URL', async () => {
    const { slack, announcer } = await announcing();
    const url = await responseUrl(slack);
    const answer = outgoing(ANSWER, to({ responseUrl: url }), 'answer-1');
    expect(await send(announcer, answer, RECORD)).toMatchObject({ kind: 'sent', channel: 'C0APPROVALS' });
    expect(slack.as('U0BEN').ephemerals('C0APPROVALS')[0]?.text).toContain('Your approval was not counted.');
    expect(slack.log.count('chat.postEphemeral')).toBe(0);
    expect(await announcer.find(answer, RECORD, NOW)).toEqual({ kind: 'unreadable', error: 'ephemeral' });
  });

  it('go to the channel when the URL is used up', async () => {
    const { slack, announcer } = await announcing();
    const url = `${new URL(slack.apiUrl).origin}/response/R0GONE`;
    expect(await send(announcer, outgoing(ANSWER, to({ responseUrl: url })), RECORD)).toMatchObject({ kind: 'sent' });
    expect(slack.log.count('chat.postEphemeral')).toBe(1);
    expect(slack.as('U0BEN').ephemerals('C0APPROVALS')).toHaveLength(1);
    expect(posts(slack)).toHaveLength(0);
  });

  it('have no way in where the person or the bot is not', async () => {
    const { announcer } = await announcing();
    const send1 = (over: object) => send(announcer, outgoing(ANSWER, to(over)), RECORD);
    expect(await send1({ channel: 'C0AUDIT', user: 'U0ANN' })).toEqual({
      kind: 'no-way-in',
      error: 'user_not_in_channel',
    });
    expect(await send1({ channel: 'C0RANDOM' })).toEqual({ kind: 'no-way-in', error: 'not_in_channel' });
    expect(await send(announcer, outgoing(ANSWER, { kind: 'ephemeral', user: 'U0BEN' }), RECORD)).toMatchObject({
      kind: 'no-way-in',
    });
  });

  it('are repeated by nobody when the URL broke off', async () => {
    const { slack, announcer } = await announcing();
    const url = await responseUrl(slack);
    slack.faults.add({ method: 'response_url', kind: 'reset', when: 'after' });
    expect(await send(announcer, outgoing(ANSWER, to({ responseUrl: url })), RECORD)).toMatchObject({
      kind: 'unclear',
    });
    expect(slack.as('U0BEN').ephemerals('C0APPROVALS')).toHaveLength(1);
  });

  it('trust only URLs that can be Slack’s', () => {
    const slackApi = 'https://slack.com/api/';
    expect(isResponseUrl('https://hooks.slack.com/actions/T/1/x', slackApi)).toBe(true);
    expect(isResponseUrl('https://hooks.slack-gov.com/actions/T/1/x', slackApi)).toBe(true);
    expect(isResponseUrl('http://hooks.slack.com/actions/T/1/x', slackApi)).toBe(false);
    expect(isResponseUrl('https://slack.com.example.org/x', slackApi)).toBe(false);
    expect(isResponseUrl('https://notslack.com/x', slackApi)).toBe(false);
    expect(isResponseUrl('https://hooks.slack.com@example.org/x', slackApi)).toBe(false);
    expect(isResponseUrl('http://127.0.0.1:80/x', slackApi)).toBe(false);
    expect(isResponseUrl('http://127.0.0.1:99/x', 'http://localhost:98/api/')).toBe(true);
    expect(isResponseUrl('http://169.254.169.254/x', 'http://127.0.0.1:98/api/')).toBe(false);
    expect(isResponseUrl('http://192.168.0.1/x', 'http://127.0.0.1:98/api/')).toBe(false);
    expect(isResponseUrl('http://127.0.0.1:98/x', 'http://127.0.0.1:98/api/')).toBe(true);
    expect(isResponseUrl('http://10.0.0.1:98/x', 'http://10.0.0.1:98/api/')).toBe(false);
    expect(isResponseUrl('nonsense', slackApi)).toBe(false);
  });
});

/** A card to click stands in the channel, so that a click brings a URL. */
async function responseUrl(slack: LocalSlack): Promise<string> {
  const urls: string[] = [];
  const bot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      urls.push(new URLSearchParams(Buffer.concat(chunks).toString()).get('response_url') ?? '');
      response.end();
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  slack.connectBot(`http://127.0.0.1:${(bot.address() as AddressInfo).port}/slack/events`);
  await slack.as('U0BEN').command('C0APPROVALS', '/vpc-endpoint', 'help');
  bot.closeAllConnections();
  await new Promise((resolve) => bot.close(resolve));
  return urls[0] ?? '';
}

describe('finding', () => {
  it('says absent only after looking through every page', async () => {
    const { slack, announcer } = await announcing();
    for (let index = 0; index < 250; index += 1) slack.as('U0ANN').say('C0APPROVALS', `chatter ${index}`);
    expect(await announcer.find(CARD, RECORD, NOW)).toEqual({ kind: 'absent' });
    expect(slack.log.count('conversations.history')).toBe(2);
  });

  it('takes no other request’s message, and nobody else’s', async () => {
    const { slack, announcer } = await announcing();
    const metadata = {
      event_type: 'vpc_endpoint_request',
      event_payload: { request_id: ID, revision: 1, message: 'card' },
    };
    slack.workspace.post({ channel: 'C0APPROVALS', user: 'U0DAN', text: 'forged', metadata });
    const other = { ...REQUEST, id: 'req_01JGTWZ8M0SRQPNMKJHGFEDCBA' } as const;
    await send(announcer, CARD, recordWith(other, CARD));
    expect(await announcer.find(CARD, RECORD, NOW)).toEqual({ kind: 'absent' });
  });

  it('looks in the thread for replies, and in the direct messages of a person', async () => {
    const { slack, announcer } = await announcing();
    await send(announcer, CARD, RECORD);
    const record = recordWith(REQUEST, sentCard('C0APPROVALS', posts(slack)[0]?.ts ?? ''));
    const reply = outgoing(THREAD, { kind: 'card-thread' }, 'thread-1');
    const notice = outgoing({ kind: 'notice', told: THREAD.told[0] }, { kind: 'person', user: 'U0ANN' }, 'notice-2');
    for (const message of [reply, notice]) {
      expect(await announcer.find(message, record, NOW)).toEqual({ kind: 'absent' });
      slack.faults.add({ method: 'chat.postMessage', kind: 'reset', when: 'after' });
      expect(await send(announcer, message, record)).toMatchObject({ kind: 'unclear' });
      expect(await announcer.find(message, record, NOW)).toMatchObject({ kind: 'found' });
    }
    expect(slack.log.duplicatePosts()).toEqual([]);
  });

  it('admits when it can’t read', async () => {
    const { slack, announcer } = await announcing({ scopes: ['chat:write'] });
    expect(await announcer.find(CARD, RECORD, NOW)).toEqual({
      kind: 'unreadable',
      error: 'missing_scope',
      forbidden: true,
    });
    slack.access.scopes = undefined;
    slack.faults.add({ method: 'conversations.history', kind: 'rate_limited', retryAfterS: 60 });
    expect(await announcer.find(CARD, RECORD, NOW)).toEqual({ kind: 'unreadable', error: 'ratelimited' });
    const thread = outgoing(THREAD, { kind: 'card-thread' });
    expect(await announcer.find(thread, RECORD, NOW)).toEqual({ kind: 'unreadable', error: 'no_card' });
  });
});

describe('links and channels', () => {
  it('asks Slack for a permalink, and makes one when it gives none', async () => {
    const { slack, announcer } = await announcing();
    await send(announcer, CARD, RECORD);
    const ts = posts(slack)[0]?.ts ?? '';
    const link = `https://acme.slack.com/archives/C0APPROVALS/p${ts.replace('.', '')}`;
    expect(await announcer.permalink({ channel: 'C0APPROVALS', ts })).toBe(link);
    slack.faults.add({ method: 'chat.getPermalink', kind: 'reset' });
    expect(await announcer.permalink({ channel: 'C0APPROVALS', ts })).toBe(link);
  });

  it('knows where it can post, where not, and when that is not known', async () => {
    const { slack, announcer } = await announcing();
    expect(await announcer.canPost('C0DATA')).toBe(true);
    expect(await announcer.canPost('D0ANN')).toBe(true);
    expect(await announcer.canPost('C0RANDOM')).toBe(false);
    expect(await announcer.canPost('C0OLD')).toBe(false);
    expect(await announcer.canPost('C0SECRET')).toBe(false);
    slack.faults.add({ method: 'conversations.info', kind: 'server_error', times: 1 });
    expect(await announcer.canPost('C0DATA')).toBeUndefined();
  });
});
