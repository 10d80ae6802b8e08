/** Rejecting, cancelling, expiring and editing: how a request ends, or begins anew, before it is approved. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import { FINAL } from '../../src/domain/request.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  ATTENTION,
  approvalBy,
  BOB,
  CHECKING,
  EXECUTING,
  FAILED,
  HOUR,
  OPS,
  OTHER,
  PASSED,
  PENDING,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  SUCCEEDED,
  submitted,
  T0,
  UNKNOWN,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const reject: Command = { kind: 'reject', by: ALICE, revision: 1, reason: 'not now' };
const cancel = (by = REQUESTER, revision = 1): Command => ({ kind: 'cancel', by, revision });
const edit = (over: object = {}): Command => ({ kind: 'edit', by: REQUESTER, revision: 1, asked: OTHER_ZONE, ...over });
const OTHER_ZONE = { ...ASKED, operation: { ...ASKED.operation, zoneId: 'cn-hangzhou-g' } };
const REFUSED = [submitted(), { type: 'refused', refusal: { kind: 'no-rule' } }] as const;

describe('a rejection', () => {
  it('by an approver ends it, with the reason', () => {
    const { request } = given(...PENDING, approvalBy(BOB), 7)
      .when(reject)
      .brings({ type: 'rejected', by: ALICE, reason: 'not now' });
    expect(request).toMatchObject({ status: 'rejected', by: ALICE, reason: 'not now', at: T0 + 7, precheck: PASSED });
    expect(request).not.toHaveProperty('expiresAt');
  });

  it('by anybody else, or of another revision, does not', () => {
    given(...PENDING)
      .when({ ...reject, by: 'UEVE' } as Command)
      .refuses({ kind: 'not-an-approver', rule: RULE.name });
    given(...PENDING)
      .when({ ...reject, by: REQUESTER } as Command)
      .refuses({ kind: 'not-an-approver', rule: RULE.name });
    given(...PENDING)
      .when({ ...reject, revision: 9 } as Command)
      .refuses({ kind: 'old-revision', current: 1 });
  });

  it('by somebody who may be in a group of the rule that can not be read waits for Slack', () => {
    const blind = { person: person({ unreadable: [OPS] }) };
    const steps = [{ users: [ALICE], groups: [OPS], required: 1 }];
    given(submitted(ASKED, { ...RULE, steps }), precheckPassed)
      .when({ ...reject, by: 'UEVE' } as Command, blind)
      .refuses({ kind: 'groups-unreadable' });
    // A group that the steps do not name would not help them.
    given(...PENDING)
      .when({ ...reject, by: 'UEVE' } as Command, blind)
      .refuses({ kind: 'not-an-approver', rule: RULE.name });
  });
});

describe('a cancellation', () => {
  it('by the requester ends it while it is checked or waits', () => {
    const checking = given(...CHECKING, 3)
      .when(cancel())
      .brings({ type: 'cancelled', by: REQUESTER });
    expect(checking.request).toMatchObject({ status: 'cancelled', precheck: undefined, by: REQUESTER, at: T0 + 3 });
    const pending = given(...PENDING)
      .when(cancel())
      .brings({ type: 'cancelled', by: REQUESTER });
    expect(pending.request).toMatchObject({ status: 'cancelled', precheck: PASSED });
  });

  it('is nobody else’s', () => {
    given(...PENDING)
      .when(cancel(ALICE))
      .refuses({ kind: 'only-requester' });
    given(...CHECKING)
      .when(cancel(ALICE))
      .refuses({ kind: 'not-possible-now', status: 'checking' });
  });

  it('of an old revision does nothing', () => {
    given(...PENDING)
      .when(cancel(REQUESTER, 3))
      .refuses({ kind: 'old-revision', current: 1 });
  });

  it.each([
    ['approved', APPROVED],
    ['executing', EXECUTING],
    ['unknown', UNKNOWN],
    ['needs-attention', ATTENTION],
    ['failed', FAILED],
    ['succeeded', SUCCEEDED],
  ] as const)('comes too late when it is %s', (status, history) => {
    given(...history)
      .when(cancel())
      .refuses({ kind: 'already-decided', status, by: [ALICE], at: T0 });
  });
});

describe('time', () => {
  it('expires what waited as long as the rule allows', () => {
    given(...PENDING, 8 * HOUR - 1)
      .when({ kind: 'tick' })
      .bringsNothing();
    const { request } = given(...PENDING, 8 * HOUR)
      .when({ kind: 'tick' })
      .brings({ type: 'expired' });
    expect(request).toMatchObject({ status: 'expired', precheck: PASSED, at: T0 + 8 * HOUR });
  });

  it('tells a late click how it ended', () => {
    given(...PENDING, 8 * HOUR, { type: 'expired' })
      .when({ kind: 'approve', by: ALICE, revision: 1 })
      .refuses({ kind: 'already-decided', status: 'expired', by: [], at: T0 + 8 * HOUR });
    given(...PENDING, { type: 'rejected', by: BOB, reason: 'no' })
      .when({ kind: 'approve', by: ALICE, revision: 1 })
      .refuses({ kind: 'already-decided', status: 'rejected', by: [BOB], at: T0 });
  });
});

describe('an edit', () => {
  it('makes a new revision, voids the approvals and is checked anew', () => {
    const ruling = { kind: 'governed', rule: RULE, expiresAt: T0 + 10 + RULE.expiresAfterMs };
    const { request } = given(...PENDING, approvalBy(ALICE), 10)
      .when(edit())
      .brings({
        type: 'edited',
        by: REQUESTER,
        revision: 2,
        asked: OTHER_ZONE,
        before: ASKED,
        voided: [ALICE],
        ruling,
      });
    expect(request).toMatchObject({ status: 'checking', revision: 2, asked: OTHER_ZONE, tries: 0, askedAt: T0 });
    expect(request).not.toHaveProperty('approvals');
  });

  it('of a refused request tries again', () => {
    given(...REFUSED)
      .when(edit())
      .becomes('checking');
  });

  it('is ruled like a new request', () => {
    const name = 'target:prod:es-cn-2r429tctl000d0001:epsrv-hp3xdsq46ael67lo0001:cn-hangzhou-g';
    const taken = new Map([[name, { request: OTHER }]]);
    expect(
      given(...PENDING)
        .when(edit(), { taken })
        .becomes('refused').refusal,
    ).toEqual({ kind: 'target-taken', by: OTHER });
    expect(
      given(...PENDING)
        .when(edit(), { rules: [] })
        .becomes('refused').refusal,
    ).toEqual({ kind: 'no-rule' });
  });

  it('is the requester’s, of the current revision, and before the decision', () => {
    given(...PENDING)
      .when(edit({ by: ALICE }))
      .refuses({ kind: 'only-requester' });
    given(...PENDING)
      .when(edit({ revision: 2 }))
      .refuses({ kind: 'old-revision', current: 1 });
    given(...CHECKING)
      .when(edit())
      .refuses({ kind: 'not-possible-now', status: 'checking' });
    given(...APPROVED)
      .when(edit())
      .refuses({ kind: 'already-decided', status: 'approved', by: [ALICE], at: T0 });
  });
});

describe('a final status', () => {
  const ends = {
    checked: given(submitted({ ...ASKED, mode: 'precheck' }), { type: 'precheck-completed', report: PASSED }),
    rejected: given(...PENDING, { type: 'rejected', by: BOB, reason: 'no' }),
    cancelled: given(...PENDING, { type: 'cancelled', by: REQUESTER }),
    expired: given(...PENDING, { type: 'expired' }),
    succeeded: given(...SUCCEEDED),
  };

  it('is each of these', () => {
    expect(Object.keys(ends).sort()).toEqual([...FINAL].sort());
  });

  it.each(Object.entries(ends))('%s is left by no click', (_status, scenario) => {
    const everybody = { person: person({ groups: [OPS] }) };
    for (const by of [ALICE, REQUESTER]) {
      const clicks: Command[] = [
        { kind: 'approve', by, revision: 1 },
        { kind: 'reject', by, revision: 1, reason: 'r' },
        { kind: 'cancel', by, revision: 1 },
        { kind: 'edit', by, revision: 1, asked: ASKED },
        { kind: 'retry', by, revision: 1 },
        { kind: 'choose-endpoint', by, revision: 1, endpoint: 'ep-1' },
      ];
      for (const click of clicks) expect(() => scenario.when(click, everybody).goes()).toThrow('refused');
    }
    scenario
      .later(10_000 * HOUR)
      .when({ kind: 'tick' })
      .bringsNothing();
  });
});
