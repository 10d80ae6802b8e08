/** Who stands behind a rule's names, as the local Slack tells it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LocalSlack } from '../../../sandbox/slack/local-slack.ts';
import { person } from '../../../sandbox/slack/sample-workspace.ts';
import { createDirectory } from '../../../src/adapters/slack/directory.ts';
import { People } from '../../../src/adapters/slack/people.ts';
import type { People as Named } from '../../../src/domain/policy/rule.ts';
import { localSlack, QUIET, TOKEN } from './announcer-stage.ts';

async function asking() {
  const slack = await localSlack();
  let wall = 1_000_000;
  const options = { token: TOKEN, apiUrl: slack.apiUrl, teamId: 'T0ACME', wall: () => wall, log: QUIET };
  const directory = createDirectory({ ...options, people: new People(options) });
  const later = (ms: number): void => {
    wall += ms;
  };
  const roster = (users: readonly string[], groups: readonly string[] = [], channel = 'C0APPROVALS') =>
    directory.roster([{ users, groups }], channel);
  return { slack, directory, roster, later };
}

const addGroup = (slack: LocalSlack, id: string, users: string[], disabled = false): void => {
  slack.workspace.userGroups.set(id, { id, handle: id.toLowerCase(), name: id, users, disabled });
};

afterEach(() => {
  vi.useRealTimers();
});

describe('people', () => {
  it('come with the names that Slack shows, and what it says of them', async () => {
    const { roster } = await asking();
    expect(await roster(['U0BEN', 'U0GUS', 'U0OLD', 'U0EVE', 'U0BOT', 'U0NOBODY'])).toEqual({
      people: [
        { id: 'U0BEN', name: 'ben', standing: 'member' },
        { id: 'U0GUS', name: 'gus', standing: 'guest' },
        { id: 'U0OLD', name: 'old', standing: 'deactivated' },
        { id: 'U0EVE', name: 'eve', standing: 'stranger' },
        { id: 'U0BOT', name: 'vpc_endpoint_bot', standing: 'bot' },
        { id: 'U0NOBODY', standing: 'stranger' },
      ],
      groups: [],
    });
  });

  it.each(['rate_limited', 'server_error', 'reset'] as const)(
    'are unknown after a %s, and not for long',
    async (kind) => {
      const { slack, roster } = await asking();
      slack.faults.add({ method: 'users.info', kind });
      expect((await roster(['U0BEN'])).people).toEqual([{ id: 'U0BEN', standing: 'unknown' }]);
      expect((await roster(['U0BEN'])).people).toEqual([{ id: 'U0BEN', name: 'ben', standing: 'member' }]);
    },
  );

  it('are told once, however often they are named', async () => {
    const { directory } = await asking();
    const named: readonly Named[] = [
      { users: ['U0BEN'], groups: ['S0SRE'] },
      { users: ['U0BEN', 'U0DAN'], groups: ['S0SRE'] },
    ];
    const { people, groups } = await directory.roster(named, 'C0APPROVALS');
    expect(people.map(({ id }) => id)).toEqual(['U0BEN', 'U0DAN', 'U0CAT']);
    expect(groups).toHaveLength(1);
  });

  it('are as many as a card has room for, those named first', async () => {
    const { slack, roster } = await asking();
    const crowd = Array.from({ length: 50 }, (_, n) => `U0N${n}`);
    for (const id of crowd) slack.workspace.users.set(id, person(id, id.toLowerCase(), id));
    addGroup(slack, 'S0ALL', crowd);
    const { people, groups } = await roster(['U0BEN'], ['S0ALL']);
    expect(people).toHaveLength(30);
    expect(people[0]?.id).toBe('U0BEN');
    expect(groups).toEqual([{ id: 'S0ALL', name: 's0all', members: crowd }]);
  });
});

describe('user groups', () => {
  it('come with their members, in one call for all', async () => {
    const { slack, roster } = await asking();
    addGroup(slack, 'S0DBA', ['U0DAN']);
    addGroup(slack, 'S0NONE', []);
    const { people, groups } = await roster([], ['S0SRE', 'S0DBA', 'S0NONE']);
    expect(groups).toEqual([
      { id: 'S0SRE', name: 'sre', members: ['U0BEN', 'U0CAT'] },
      { id: 'S0DBA', name: 's0dba', members: ['U0DAN'] },
      { id: 'S0NONE', name: 's0none', members: [] },
    ]);
    expect(people.map(({ id }) => id)).toEqual(['U0BEN', 'U0CAT', 'U0DAN']);
    expect(slack.log.count('usergroups.list')).toBe(1);
  });

  it('are not asked for where none is named', async () => {
    const { slack, roster } = await asking();
    await roster(['U0BEN']);
    expect(slack.log.count('usergroups.list')).toBe(0);
  });

  it('that are disabled have nobody', async () => {
    const { slack, roster } = await asking();
    addGroup(slack, 'S0SRE', ['U0BEN'], true);
    expect(await roster([], ['S0SRE'])).toEqual({
      people: [],
      groups: [{ id: 'S0SRE', name: 's0sre', problem: 'disabled' }],
    });
  });

  it('that Slack does not know are absent', async () => {
    const { roster } = await asking();
    expect((await roster([], ['S0GONE'])).groups).toEqual([{ id: 'S0GONE', problem: 'absent' }]);
  });

  it('can’t be read without the scope, and can be once it is there', async () => {
    const { slack, roster } = await asking();
    slack.access.scopes = ['users:read', 'channels:read'];
    expect((await roster([], ['S0SRE'])).groups).toEqual([{ id: 'S0SRE', problem: 'missing-scope' }]);
    slack.access.scopes = undefined;
    expect((await roster([], ['S0SRE'])).groups).toMatchObject([{ members: ['U0BEN', 'U0CAT'] }]);
  });

  it.each([
    ['rate_limited', 'rate-limited'],
    ['server_error', 'unreadable'],
    ['reset', 'unreadable'],
  ] as const)('after a %s are %s, and not for long', async (kind, problem) => {
    const { slack, roster } = await asking();
    slack.faults.add({ method: 'usergroups.list', kind });
    expect((await roster([], ['S0SRE'])).groups).toEqual([{ id: 'S0SRE', problem }]);
    expect((await roster([], ['S0SRE'])).groups).toMatchObject([{ members: ['U0BEN', 'U0CAT'] }]);
  });

  it('of which Slack says nothing in time can’t be read, whatever was wrong before', async () => {
    const { slack, roster } = await asking();
    slack.faults.add({ method: 'usergroups.list', kind: 'rate_limited' });
    await roster([], ['S0SRE']);
    slack.faults.add({ method: 'usergroups.list', kind: 'hang' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const read = roster([], ['S0SRE']);
    await vi.advanceTimersByTimeAsync(2_500);
    expect((await read).groups).toEqual([{ id: 'S0SRE', problem: 'unreadable' }]);
  });

  it('are remembered for a minute', async () => {
    const { slack, roster, later } = await asking();
    await roster([], ['S0SRE']);
    addGroup(slack, 'S0SRE', ['U0DAN']);
    later(60_000);
    expect((await roster([], ['S0SRE'])).groups).toMatchObject([{ members: ['U0BEN', 'U0CAT'] }]);
    later(1);
    expect((await roster([], ['S0SRE'])).groups).toMatchObject([{ members: ['U0DAN'] }]);
  });
});

describe('the card’s channel', () => {
  it('if private, marks those who are not in it', async () => {
    const { roster } = await asking();
    const { people } = await roster(['U0DAN'], ['S0SRE'], 'C0VAULT');
    expect(people).toEqual([
      { id: 'U0DAN', name: 'dan', standing: 'member', outside: true },
      { id: 'U0BEN', name: 'ben', standing: 'member', outside: true },
      { id: 'U0CAT', name: 'cat', standing: 'member' },
    ]);
  });

  it.each([
    ['public', 'C0AUDIT'],
    ['private, and the bot not in it,', 'C0SECRET'],
  ])('if %s marks nobody', async (_what, channel) => {
    const { roster } = await asking();
    expect((await roster(['U0DAN'], [], channel)).people).toEqual([{ id: 'U0DAN', name: 'dan', standing: 'member' }]);
  });

  it('if Slack does not say who is in it marks nobody, and is read again', async () => {
    const { slack, roster } = await asking();
    slack.faults.add({ method: 'conversations.members', kind: 'rate_limited' });
    expect((await roster(['U0DAN'], [], 'C0VAULT')).people[0]).not.toHaveProperty('outside');
    expect((await roster(['U0DAN'], [], 'C0VAULT')).people[0]).toHaveProperty('outside', true);
  });

  it('is read page by page', async () => {
    const { slack, roster } = await asking();
    const crowd = Array.from({ length: 1_500 }, (_, n) => `U1N${n}`);
    const vault = slack.workspace.channels.get('C0VAULT');
    for (const id of [...crowd, 'U0DAN']) vault?.members.add(id);
    const { people } = await roster(['U0DAN', 'U0BEN'], [], 'C0VAULT');
    expect(people.map((each) => each.outside)).toEqual([undefined, true]);
    expect(slack.log.count('conversations.members')).toBe(2);
  });
});
