/** Emergencies: one person's yes alone, what it passes, and the review that is owed for it. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  APPROVED,
  approvalBy,
  BOB,
  claimed,
  FORBIDDEN,
  HOUR,
  MINUTE,
  made,
  OPS,
  PENDING,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  rechecked,
  slotReserved,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CAROL = 'UCAROL';
const TICK: Command = { kind: 'tick' };
const alone = (by = CAROL, revision = 1): Command => ({ kind: 'approve-alone', by, revision, reason: 'it burns' });
const review = (by: string, over: object = {}): Command => ({
  kind: 'review',
  by,
  revision: 1,
  verdict: 'in-order',
  ...over,
});
const BURNS: Rule = {
  ...RULE,
  steps: [{ users: [ALICE, BOB], groups: [], required: 2 }],
  emergency: { users: [CAROL, REQUESTER, ALICE], groups: [OPS], reviewWithinMs: 4 * HOUR },
};
const waiting = given(submitted(undefined, BURNS), precheckPassed);
const actedBy = (by: string): RequestEvent => ({
  type: 'approved',
  by: [by],
  rule: RULE.name,
  emergency: { by, reason: 'it burns' },
});
const acted = waiting.happened(actedBy(CAROL));

describe('a yes alone', () => {
  it('approves, with its reason, and a review is owed', () => {
    const after = waiting.later(5).when(alone()).brings(actedBy(CAROL)).as('approved');
    expect(after.approvals).toEqual([{ by: CAROL, at: T0 + 5, groups: [] }]);
    expect(after.emergency).toEqual({
      by: CAROL,
      reason: 'it burns',
      at: T0 + 5,
      review: { state: 'due', until: T0 + 5 + 4 * HOUR, reminded: 0, nextAt: T0 + 5 + 2 * HOUR },
    });
  });

  it('is for those whom the rule names for that', () => {
    const against = { kind: 'not-for-emergencies', rule: RULE.name } as const;
    waiting.when(alone('UDAVE'), { person: person({ groups: [OPS] }) }).becomes('approved');
    waiting.when(alone(BOB)).refuses(against);
    given(...PENDING)
      .when(alone(ALICE))
      .refuses(against);
  });

  it('is also for the requester, where the rule names them', () => {
    expect(waiting.when(alone(REQUESTER)).becomes('approved').emergency?.by).toBe(REQUESTER);
  });

  it('of somebody who may be in a group that can not be read waits for Slack', () => {
    const blind = { person: person({ unreadable: [OPS] }) };
    waiting.when(alone('UDAVE'), blind).refuses({ kind: 'groups-unreadable' });
    waiting.when(alone(), blind).becomes('approved');
    given(...PENDING)
      .when(alone('UDAVE'), blind)
      .refuses({ kind: 'not-for-emergencies', rule: RULE.name });
  });

  it('stands beside the approvals that there were, once a person', () => {
    const half = waiting.happened(approvalBy(ALICE));
    expect(
      half
        .when(alone())
        .becomes('approved')
        .approvals.map(({ by }) => by),
    ).toEqual([ALICE, CAROL]);
    const own = half.when(alone(ALICE)).becomes('approved');
    expect(own.approvals.map(({ by }) => by)).toEqual([ALICE]);
    expect(own.emergency?.by).toBe(ALICE);
  });

  it('is for what waits, in its revision', () => {
    waiting.when(alone(CAROL, 2)).refuses({ kind: 'old-revision', current: 1 });
    given(...APPROVED)
      .when(alone())
      .refuses({ kind: 'already-decided', status: 'approved', by: [ALICE], at: T0 });
  });

  it('passes a freeze', () => {
    const freezes: Rule['freezes'] = [{ kind: 'once', from: T0, until: T0 + HOUR }];
    const frozen = given(submitted(undefined, { ...BURNS, freezes }), precheckPassed);
    frozen.happened(actedBy(CAROL)).when(TICK).bringsNothing();
    frozen
      .happened(approvalBy(ALICE), { type: 'approved', by: [ALICE], rule: RULE.name })
      .when(TICK)
      .brings({ type: 'frozen', until: T0 + HOUR });
  });

  it('that is too old by the time of the create is void like any other', () => {
    const old = acted
      .later(RULE.approvalValidForMs + 5 * HOUR)
      .happened({ type: 'review-reminded', nextAt: T0 + 99 * HOUR });
    expect(old.when(TICK).becomes('pending')).not.toHaveProperty('emergency');
  });
});

describe('the review', () => {
  it('is done by whoever could have approved it', () => {
    const after = acted.later(HOUR).when(review(ALICE, { note: 'it did' }));
    const done = after.brings({ type: 'reviewed', by: ALICE, verdict: 'in-order', note: 'it did' }).as('approved');
    expect(done.emergency?.review).toEqual({
      state: 'done',
      by: ALICE,
      at: T0 + HOUR,
      verdict: 'in-order',
      note: 'it did',
    });
  });

  it.each<[string, RequestEvent[]]>([
    ['approved', []],
    ['executing', [slotReserved, rechecked('ep-old'), claimed()]],
    ['failed', [slotReserved, rechecked('ep-old'), claimed(), { type: 'failed', failure: FORBIDDEN }]],
    [
      'succeeded',
      [slotReserved, rechecked('ep-old'), claimed(), { type: 'succeeded', endpoint: made('ep-1'), how: 'answered' }],
    ],
  ])('is possible once it is %s, and stays done', (status, events) => {
    const after = acted
      .happened(...events)
      .when(review(ALICE))
      .goes();
    expect(after.request.status).toBe(status);
    after.when(review(BOB)).refuses({ kind: 'reviewed-before', by: ALICE, at: T0 });
  });

  it('is not done by those who acted or asked, nor by strangers', () => {
    acted.when(review(CAROL)).refuses({ kind: 'own-emergency' });
    acted.when(review(REQUESTER)).refuses({ kind: 'own-emergency' });
    waiting.happened(actedBy(ALICE)).when(review(ALICE)).refuses({ kind: 'own-emergency' });
    acted.when(review('UEVE')).refuses({ kind: 'not-an-approver', rule: RULE.name });
    acted.when(review(ALICE, { revision: 2 })).refuses({ kind: 'old-revision', current: 1 });
  });

  it('is for emergencies', () => {
    waiting.when(review(ALICE)).refuses({ kind: 'nothing-to-review' });
    given(...APPROVED)
      .when(review(BOB))
      .refuses({ kind: 'nothing-to-review' });
  });

  it('is asked for again and again, ever more seldom, until it is done', () => {
    const slow = waiting.happened(actedBy(CAROL), slotReserved, rechecked('ep-old'), claimed(), {
      type: 'failed',
      failure: FORBIDDEN,
    });
    slow
      .later(2 * HOUR - 1)
      .when(TICK)
      .bringsNothing();
    const at = T0 + 2 * HOUR;
    expect(slow.steps()).toEqual([{ kind: 'wait', key: `wait:review:${at}`, at }]);
    // Half-way, then at the end of its time, and then after twice as long each time.
    const once = slow
      .later(2 * HOUR)
      .when(TICK)
      .brings({ type: 'review-reminded', nextAt: T0 + 4 * HOUR });
    once
      .later(2 * HOUR - MINUTE)
      .when(TICK)
      .bringsNothing();
    const twice = once
      .later(2 * HOUR)
      .when(TICK)
      .brings({ type: 'review-reminded', nextAt: T0 + 8 * HOUR });
    let scenario = twice;
    for (let n = 0; n < 12; n += 1)
      scenario = scenario
        .later(7 * 24 * HOUR)
        .when(TICK)
        .goes();
    const done = scenario.when(review(ALICE)).goes();
    done
      .later(999 * HOUR)
      .when(TICK)
      .bringsNothing();
    expect(done.steps()).toEqual([]);
    const { review: still } = scenario.as('failed').emergency ?? {};
    expect(still).toMatchObject({ nextAt: T0 + scenario.elapsed + 7 * 24 * HOUR });
  });
});
