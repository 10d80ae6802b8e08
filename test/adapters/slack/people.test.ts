/** Which language somebody reads: asked of Slack once, and never waited for long. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { person } from '../../../sandbox/slack/sample-workspace.ts';
import { createDirectory } from '../../../src/adapters/slack/directory.ts';
import { People } from '../../../src/adapters/slack/people.ts';
import { eventually } from '../../support/eventually.ts';
import { localSlack, QUIET, TOKEN } from './announcer-stage.ts';

const DAY = 24 * 60 * 60_000;

async function asking() {
  const slack = await localSlack();
  let wall = 1_000_000;
  const options = { token: TOKEN, apiUrl: slack.apiUrl, teamId: 'T0ACME', wall: () => wall, log: QUIET };
  const people = new People(options);
  const speaks = (locale: string): void => {
    slack.workspace.users.set('U0ANN', person('U0ANN', 'ann', 'Ann', { locale }));
  };
  const later = (ms: number): void => {
    wall += ms;
  };
  return { slack, people, directory: createDirectory({ ...options, people }), speaks, later };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('somebody’s language', () => {
  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['zh-HK', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-GB', 'en'],
    ['de-DE', 'en'],
    ['zhuang', 'en'],
  ])('with Slack in %s is %s', async (tag, locale) => {
    const { people, speaks } = await asking();
    speaks(tag);
    expect(await people.localeOf('U0ANN')).toBe(locale);
  });

  it('comes with who they are, in one call for both', async () => {
    const { slack, people, directory } = await asking();
    const [{ standing, locale }, read] = await Promise.all([directory.identify('U0CAT', []), people.localeOf('U0CAT')]);
    expect({ standing, locale, read }).toEqual({ standing: 'member', locale: 'zh-CN', read: 'zh-CN' });
    expect(await people.localeOf('U0CAT')).toBe('zh-CN');
    expect(slack.log.count('users.info')).toBe(1);
  });

  it('is remembered for a day, unless something newer is heard', async () => {
    const { slack, people, directory, speaks, later } = await asking();
    await people.localeOf('U0ANN');
    speaks('zh-TW');
    later(DAY);
    expect(await people.localeOf('U0ANN')).toBe('en');
    expect(slack.log.count('users.info')).toBe(1);
    await directory.identify('U0ANN', []);
    expect(await people.localeOf('U0ANN')).toBe('zh-CN');
    speaks('en-US');
    later(DAY + 1);
    expect(await people.localeOf('U0ANN')).toBe('en');
    expect(slack.log.count('users.info')).toBe(3);
  });

  it('is not waited for longer than 800 ms, and is known once the answer comes', async () => {
    const { slack, people } = await asking();
    const slow = slack.faults.add({ method: 'users.info', kind: 'hang' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = people.localeOf('U0CAT');
    await vi.advanceTimersByTimeAsync(799);
    expect(await Promise.race([asked, Promise.resolve('not yet')])).toBe('not yet');
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBeUndefined();
    vi.useRealTimers();
    slow.release();
    await eventually('the late answer', async () => (await people.localeOf('U0CAT')) === 'zh-CN');
    expect(slack.log.count('users.info')).toBe(1);
  });

  it.each(['rate_limited', 'server_error', 'reset'] as const)(
    'is not known after a %s, and asked again',
    async (kind) => {
      const { slack, people } = await asking();
      slack.faults.add({ method: 'users.info', kind });
      expect(await people.localeOf('U0CAT')).toBeUndefined();
      expect(await people.localeOf('U0CAT')).toBe('zh-CN');
    },
  );

  it('is not known of people whom Slack does not know', async () => {
    const { people } = await asking();
    expect(await people.localeOf('U0NOBODY')).toBeUndefined();
    expect(await people.localeOf('U0OLD')).toBeUndefined();
  });
});
