/** The Home tab as Slack takes it: in each language, however much there is on it, and with each of Slack's answers. */
import { describe, expect, it } from 'vitest';
import { refuseView } from '../../../sandbox/slack/validate/view.ts';
import { homeView } from '../../../src/adapters/slack/blocks/home.ts';
import { createHomeScreen } from '../../../src/adapters/slack/home-screen.ts';
import type { HomeLists } from '../../../src/application/home.ts';
import { readCommon, readHome } from '../../../src/application/home.ts';
import type { RequestRecord } from '../../../src/application/record.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { Request } from '../../../src/domain/request.ts';
import { messagesFor } from '../../../src/messages/messages-for.ts';
import { ALICE, PENDING, person, REQUESTER, SUCCEEDED, T0 } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { localSlack, QUIET, recordWith, sentCard, TOKEN } from './announcer-stage.ts';

const NONE: HomeLists = {
  waiting: { records: [], left: 0 },
  asked: { records: [], left: 0 },
  owned: { records: [], left: 0 },
  decided: [],
};
const pending = given(...PENDING).as('pending');
const succeeded = given(...SUCCEEDED).as('succeeded');

/** A workspace in which everybody asked for so many endpoints, and got as many. */
function crowded(many: number) {
  const id = (kind: string, index: number): RequestId =>
    `req_01K00000000000000000${kind}${String(index).padStart(5, '0')}`;
  const records = new Map<RequestId, RequestRecord>();
  const put = (request: Request) => {
    records.set(
      request.id,
      recordWith(request, sentCard('C0APPROVALS', '1.1', 'https://acme.slack.com/archives/C0APPROVALS/p11')),
    );
    return request.id;
  };
  const each = (kind: string, of: (id: RequestId) => Request) =>
    Array.from({ length: many }, (_, index) => put(of(id(kind, index))));
  const waiting = each('A', (at) => ({ ...pending, id: at, asked: { ...pending.asked, reason: 'x'.repeat(3_000) } }));
  const made = each('B', (at) => ({ ...succeeded, id: at }));
  const lists: Readonly<Record<string, readonly RequestId[]>> = {
    waiting,
    decided: made,
    [`open:${REQUESTER}`]: waiting,
    [`asked:${REQUESTER}`]: [...made, ...waiting],
    [`owned:${REQUESTER}`]: made,
  };
  return {
    list: (name: string, { newest, limit }: { readonly newest: boolean; readonly limit: number }) => {
      const all = [...(lists[name] ?? [])];
      return Promise.resolve((newest ? all.reverse() : all).slice(0, limit));
    },
    read: (ids: readonly RequestId[]) => Promise.resolve(ids.flatMap((at) => records.get(at) ?? [])),
  };
}

describe('the lists of one person', () => {
  it('have what waits for them, what they asked for and own; and never more than Slack takes', async () => {
    const requests = crowded(250);
    const common = await readCommon(requests);
    const forAlice = await readHome(requests, common, ALICE, person(), T0);
    expect(forAlice.waiting.records).toHaveLength(15);
    // 200 were read, and the rest were counted.
    expect(forAlice.waiting.left).toBe(235);
    expect(forAlice.asked.records).toEqual([]);
    const own = await readHome(requests, common, REQUESTER, person(), T0);
    expect(own.waiting.records).toEqual([]);
    expect(own.asked.records.slice(0, 15).every(({ request }) => request.status === 'pending')).toBe(true);
    expect(own.asked.left).toBe(235);
    expect(own.owned).toMatchObject({ left: 235 });
    expect(own.decided).toHaveLength(10);
    for (const lists of [forAlice, own, { ...own, waiting: forAlice.waiting }]) {
      for (const locale of ['en', 'zh-CN'] as const) {
        const view = homeView(lists, messagesFor(locale));
        expect(view.blocks.length).toBeLessThanOrEqual(100);
        expect(refuseView(structuredClone(view), 'home')).toBeUndefined();
      }
    }
  });

  it('that are empty are so in words', () => {
    const { blocks } = homeView(NONE, messagesFor('en'));
    const text = JSON.stringify(blocks);
    for (const empty of Object.values(messagesFor('en').home.empty)) expect(text).toContain(empty);
  });
});

describe('showing it', () => {
  const screenFor = async () => {
    const slack = await localSlack();
    const messages = (user: string) => Promise.resolve(messagesFor(user === 'U0CAT' ? 'zh-CN' : 'en'));
    const screen = createHomeScreen({ token: TOKEN, apiUrl: slack.apiUrl, log: QUIET, messagesFor: messages });
    return { slack, screen };
  };

  it('puts it there in the language of its reader; the same lists are known by their hash', async () => {
    const { slack, screen } = await screenFor();
    const contents = { kind: 'lists', lists: NONE } as const;
    for (const user of ['U0BEN', 'U0CAT']) {
      const rendered = await screen.render(contents, user);
      expect((await screen.render(contents, user)).hash).toBe(rendered.hash);
      expect(await screen.show(user, rendered)).toEqual({ kind: 'shown' });
    }
    expect(slack.as('U0BEN').readHome()).toContain('WAITS FOR YOU');
    expect(slack.as('U0CAT').readHome()).toContain('等待你审批');
    const guest = await screen.render({ kind: 'not-for-you', standing: 'guest' }, 'U0GUS');
    await screen.show('U0GUS', guest);
    expect(slack.as('U0GUS').home()?.blocks).toHaveLength(1);
    const notRead = await screen.render({ kind: 'not-read' }, 'U0BEN');
    await screen.show('U0BEN', notRead);
    expect(slack.as('U0BEN').readHome()).toContain('did not answer');
  });

  it('says how long Slack wants to be left alone, and what it refused', async () => {
    const { slack, screen } = await screenFor();
    const rendered = await screen.render({ kind: 'lists', lists: NONE }, 'U0BEN');
    slack.faults.add({ method: 'views.publish', kind: 'rate_limited', retryAfterS: 7 });
    expect(await screen.show('U0BEN', rendered)).toEqual({ kind: 'busy', error: 'ratelimited', afterMs: 7_000 });
    slack.faults.add({ method: 'views.publish', kind: 'error', error: 'missing_scope' });
    expect(await screen.show('U0BEN', rendered)).toEqual({ kind: 'failed', error: 'missing_scope' });
    slack.faults.add({ method: 'views.publish', kind: 'reset' });
    expect(await screen.show('U0BEN', rendered)).toMatchObject({ kind: 'failed' });
  });
});
