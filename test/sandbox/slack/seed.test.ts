import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../sandbox/slack/methods/all.ts';
import { channel, person } from '../../../sandbox/slack/sample-workspace.ts';
import { setStage } from './stage.ts';

describe('a workspace', () => {
  it('may be seeded by the test', async () => {
    const { slack, api } = await setStage({
      users: [person('U0BOT', 'bot', 'The bot', { is_bot: true }), person('U0ZOE', 'zoe', 'Zoe')],
      channels: [channel('C0ONE', 'one', ['U0ZOE', 'U0BOT'])],
    });
    expect(await api('conversations.members', { channel: 'C0ONE' })).toMatchObject({ members: ['U0ZOE', 'U0BOT'] });
    await slack.as('U0ZOE').command('#one', '/vpc-endpoint', 'help');
    expect(() => slack.as('U0ANN')).toThrow('no such user in the local Slack: U0ANN');
    expect(await api('usergroups.list', { include_users: true })).toMatchObject({ usergroups: [{ id: 'S0SRE' }] });
  });

  it('has the methods that the bot is known to need', () => {
    expect([...METHODS.keys()].sort()).toEqual([
      'apps.connections.open',
      'auth.test',
      'chat.delete',
      'chat.getPermalink',
      'chat.postEphemeral',
      'chat.postMessage',
      'chat.update',
      'conversations.history',
      'conversations.info',
      'conversations.list',
      'conversations.members',
      'conversations.open',
      'conversations.replies',
      'team.info',
      'usergroups.list',
      'usergroups.users.list',
      'users.info',
      'users.list',
      'views.open',
      'views.publish',
      'views.push',
      'views.update',
    ]);
  });

  it('gives each message a later timestamp, even when the clock stands still', async () => {
    const { slack } = await setStage({ now: () => 1_700_000_000_000 });
    const ann = slack.as('U0ANN');
    const stamps = ['a', 'b', 'c'].map((text) => ann.say('C0DATA', text).ts);
    expect(stamps).toEqual(['1700000000.000000', '1700000000.000100', '1700000000.000200']);
  });
});
