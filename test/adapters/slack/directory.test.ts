import { afterEach, describe, expect, it, vi } from 'vitest';
import { person } from '../../../sandbox/slack/sample-workspace.ts';
import { createDirectory } from '../../../src/adapters/slack/directory.ts';
import { People } from '../../../src/adapters/slack/people.ts';
import { standingOf } from '../../../src/adapters/slack/standing.ts';
import { localSlack, QUIET, TOKEN } from './announcer-stage.ts';

async function asking() {
  const slack = await localSlack();
  let wall = 1_000_000;
  const options = { token: TOKEN, apiUrl: slack.apiUrl, teamId: 'T0ACME', wall: () => wall, log: QUIET };
  const people = new People(options);
  const directory = createDirectory({ ...options, people });
  return {
    slack,
    people,
    directory,
    later: (ms: number) => {
      wall += ms;
    },
  };
}

const sre = (slack: Awaited<ReturnType<typeof localSlack>>) => {
  const group = slack.workspace.userGroups.get('S0SRE');
  if (group === undefined) throw new Error('no group');
  return group;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('standing', () => {
  it.each([
    ['U0ANN', 'member'],
    ['U0GUS', 'guest'],
    ['U0UMA', 'guest'],
    ['U0EVE', 'stranger'],
    ['U0OLD', 'deactivated'],
    ['U0BOT', 'bot'],
    ['USLACKBOT', 'bot'],
    ['U0NOBODY', 'stranger'],
  ])('%s is a %s', async (user, standing) => {
    const { directory } = await asking();
    expect(await directory.identify(user, [])).toMatchObject({ standing, groups: [], unreadable: [] });
  });

  it('takes people of an organisation who are in this workspace, and those for whom it names no team at all', () => {
    const user = { id: 'W0ORG', team_id: 'T0OTHER' };
    expect(standingOf({ ...user, enterprise_user: { teams: ['T0X', 'T0ACME'] } }, 'T0ACME')).toBe('member');
    expect(standingOf({ ...user, enterprise_user: { teams: ['T0X'] } }, 'T0ACME')).toBe('stranger');
    expect(standingOf({ id: 'U0X' }, 'T0ACME')).toBe('member');
    expect(standingOf({ id: 'U0X', is_stranger: true }, 'T0ACME')).toBe('stranger');
    expect(standingOf({ id: 'U0X', team_id: 'T0ACME', is_stranger: true }, 'T0ACME')).toBe('stranger');
  });

  it.each(['rate_limited', 'server_error', 'reset'] as const)(
    'is unknown after a %s, which is not remembered',
    async (kind) => {
      const { slack, directory } = await asking();
      slack.faults.add({ method: 'users.info', kind });
      expect((await directory.identify('U0ANN', [])).standing).toBe('unknown');
      expect((await directory.identify('U0ANN', [])).standing).toBe('member');
    },
  );

  it('is remembered for a minute', async () => {
    const { slack, directory, later } = await asking();
    await directory.identify('U0ANN', []);
    slack.workspace.users.set('U0ANN', person('U0ANN', 'ann', 'Ann', { deleted: true }));
    later(60_000);
    expect((await directory.identify('U0ANN', [])).standing).toBe('member');
    expect(slack.log.count('users.info')).toBe(1);
    later(1);
    expect((await directory.identify('U0ANN', [])).standing).toBe('deactivated');
  });

  it('is unknown, with every group unreadable, when Slack does not answer in time', async () => {
    const { slack, directory } = await asking();
    slack.faults.add({ method: '*', kind: 'hang', times: 2 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const identified = directory.identify('U0BEN', ['S0SRE']);
    await vi.advanceTimersByTimeAsync(2_499);
    const early = await Promise.race([identified, Promise.resolve('not yet')]);
    expect(early).toBe('not yet');
    await vi.advanceTimersByTimeAsync(1);
    expect(await identified).toEqual({ standing: 'unknown', groups: [], unreadable: ['S0SRE'] });
  });
});

describe('user groups', () => {
  it('are those asked about that the person is in', async () => {
    const { slack, directory } = await asking();
    slack.workspace.userGroups.set('S0DBA', { ...sre(slack), id: 'S0DBA', users: ['U0DAN'] });
    expect(await directory.identify('U0BEN', ['S0SRE', 'S0DBA', 'S0SRE'])).toEqual({
      standing: 'member',
      locale: 'en',
      groups: ['S0SRE'],
      unreadable: [],
    });
  });

  it('are read once for many who ask together', async () => {
    const { slack, directory } = await asking();
    await Promise.all(['U0BEN', 'U0CAT', 'U0ANN', 'U0DAN'].map((user) => directory.identify(user, ['S0SRE'])));
    expect(slack.log.count('usergroups.users.list')).toBe(1);
  });

  it('are read again before a no, and not before a yes', async () => {
    const { slack, directory, later } = await asking();
    await directory.identify('U0BEN', ['S0SRE']);
    sre(slack).users.push('U0ANN');
    later(1_001);
    expect((await directory.identify('U0BEN', ['S0SRE'])).groups).toEqual(['S0SRE']);
    expect(slack.log.count('usergroups.users.list')).toBe(1);
    expect((await directory.identify('U0ANN', ['S0SRE'])).groups).toEqual(['S0SRE']);
    expect(slack.log.count('usergroups.users.list')).toBe(2);
  });

  it('lose somebody after a minute at the latest', async () => {
    const { slack, directory, later } = await asking();
    await directory.identify('U0BEN', ['S0SRE']);
    sre(slack).users = ['U0CAT'];
    later(60_001);
    expect(await directory.identify('U0BEN', ['S0SRE'])).toMatchObject({ groups: [], unreadable: [] });
  });

  it('that can’t be read are listed', async () => {
    const { slack, directory } = await asking();
    slack.access.scopes = ['users:read'];
    expect(await directory.identify('U0BEN', ['S0SRE', 'S0NONE'])).toEqual({
      standing: 'member',
      locale: 'en',
      groups: [],
      unreadable: ['S0SRE', 'S0NONE'],
    });
    slack.access.scopes = undefined;
    expect(await directory.identify('U0BEN', ['S0SRE', 'S0NONE'])).toEqual({
      standing: 'member',
      locale: 'en',
      groups: ['S0SRE'],
      unreadable: ['S0NONE'],
    });
  });
});
