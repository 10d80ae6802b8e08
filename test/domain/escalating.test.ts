/** Escalation: who may act too, once nobody has decided for long. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  approvalBy,
  approved,
  HOUR,
  MINUTE,
  OPS,
  PASSED,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const TICK: Command = { kind: 'tick' };
const CAROL = 'UCAROL';
const approve = (by: string): Command => ({ kind: 'approve', by, revision: 1 });
const LATER: Rule = { ...RULE, escalation: { users: [CAROL], groups: [OPS], afterMs: HOUR } };
const TO = { type: 'escalated', to: { users: [CAROL], groups: [OPS] } } as const;
const waiting = given(submitted(undefined, LATER), precheckPassed);
const escalated = waiting.later(HOUR).when(TICK).brings(TO);

describe('an escalation', () => {
  it('comes at its time, and is waited for', () => {
    const at = T0 + HOUR;
    expect(waiting.steps()).toContainEqual({ kind: 'wait', key: `wait:${at}`, at });
    waiting
      .later(HOUR - 1)
      .when(TICK)
      .bringsNothing();
  });

  it('comes once, and who is asked now is looked up', () => {
    const { rule, escalatedAt, rosterDueAt } = escalated.as('pending');
    expect({ escalatedAt, rosterDueAt }).toEqual({ escalatedAt: T0 + HOUR, rosterDueAt: T0 + HOUR });
    expect(rule).not.toHaveProperty('escalation');
    escalated.later(HOUR).when(TICK).bringsNothing();
  });

  it('lets those whom it names approve, and not before', () => {
    waiting.when(approve(CAROL)).refuses({ kind: 'not-an-approver', rule: RULE.name });
    expect(escalated.when(approve(CAROL)).becomes('approved').approvals).toEqual([
      { by: CAROL, at: T0 + HOUR, groups: [] },
    ]);
    escalated.when(approve('UDAVE'), { person: person({ groups: [OPS] }) }).becomes('approved');
    escalated.when(approve(ALICE)).becomes('approved');
    escalated.when(approve('UEVE')).refuses({ kind: 'not-an-approver', rule: RULE.name });
  });

  it('lets them reject', () => {
    const reject: Command = { kind: 'reject', by: CAROL, revision: 1, reason: 'no' };
    waiting.when(reject).refuses({ kind: 'not-an-approver', rule: RULE.name });
    escalated.when(reject).becomes('rejected');
  });

  it('lets them fill any place, and asks for no less', () => {
    const steps = [
      { users: [ALICE], groups: [], required: 1 },
      { users: ['UBOB'], groups: [], required: 1 },
    ];
    const half = given(submitted(undefined, { ...LATER, steps }), precheckPassed, approvalBy(ALICE), HOUR)
      .when(TICK)
      .brings(TO);
    expect(half.as('pending').approvals).toHaveLength(1);
    half.when(approve(CAROL)).becomes('approved');
    const none = given(submitted(undefined, { ...LATER, steps }), precheckPassed, HOUR)
      .when(TICK)
      .brings(TO);
    none.when(approve(CAROL)).becomes('pending');
  });

  it('does not let the requester approve themselves', () => {
    const own: Rule = { ...RULE, escalation: { users: [REQUESTER], groups: [], afterMs: HOUR } };
    given(submitted(undefined, own), precheckPassed, HOUR)
      .when(TICK)
      .goes()
      .when(approve(REQUESTER))
      .refuses({ kind: 'requester-may-not-approve', rule: RULE.name });
  });

  it('takes the place of a reminder that is due: nobody is told twice at once', () => {
    const both: Rule = { ...LATER, reminders: { afterMs: HOUR, capMs: HOUR } };
    const told = given(submitted(undefined, both), precheckPassed, HOUR + MINUTE)
      .when(TICK)
      .brings(TO);
    expect(told.as('pending').reminders.nextAt).toBe(T0 + 2 * HOUR + MINUTE);
  });

  it('is not forgotten when the request is sent back, so that its rule is still the same one', () => {
    const back = given(submitted(undefined, LATER), precheckPassed, HOUR, TO, approvalBy(ALICE), approved).happened({
      type: 'sent-back',
      revision: 2,
      why: { kind: 'approval-too-old' },
      report: PASSED,
    });
    back
      .when({ kind: 'policy-changed', version: 'v2', requester: person() }, { rules: [LATER], policyVersion: 'v2' })
      .brings({ type: 'rule-kept', version: 'v2' });
  });

  it('counts from when it began to wait for people, not from when it was asked', () => {
    const slow = given(submitted(undefined, LATER), 30 * MINUTE, precheckPassed);
    slow
      .later(HOUR - 1)
      .when(TICK)
      .bringsNothing();
    slow.later(HOUR).when(TICK).brings(TO);
  });

  it('comes not once it has expired', () => {
    waiting.later(RULE.expiresAfterMs).when(TICK).brings({ type: 'expired' });
  });
});
