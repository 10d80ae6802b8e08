/** A policy that changes while a request waits: a stricter rule takes over, any other leaves it its own. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import type { Context, Person } from '../../src/domain/decision.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  approvalBy,
  BOB,
  CHECKING,
  HOUR,
  OPS,
  PASSED,
  PENDING,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const changed = (requester: Person = person(), version = 'v2'): Command => ({
  kind: 'policy-changed',
  version,
  requester,
});
const now = (...rules: readonly Rule[]): Partial<Context> => ({ rules, policyVersion: 'v2' });
const STRICT: Rule = { ...RULE, name: 'strict', steps: [{ users: [ALICE, BOB], groups: [], required: 2 }] };
const LOOSE: Rule = { ...RULE, name: 'loose', steps: [{ users: [ALICE, BOB, 'UCAROL'], groups: [], required: 1 }] };

describe('a policy that changes', () => {
  it('is looked at once by each request that waits', () => {
    const steps = (version?: string) =>
      [CHECKING, PENDING].map((history) =>
        given(...history)
          .steps()
          .filter(({ kind }) => kind === 'consider-policy' && version !== undefined),
      );
    expect(steps()).toEqual([[], []]);
    const kept = given(...PENDING)
      .when(changed(), now(RULE))
      .brings({ type: 'rule-kept', version: 'v2' });
    expect(kept.as('pending')).toMatchObject({ policyVersion: 'v2', rule: RULE });
    kept.when(changed(), now(RULE)).bringsNothing();
  });

  it('and is stricter takes over, and the approvals stay', () => {
    const half = given(submitted(undefined, { ...STRICT, name: RULE.name }), precheckPassed, approvalBy(ALICE), HOUR);
    const stricter: Rule = { ...STRICT, steps: [...STRICT.steps, { users: ['UCAROL'], groups: [], required: 1 }] };
    const after = half
      .when(changed(), now(stricter))
      .brings({ type: 'rule-tightened', version: 'v2', rule: stricter, was: RULE.name });
    const { rule, approvals, rosterDueAt, policyVersion, expiresAt } = after.as('pending');
    expect({ rule, rosterDueAt, policyVersion }).toEqual({
      rule: stricter,
      rosterDueAt: T0 + HOUR,
      policyVersion: 'v2',
    });
    expect(approvals).toHaveLength(1);
    expect(expiresAt).toBe(T0 + RULE.expiresAfterMs);
    after.when({ kind: 'approve', by: BOB, revision: 1 }).becomes('pending');
  });

  it('takes over while it is checked, too', () => {
    const after = given(...CHECKING)
      .when(changed(), now(STRICT))
      .brings({ type: 'rule-tightened', version: 'v2', rule: STRICT, was: RULE.name });
    expect(after.as('checking').rule).toEqual(STRICT);
    expect(after.happened(precheckPassed).as('pending').rule).toEqual(STRICT);
  });

  it('and is not stricter leaves its rule, and names the other', () => {
    given(...PENDING)
      .when(changed(), now(LOOSE))
      .brings({ type: 'rule-kept', version: 'v2', instead: 'loose' });
  });

  it('begins the reminders of the stricter rule', () => {
    const reminding: Rule = { ...STRICT, reminders: { afterMs: HOUR, capMs: HOUR } };
    const after = given(...PENDING, HOUR)
      .when(changed(), now(reminding))
      .becomes('pending');
    expect(after.reminders).toEqual({ times: 0, byHand: 0, nextAt: T0 + 2 * HOUR });
  });

  it('takes back an escalation that the stricter rule does not have', () => {
    const escalated = given(
      submitted(undefined, { ...RULE, escalation: { users: ['UCAROL'], groups: [], afterMs: HOUR } }),
      precheckPassed,
      HOUR,
      { type: 'escalated', to: { users: ['UCAROL'], groups: [] } },
    );
    const after = escalated.when(changed(), now(RULE)).goes();
    expect(after.request).not.toHaveProperty('escalatedAt');
    after.when({ kind: 'approve', by: 'UCAROL', revision: 1 }).refuses({ kind: 'not-an-approver', rule: RULE.name });
  });

  describe('after an escalation', () => {
    const later: Rule = { ...RULE, escalation: { users: ['UCAROL'], groups: [], afterMs: HOUR } };
    const to = { type: 'escalated', to: { users: ['UCAROL'], groups: [] } } as const;
    const escalated = given(submitted(undefined, later), precheckPassed, HOUR, to);

    it('and leaves the rule as it is changes nothing', () => {
      escalated.when(changed(), now(later)).brings({ type: 'rule-kept', version: 'v2' });
    });

    it('and is stricter takes over, and its escalation comes at once', () => {
      const stricter: Rule = { ...later, steps: [...later.steps, { users: ['UDAVE'], groups: [], required: 1 }] };
      const tightened = escalated
        .when(changed(), now(stricter))
        .brings({ type: 'rule-tightened', version: 'v2', rule: stricter, was: RULE.name });
      tightened.when({ kind: 'tick' }).brings(to);
    });
  });

  it('and covers it no more refuses it', () => {
    for (const history of [CHECKING, PENDING]) {
      const after = given(...history).when(changed(), now());
      expect(after.brings({ type: 'refused', refusal: { kind: 'no-rule' } }).request.status).toBe('refused');
    }
  });

  it('that hangs on who the requester is waits until Slack says that', () => {
    const forOps: Rule = { ...STRICT, match: { requester: { users: [], groups: [OPS] } } };
    const pending = given(...PENDING);
    pending.when(changed(person({ unreadable: [OPS] })), now(forOps, RULE)).bringsNothing();
    pending.when(changed(person({ standing: 'unknown' })), now(RULE)).bringsNothing();
    expect(pending.when(changed(person({ groups: [OPS] })), now(forOps, RULE)).becomes('pending').rule.name).toBe(
      'strict',
    );
    expect(pending.when(changed(), now(forOps, RULE)).becomes('pending').rule.name).toBe(RULE.name);
    // Where all that could match comes to the same, it does not matter.
    pending
      .when(changed(person({ unreadable: ['SELSE'] })), now(forOps, RULE))
      .brings({ type: 'rule-kept', version: 'v2' });
  });

  it('lets no yes count before the request was held against it', () => {
    const approve: Command = { kind: 'approve', by: ALICE, revision: 1 };
    const pending = given(...PENDING);
    pending.when(approve, now(STRICT)).refuses({ kind: 'groups-unreadable' });
    pending.when(changed(), now(RULE)).goes().when(approve, now(RULE)).becomes('approved');
    pending.when(changed(), now(STRICT)).goes().when(approve, now(STRICT)).becomes('pending');
  });

  it('and wants others than the requester does not count their own yes any more', () => {
    const own: Rule = {
      ...STRICT,
      name: RULE.name,
      selfApproval: true,
      steps: [{ users: [REQUESTER, ALICE, BOB], groups: [], required: 2 }],
    };
    const half = given(submitted(undefined, own), precheckPassed, approvalBy(REQUESTER), approvalBy(ALICE));
    const after = half.when(changed(), now({ ...own, selfApproval: false })).goes();
    expect(after.as('pending').approvals.map(({ by }) => by)).toEqual([ALICE]);
  });

  it('to one that asks nobody or somebody is held against what waits before that is approved by itself', () => {
    const nobody: Rule = { ...RULE, steps: [] };
    const checked = { kind: 'prechecked', revision: 1, tries: 0, report: PASSED } as const;
    const checking = given(submitted(undefined, nobody));
    checking.when(checked, now(RULE)).becomes('pending');
    checking
      .when(checked, now(nobody))
      .goes()
      .when(changed(), now(nobody))
      .brings({ type: 'rule-kept', version: 'v2' }, { type: 'approved', by: [], rule: RULE.name });
  });

  it('does not take an edit for a reason to give the request up while Slack can’t tell who the requester is', () => {
    const forOps: Rule = { ...STRICT, match: { requester: { users: [], groups: [OPS] } } };
    given(...PENDING)
      .when(
        { kind: 'edit', by: REQUESTER, revision: 1, asked: ASKED },
        { rules: [forOps, RULE], person: person({ unreadable: [OPS] }) },
      )
      .refuses({ kind: 'groups-unreadable' });
  });

  it('again meanwhile is looked at anew', () => {
    given(...PENDING)
      .when(changed(person(), 'v1'), now(STRICT))
      .bringsNothing();
  });

  it('is nothing to what is decided', () => {
    given(...APPROVED)
      .when(changed(), now())
      .bringsNothing();
  });
});
