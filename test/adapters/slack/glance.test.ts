/** Who somebody is, for showing: one call for all user groups, however often and for however many people it is asked. */
import { expect, it } from 'vitest';
import { createDirectory } from '../../../src/adapters/slack/directory.ts';
import { People } from '../../../src/adapters/slack/people.ts';
import { localSlack, QUIET, TOKEN } from './announcer-stage.ts';

async function looking() {
  const slack = await localSlack();
  let wall = 1_000_000;
  const options = { token: TOKEN, apiUrl: slack.apiUrl, teamId: 'T0ACME', wall: () => wall, log: QUIET };
  const directory = createDirectory({ ...options, people: new People(options) });
  const later = (ms: number) => {
    wall += ms;
  };
  return { slack, directory, later };
}

it('says in which groups somebody is, with one call for all of them', async () => {
  const { slack, directory, later } = await looking();
  slack.workspace.userGroups.set('S0OFF', {
    id: 'S0OFF',
    handle: 'off',
    name: 'Off',
    users: ['U0BEN'],
    disabled: true,
  });
  const groups = ['S0SRE', 'S0OFF', 'S0GONE'];
  expect(await directory.glance('U0BEN', groups)).toMatchObject({
    standing: 'member',
    groups: ['S0SRE'],
    unreadable: [],
  });
  expect(await directory.glance('U0ANN', groups)).toMatchObject({ standing: 'member', groups: [], unreadable: [] });
  expect(await directory.glance('U0GUS', groups)).toMatchObject({ standing: 'guest' });
  later(30_000);
  await directory.glance('U0DAN', groups);
  expect(slack.log.count('usergroups.list')).toBe(1);
  expect(slack.log.count('usergroups.users.list')).toBe(0);
  later(31_000);
  await directory.glance('U0DAN', groups);
  expect(slack.log.count('usergroups.list')).toBe(2);
});

it('asks for no groups where none matter, and calls unreadable what Slack does not tell', async () => {
  const { slack, directory } = await looking();
  await directory.glance('U0BEN', []);
  expect(slack.log.count('usergroups.list')).toBe(0);
  slack.faults.add({ method: 'usergroups.list', kind: 'error', error: 'missing_scope' });
  expect(await directory.glance('U0BEN', ['S0SRE'])).toMatchObject({ groups: [], unreadable: ['S0SRE'] });
  slack.faults.add({ method: 'users.info', kind: 'error', error: 'internal_error' });
  expect(await directory.glance('U0CAT', [])).toMatchObject({ standing: 'unknown' });
});

it('knows everybody in a large group, although a roster does not list them all', async () => {
  const { slack, directory } = await looking();
  const users = Array.from({ length: 500 }, (_, index) => `U${String(index).padStart(5, '0')}`);
  slack.workspace.userGroups.set('S0ALL', {
    id: 'S0ALL',
    handle: 'all',
    name: 'All',
    users: [...users, 'U0BEN'],
    disabled: false,
  });
  expect(await directory.glance('U0BEN', ['S0ALL'])).toMatchObject({ groups: ['S0ALL'] });
  const { groups } = await directory.roster([{ users: [], groups: ['S0ALL'] }], 'C0DATA');
  expect(groups).toMatchObject([{ members: users.slice(0, 200) }]);
});
