import { describe, expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { asList } from '../../../sandbox/slack/model.ts';
import { officialClient } from './official-client.ts';
import { callApi, section, setStage, TOKEN } from './stage.ts';

const metadata = { event_type: 'vpc_endpoint_request', event_payload: { request_id: 'req_1', revision: 1 } };

describe('the official client', () => {
  it('posts, reads back, updates, deletes', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    const who = await client.auth.test();
    expect(who).toMatchObject({ ok: true, team_id: 'T0ACME', user_id: 'U0BOT', bot_id: 'B0BOT' });

    const blocks = [section('Ask & answer <@U0ANN>')] as never;
    const posted = await client.chat.postMessage({ channel: 'C0DATA', text: 'A & B', blocks, metadata });
    expect(posted.message?.text).toBe('A &amp; B');
    const reply = await client.chat.postMessage({
      channel: 'C0DATA',
      thread_ts: posted.ts as string,
      text: 'in the thread',
    });

    const plainHistory = await client.conversations.history({ channel: 'C0DATA' });
    expect(plainHistory.messages).toHaveLength(1);
    expect(plainHistory.messages?.[0]).toMatchObject({ ts: posted.ts, reply_count: 1 });
    expect(plainHistory.messages?.[0]).not.toHaveProperty('metadata');
    const history = await client.conversations.history({ channel: 'C0DATA', include_all_metadata: true });
    expect(history.messages?.[0]?.metadata).toEqual(metadata);

    const thread = await client.conversations.replies({
      channel: 'C0DATA',
      ts: posted.ts as string,
      include_all_metadata: true,
    });
    expect(thread.messages?.map((message) => message.ts)).toEqual([posted.ts, reply.ts]);

    await client.chat.update({ channel: 'C0DATA', ts: posted.ts as string, text: 'only text' });
    expect(slack.workspace.findMessage('C0DATA', posted.ts as string)).toMatchObject({
      text: 'only text',
      blocks: [],
      metadata,
    });

    const link = await client.chat.getPermalink({ channel: 'C0DATA', message_ts: posted.ts as string });
    expect(link.permalink).toBe(`https://acme.slack.com/archives/C0DATA/p${posted.ts?.replace('.', '')}`);
    await client.chat.delete({ channel: 'C0DATA', ts: reply.ts as string });
    expect(slack.as('U0ANN').sees('C0DATA')).toHaveLength(1);
    expect(JSON.stringify(slack.log.calls)).not.toContain(TOKEN);
    expect(slack.log.count('chat.postMessage')).toBe(2);
  });

  it('gets the limits as platform errors', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    const tooLong = client.chat.postMessage({
      channel: 'C0DATA',
      text: 'x',
      blocks: [section('x'.repeat(3001))] as never,
    });
    await expect(tooLong).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
    await expect(client.apiCall('stars.list')).rejects.toMatchObject({ data: { error: 'unknown_method' } });
    expect(slack.log.unknownMethods).toEqual(['stars.list']);
  });

  it('pages through a history', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    for (const text of ['1', '2', '3', '4', '5']) slack.as('U0ANN').say('C0DATA', text);
    const seen: string[] = [];
    for await (const one of client.paginate('conversations.history', { channel: 'C0DATA', limit: 2 })) {
      seen.push(...asList((one as { messages?: unknown }).messages).map((message) => String(message.text)));
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
  });
});

describe('tokens and scopes', () => {
  it('refuses a wrong token, and none', async () => {
    const { slack } = await setStage();
    expect(await callApi(slack, 'auth.test', {}, 'xoxb-wrong')).toEqual({ ok: false, error: 'invalid_auth' });
    expect(await callApi(slack, 'auth.test', {}, '')).toEqual({ ok: false, error: 'not_authed' });
  });

  it('names the missing scope when scopes are enforced', async () => {
    const { api, slack } = await setStage({ scopes: ['chat:write'] });
    expect(await api('chat.postMessage', { channel: 'C0DATA', text: 'x' })).toMatchObject({ ok: true });
    expect(await api('users.info', { user: 'U0ANN' })).toMatchObject({ error: 'missing_scope', needed: 'users:read' });
    slack.access.botToken = 'revoked';
    expect(await api('auth.test')).toMatchObject({ error: 'invalid_auth' });
  });
});

describe('membership', () => {
  const post = (channel: string): [string, Json] => ['chat.postMessage', { channel, text: 'x' }];

  it.each([
    [...post('C0RANDOM'), 'not_in_channel'],
    [...post('C0SECRET'), 'channel_not_found'],
    [...post('C0NOWHERE'), 'channel_not_found'],
    [...post('C0OLD'), 'is_archived'],
    ['conversations.history', { channel: 'C0RANDOM' }, 'not_in_channel'],
    ['conversations.info', { channel: 'C0SECRET' }, 'channel_not_found'],
    ['conversations.members', { channel: 'C0SECRET' }, 'channel_not_found'],
    ['conversations.replies', { channel: 'C0DATA', ts: '1.2' }, 'thread_not_found'],
    ['chat.postEphemeral', { channel: 'C0DATA', user: 'U0EVE', text: 'x' }, 'user_not_in_channel'],
    ['chat.update', { channel: 'C0DATA', ts: '1.2', text: 'x' }, 'message_not_found'],
    ['chat.postMessage', { channel: 'C0DATA', text: 'x', thread_ts: '1.2' }, 'thread_not_found'],
    ['chat.delete', { channel: 'C0DATA', ts: '1.2' }, 'message_not_found'],
    ['users.info', { user: 'U0NOBODY' }, 'user_not_found'],
    ['usergroups.users.list', { usergroup: 'S0NONE' }, 'no_such_subteam'],
    ['conversations.open', { users: 'U0OLD' }, 'user_disabled'],
  ])('%s %j: %s', async (method, args, error) => {
    const { api } = await setStage();
    expect(await api(method, args)).toMatchObject({ ok: false, error });
  });

  it('changes and deletes only messages of its own', async () => {
    const { api, slack } = await setStage();
    const { ts } = slack.as('U0ANN').say('C0DATA', 'mine');
    expect(await api('chat.update', { channel: 'C0DATA', ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await api('chat.delete', { channel: 'C0DATA', ts })).toMatchObject({ error: 'cant_delete_message' });
  });

  it('shows the bot what it may see', async () => {
    const { api } = await setStage();
    expect(await api('conversations.info', { channel: 'C0RANDOM' })).toMatchObject({ channel: { is_member: false } });
    expect(await api('conversations.info', { channel: 'C0VAULT' })).toMatchObject({
      channel: { is_member: true, is_private: true },
    });
    expect(await api('usergroups.users.list', { usergroup: 'S0SRE' })).toMatchObject({ users: ['U0BEN', 'U0CAT'] });
    expect(await api('users.info', { user: 'U0CAT', include_locale: true })).toMatchObject({
      user: { locale: 'zh-CN' },
    });
    expect(((await api('users.info', { user: 'U0CAT' })).user as Json).locale).toBeUndefined();
    expect(await api('users.info', { user: 'U0EVE' })).toMatchObject({
      user: { is_stranger: true, team_id: 'T0OTHER' },
    });
  });

  it('a user id opens the direct messages', async () => {
    const { api, slack } = await setStage();
    expect(await api('chat.postMessage', { channel: 'U0ANN', text: 'psst' })).toMatchObject({ channel: 'D0ANN' });
    expect(
      slack
        .as('U0ANN')
        .dms()
        .map((message) => message.text),
    ).toEqual(['psst']);
    expect(await api('conversations.history', { channel: 'D0ANN' })).toMatchObject({ messages: [{ text: 'psst' }] });
  });

  it('an ephemeral reaches one person, and no history', async () => {
    const { api, slack } = await setStage();
    await api('chat.postEphemeral', { channel: 'C0DATA', user: 'U0ANN', text: 'only you' });
    expect(slack.as('U0ANN').sees('#data-platform')).toHaveLength(1);
    expect(slack.as('U0BEN').sees('C0DATA')).toHaveLength(0);
    expect(await api('conversations.history', { channel: 'C0DATA' })).toMatchObject({ messages: [] });
    expect(slack.log.ephemerals).toHaveLength(1);
  });
});
