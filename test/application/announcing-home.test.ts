/** The word that a commit has changed something which stands on Home. */
import { expect, it } from 'vitest';
import { announcingHome } from '../../src/application/announcing-home.ts';
import type { CommitResult, Requests } from '../../src/application/ports/requests.ts';
import type { RequestRecord } from '../../src/application/record.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import { ALICE, ASKED, approvalBy, BOB, ID, PENDING, RULE, SUCCEEDED, submitted } from '../support/samples.ts';
import { given } from '../support/scenario.ts';
import { commitOf } from '../support/stored.ts';

const COMMITTED: CommitResult = { kind: 'committed', version: 1 };

function store() {
  const said: string[] = [];
  const answer = { next: COMMITTED };
  // Nothing else is asked of it here.
  const inner = { commit: () => Promise.resolve(answer.next) } as unknown as Requests;
  const requests = announcingHome(inner, ({ request }) => void said.push(request.status));
  const commit = (record: RequestRecord | undefined) => {
    const { record: _record, ...rest } = commitOf(ID);
    return requests.commit({ ...rest, ...(record === undefined ? {} : { record }) });
  };
  return { said, answer, commit };
}

const recordOf = (...history: readonly (RequestEvent | number)[]): RequestRecord => ({
  schema: 1,
  request: given(...history).request,
  outgoing: [],
  untold: [],
  messages: 0,
  audit: { count: 1, head: '0'.repeat(64) },
});

it('comes for a status, a yes and a card’s place, and not for what nobody sees there', async () => {
  const { said, commit } = store();
  const rule = { ...RULE, steps: [{ users: [ALICE, BOB], groups: [], required: 2 }] };
  const pending = [submitted(ASKED, rule), ...PENDING.slice(1)];
  await commit(recordOf(...pending));
  expect(said).toEqual(['pending']);
  // Slack was asked again who may approve it, and a message was sent.
  await commit({
    ...recordOf(...pending, { type: 'roster-read', roster: { people: [], groups: [] } }),
    messages: 1,
  });
  expect(said).toHaveLength(1);
  await commit(recordOf(...pending, approvalBy(ALICE)));
  expect(said).toHaveLength(2);
  const at = { state: 'sent', channel: 'C0APPROVALS', ts: '1.1', notBefore: 0, failures: 0, sureAt: 0 } as const;
  const card = (delivery: typeof at & { readonly permalink?: string }): RequestRecord => ({
    ...recordOf(...pending, approvalBy(ALICE)),
    outgoing: [{ key: 'card', about: { kind: 'card' }, to: { kind: 'channel', channel: 'C0APPROVALS' }, delivery }],
  });
  await commit(card(at));
  await commit(card({ ...at, permalink: 'https://acme.slack.com/archives/C0APPROVALS/p11' }));
  expect(said).toHaveLength(4);
});

it('comes for a connection that is up', async () => {
  const { said, commit } = store();
  await commit(recordOf(...SUCCEEDED));
  await commit(recordOf(...SUCCEEDED, { type: 'connected', awaited: false }));
  expect(said).toEqual(['succeeded', 'succeeded']);
});

it('comes only once it is committed, and not for a commit without a record', async () => {
  const { said, answer, commit } = store();
  answer.next = { kind: 'stale' };
  await commit(recordOf(...PENDING));
  answer.next = COMMITTED;
  await commit(undefined);
  expect(said).toEqual([]);
  await commit(recordOf(...PENDING));
  await commit(recordOf(...PENDING));
  expect(said).toEqual(['pending']);
});
