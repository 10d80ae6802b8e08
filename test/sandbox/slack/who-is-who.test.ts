/** The lists of people, user groups and channels, and the workspace itself, read by Slack's own client. */
import { describe, expect, it } from 'vitest';
import { asList } from '../../../sandbox/slack/model.ts';
import { officialClient } from './official-client.ts';
import { setStage } from './stage.ts';

async function pagesOf(client: ReturnType<typeof officialClient>, method: string, args: object, key: string) {
  const pages: string[][] = [];
  for await (const page of client.paginate(method, { ...args })) {
    pages.push(asList((page as unknown as Record<string, unknown>)[key]).map(({ id }) => String(id)));
  }
  return pages;
}

describe('conversations.list', () => {
  it('has the public channels, page by page', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    expect(await pagesOf(client, 'conversations.list', { limit: 2 }, 'channels')).toEqual([
      ['C0DATA', 'C0APPROVALS'],
      ['C0AUDIT', 'C0RANDOM'],
      ['C0OLD'],
    ]);
    const { channels } = await client.conversations.list({ exclude_archived: true });
    expect(channels).toHaveLength(4);
    expect(channels?.[3]).toMatchObject({ id: 'C0RANDOM', name: 'random', is_member: false, num_members: 4 });
  });

  it('has private channels and direct messages only where the bot is in', async () => {
    const { slack } = await setStage();
    slack.workspace.dm('U0ANN');
    const client = officialClient(slack);
    const { channels } = await client.conversations.list({ types: 'private_channel,im' });
    expect(channels?.map(({ id }) => id)).toEqual(['C0VAULT', 'D0ANN']);
    await expect(client.conversations.list({ types: 'secret' })).rejects.toMatchObject({
      data: { error: 'invalid_types' },
    });
  });
});

describe('users.list', () => {
  it('has everybody, page by page', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    const pages = await pagesOf(client, 'users.list', { limit: 5 }, 'members');
    expect(pages.map((page) => page.length)).toEqual([5, 5, 1]);
    expect(pages.flat()).toEqual([...slack.workspace.users.keys()]);
    const { members } = await client.users.list({ include_locale: true });
    expect(members?.find(({ id }) => id === 'U0CAT')).toMatchObject({ locale: 'zh-CN', tz: 'Asia/Shanghai' });
  });
});

describe('users.info', () => {
  it.each([
    ['a member', 'U0ANN', { deleted: false, is_bot: false, is_restricted: false, is_admin: false, is_owner: false }],
    ['an admin', 'U0ADA', { is_admin: true, is_owner: true }],
    ['a guest', 'U0GUS', { is_restricted: true, is_ultra_restricted: false }],
    ['a single-channel guest', 'U0UMA', { is_restricted: true, is_ultra_restricted: true }],
    ['somebody of another workspace', 'U0EVE', { is_stranger: true, team_id: 'T0OTHER' }],
    ['somebody who left', 'U0OLD', { deleted: true }],
    ['a bot', 'U0BOT', { is_bot: true }],
  ])('tells %s', async (_who, user, flags) => {
    const { slack } = await setStage();
    const info = await officialClient(slack).users.info({ user });
    expect(info.user).toMatchObject({ id: user, ...flags });
    expect(info.user).not.toHaveProperty('locale');
  });
});

describe('usergroups.list', () => {
  it('has users and disabled groups only for those who ask', async () => {
    const { slack } = await setStage();
    slack.workspace.userGroups.set('S0OLD', {
      id: 'S0OLD',
      handle: 'old',
      name: 'Old',
      users: ['U0DAN'],
      disabled: true,
    });
    const client = officialClient(slack);
    const { usergroups: plain } = await client.usergroups.list();
    expect(plain).toMatchObject([{ id: 'S0SRE', handle: 'sre', date_delete: 0 }]);
    expect(plain?.[0]).not.toHaveProperty('users');
    const { usergroups: all } = await client.usergroups.list({ include_users: true, include_disabled: true });
    expect(all).toMatchObject([{ users: ['U0BEN', 'U0CAT'] }, { id: 'S0OLD', users: ['U0DAN'], date_delete: 1 }]);
    await expect(client.usergroups.users.list({ usergroup: 'S0OLD' })).rejects.toMatchObject({
      data: { error: 'no_such_subteam' },
    });
    expect(await client.usergroups.users.list({ usergroup: 'S0OLD', include_disabled: true })).toMatchObject({
      users: ['U0DAN'],
    });
  });
});

describe('team.info', () => {
  it('tells the workspace, and no other', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    expect(await client.team.info()).toMatchObject({ team: { id: 'T0ACME', name: 'Acme', domain: 'acme' } });
    await expect(client.team.info({ team: 'T0OTHER' })).rejects.toMatchObject({ data: { error: 'team_not_found' } });
  });
});

describe('scopes', () => {
  it('stand in a header of every answer', async () => {
    const { slack } = await setStage({ scopes: ['commands', 'chat:write'] });
    const { response_metadata: metadata } = await officialClient(slack).auth.test();
    expect(metadata).toMatchObject({ scopes: ['commands', 'chat:write'] });
    slack.access.scopes = undefined;
    const free = await officialClient(slack).auth.test();
    expect(free.response_metadata?.scopes).toEqual(expect.arrayContaining(['commands', 'users:read', 'im:history']));
  });

  it.each([
    ['users.list', {}, 'users:read'],
    ['usergroups.list', {}, 'usergroups:read'],
    ['team.info', {}, 'team:read'],
    ['conversations.list', { types: 'public_channel,private_channel' }, 'groups:read'],
    ['conversations.info', { channel: 'C0VAULT' }, 'groups:read'],
    ['conversations.history', { channel: 'C0VAULT' }, 'groups:history'],
    ['conversations.replies', { channel: 'D0ANN', ts: '1.2' }, 'im:history'],
  ])('are needed for %s %j: %s', async (method, args, needed) => {
    const { api, slack } = await setStage({ scopes: ['channels:read', 'channels:history'] });
    slack.workspace.dm('U0ANN');
    expect(await api(method, args)).toMatchObject({ error: 'missing_scope', needed: expect.stringContaining(needed) });
  });

  it('of public channels are enough for public channels', async () => {
    const { api } = await setStage({ scopes: ['channels:read', 'channels:history'] });
    for (const method of ['conversations.info', 'conversations.history', 'conversations.members']) {
      expect(await api(method, { channel: 'C0DATA' })).toMatchObject({ ok: true });
    }
    expect(await api('conversations.list')).toMatchObject({ ok: true });
  });
});
