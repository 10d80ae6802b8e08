/** A round's draft: every event has its link in the chain, its messages and its place in the thread; a refusal is answered. */
import { describe, expect, it } from 'vitest';
import { CHAIN_START, firstBreak, link } from '../../src/application/audit-chain.ts';
import { adoptCard } from '../../src/application/delivery.ts';
import { applyCommand, applyEntry, type Draft, holdingsDiff, openDraft } from '../../src/application/draft.ts';
import type { InboxEntry } from '../../src/application/inbox.ts';
import { type AuditEntry, cardAt } from '../../src/application/record.ts';
import type { PersonCommand } from '../../src/domain/commands.ts';
import {
  ALICE,
  ASKED,
  at,
  context,
  endpointNamed,
  ID,
  PASSED,
  REQUESTER,
  RUN,
  SUCCEEDED,
  T0,
  TARGET,
  UNKNOWN,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CHANNELS = { approvals: 'CAPPROVALS', audit: 'CAUDIT' };
const PRECHECKED = { kind: 'prechecked', revision: 1, tries: 0, report: PASSED } as const;
const submit: PersonCommand = { kind: 'submit', id: ID, by: REQUESTER, asked: ASKED };
const entry = (command: PersonCommand, over: Partial<InboxEntry> = {}): InboxEntry => ({
  commandId: 'cmd-1',
  command,
  at: T0,
  ...over,
});

function pending(): Draft {
  const draft = openDraft(undefined);
  applyEntry(draft, entry(submit), context(), CHANNELS);
  applyCommand(draft, PRECHECKED, context({ moment: at(50) }), CHANNELS);
  return draft;
}

describe('a draft', () => {
  it('of nothing has nothing to write', () => {
    expect(openDraft(undefined)).toEqual({ record: undefined, audit: [], changed: false });
    const draft = openDraft(undefined);
    applyCommand(draft, { kind: 'tick' }, context(), CHANNELS);
    applyEntry(draft, entry({ kind: 'approve', by: ALICE, revision: 1 }), context(), CHANNELS);
    expect(draft).toEqual({ record: undefined, audit: [], changed: false });
  });

  it('chains its events, and says which command and run brought each about', () => {
    const { audit, record } = pending();
    expect(
      audit.map(({ seq, commandId, run, revision, now, event }) => [seq, commandId, run, revision, now, event.type]),
    ).toEqual([
      [1, 'cmd-1', RUN, 1, T0, 'submitted'],
      [2, undefined, RUN, 1, T0 + 50, 'precheck-passed'],
    ]);
    expect(firstBreak(audit)).toBeUndefined();
    expect(record?.audit).toEqual({ count: 2, head: audit[1]?.hash, at: T0 + 50 });
  });

  it('goes on with the chain of the record that it opens', () => {
    const before = pending();
    const draft = openDraft(before.record);
    applyEntry(draft, entry({ kind: 'approve', by: ALICE, revision: 1 }), context({ moment: at(90) }), CHANNELS);
    expect(draft.audit.map(({ event }) => event.type)).toEqual(['approval-given', 'approved']);
    expect(firstBreak([...before.audit, ...draft.audit])).toBeUndefined();
    expect(draft.record?.untold.map(({ event, at: when }) => [event.type, when])).toEqual([
      ['submitted', T0],
      ['precheck-passed', T0 + 50],
      ['approval-given', T0 + 90],
      ['approved', T0 + 90],
    ]);
  });

  it('wants the messages that an event calls for, and one card only', () => {
    const draft = pending();
    expect(draft.record?.outgoing.map(({ key, to, delivery }) => [key, to.kind, delivery])).toEqual([
      ['card', 'channel', { state: 'wanted', notBefore: T0 + 50, failures: 0 }],
      ['notice-2', 'person', { state: 'wanted', notBefore: T0 + 50, failures: 0 }],
    ]);
    applyEntry(draft, entry({ kind: 'edit', by: REQUESTER, revision: 1, asked: ASKED }), context(), CHANNELS);
    applyCommand(draft, { ...PRECHECKED, revision: 2 }, context(), CHANNELS);
    expect(draft.record?.outgoing.map(({ key }) => key)).toEqual(['card', 'notice-2', 'receipt-3', 'notice-4']);
    expect(draft.record?.messages).toBe(4);
  });

  it('keeps a receipt for a click that counts, should the card be slow: to the one who clicked, two seconds later', () => {
    const draft = openDraft(pending().record);
    const where = { channel: 'C1', responseUrl: 'https://hooks.slack.com/x' };
    applyEntry(draft, entry({ kind: 'approve', by: ALICE, revision: 1 }, where), context(), CHANNELS);
    expect(draft.record?.outgoing.at(-1)).toMatchObject({
      key: 'receipt-3',
      about: { kind: 'receipt', command: 'approve', seq: draft.record?.audit.count },
      to: { kind: 'ephemeral', user: ALICE, ...where },
      delivery: { state: 'wanted', notBefore: T0 + 2_000 },
    });
  });

  it('answers a refused click, to the one who clicked, and keeps it in the audit trail', () => {
    const draft = openDraft(pending().record);
    const where = { channel: 'C1', responseUrl: 'https://hooks.slack.com/x' };
    applyEntry(draft, entry({ kind: 'approve', by: 'UEVE', revision: 1 }, where), context(), CHANNELS);
    const refusal = { kind: 'not-an-approver', rule: 'production' };
    expect(draft.audit.map(({ event }) => event)).toEqual([
      { type: 'attempt-refused', by: 'UEVE', what: 'approve', refusal },
    ]);
    expect(draft.record?.outgoing.at(-1)).toMatchObject({
      key: 'answer-3',
      about: { kind: 'answer', command: 'approve', refusal },
      to: { kind: 'ephemeral', user: 'UEVE', ...where },
    });
    expect(draft.record?.request).toEqual(pending().record?.request);
  });

  it('has the card made sure of when a refusal sends somebody back to it', () => {
    const doubted = (by: string) => {
      const draft = openDraft(pending().record);
      if (draft.record === undefined) throw new Error('no record');
      draft.record = adoptCard(draft.record, { channel: CHANNELS.approvals, ts: '1.1' }, at(100));
      applyEntry(draft, entry({ kind: 'approve', by, revision: 1 }), context({ moment: at(200) }), CHANNELS);
      const card = cardAt(draft.record);
      return card?.doubtedAt;
    };
    expect(doubted('UEVE')).toBe(T0 + 200);
    expect(doubted(ALICE)).toBeUndefined();
  });

  it('does nothing for a second submit, nor for an outcome whose occasion is over', () => {
    const draft = openDraft(pending().record);
    applyEntry(draft, entry(submit), context(), CHANNELS);
    applyCommand(draft, { kind: 'slot-reserved', tries: 0, slotAt: T0 }, context(), CHANNELS);
    expect(draft).toMatchObject({ changed: false, audit: [] });
  });
});

describe('the names to hold and to let go', () => {
  const { request: unknown } = given(...UNKNOWN);
  const { request: succeeded } = given(...SUCCEEDED);

  it('are the difference between what it was and what it is', () => {
    expect(holdingsDiff(undefined, unknown)).toEqual({ hold: [TARGET], release: [] });
    expect(holdingsDiff(unknown, unknown)).toEqual({ hold: [], release: [] });
    expect(holdingsDiff(unknown, succeeded)).toEqual({ hold: [endpointNamed('ep-new')], release: [TARGET] });
    expect(holdingsDiff(undefined, undefined)).toEqual({ hold: [], release: [] });
  });
});

describe('an audit chain', () => {
  const chain = (): AuditEntry[] => {
    const draft = pending();
    applyEntry(draft, entry({ kind: 'approve', by: ALICE, revision: 1 }), context(), CHANNELS);
    return [...draft.audit];
  };
  const tampered = (index: number, over: Partial<AuditEntry>): AuditEntry[] =>
    chain().map((each, place) => (place === index ? { ...each, ...over } : each));

  it('that nobody touched is whole', () => {
    expect(firstBreak(chain())).toBeUndefined();
    expect(firstBreak([])).toBeUndefined();
    expect(chain()[0]?.previous).toBe(CHAIN_START);
  });

  it.each<[string, () => readonly AuditEntry[], number]>([
    ['an event was changed', () => tampered(1, { event: { type: 'expired' } }), 2],
    ['a time was changed', () => tampered(0, { now: T0 + 1 }), 1],
    ['a run was changed', () => tampered(2, { run: 'somebody' }), 3],
    ['a command was added', () => tampered(1, { commandId: 'cmd-9' }), 2],
    ['an entry was taken out', () => chain().filter((_, index) => index !== 1), 2],
    ['the first was taken out', () => chain().slice(1), 1],
    ['two changed places', () => [chain()[1], chain()[0], ...chain().slice(2)] as AuditEntry[], 1],
    [
      'an entry was changed and its own hash renewed',
      () => {
        const { hash: _hash, ...rest } = chain()[1] as AuditEntry;
        return tampered(1, link({ ...rest, run: 'somebody' }));
      },
      3,
    ],
  ])('breaks where %s', (_what, entries, place) => {
    expect(firstBreak(entries())).toBe(place);
  });

  it('does not depend on the order of keys', () => {
    const [first] = chain() as [AuditEntry];
    const turned = Object.fromEntries(Object.entries(first).reverse()) as unknown as AuditEntry;
    expect(firstBreak([turned])).toBeUndefined();
  });

  it('tells every field from its absence', () => {
    const { hash: _hash, commandId: _commandId, ...rest } = chain()[0] as AuditEntry;
    expect(link(rest).hash).not.toBe(chain()[0]?.hash);
  });
});
