/** Approving: whose yes counts, for which place, and when it is enough. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import { type Approval, groupsOf, progressOf } from '../../src/domain/policy/progress.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import type { Standing } from '../../src/domain/refusals.ts';
import {
  ALICE,
  APPROVED,
  approvalBy,
  BOB,
  CHECKING,
  FAILED,
  OPS,
  PENDING,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const approve = (by: string, revision = 1): Command => ({ kind: 'approve', by, revision });
const under = (rule: Partial<Rule>): Scenario => given(submitted(undefined, { ...RULE, ...rule }), precheckPassed);
const step = (required: number, users: readonly string[], groups: readonly string[] = []) => ({
  users,
  groups,
  required,
});

describe('a yes', () => {
  it('that the rule waited for approves', () => {
    const approval = { by: ALICE, at: T0 + 5, groups: [] };
    const { request } = given(...PENDING, 5)
      .when(approve(ALICE))
      .brings(
        { type: 'approval-given', approval, progress: { filled: 1, required: 1, complete: true } },
        { type: 'approved', by: [ALICE], rule: RULE.name },
      );
    expect(request).toMatchObject({
      status: 'approved',
      approvals: [approval],
      approvedAt: T0 + 5,
      notBefore: T0 + 5,
      generation: 1,
      tries: 0,
      renewToken: false,
      halted: false,
    });
  });

  it('of the requester does not count', () => {
    const own = under({ steps: [step(1, [REQUESTER, ALICE])] });
    own.when(approve(REQUESTER)).refuses({ kind: 'requester-may-not-approve', rule: RULE.name });
  });

  it('of the requester counts where the rule says so, and only if they are an approver', () => {
    under({ selfApproval: true, steps: [step(1, [REQUESTER])] })
      .when(approve(REQUESTER))
      .becomes('approved');
    under({ selfApproval: true }).when(approve(REQUESTER)).refuses({ kind: 'not-an-approver', rule: RULE.name });
  });

  it('of somebody whom the rule does not name does not count', () => {
    given(...PENDING)
      .when(approve('UEVE'))
      .refuses({ kind: 'not-an-approver', rule: RULE.name });
  });

  it('of a member of a group counts, with the groups they were in', () => {
    const ops = under({ steps: [step(1, [], [OPS])] });
    const { approvals } = ops.when(approve('UDAVE'), { person: person({ groups: [OPS] }) }).becomes('approved');
    expect(approvals).toEqual([{ by: 'UDAVE', at: T0, groups: [OPS] }]);
    ops.when(approve('UDAVE')).refuses({ kind: 'not-an-approver', rule: RULE.name });
  });

  it('of somebody who may be in a group that can not be read counts for nothing', () => {
    const blind = { person: person({ unreadable: [OPS] }) };
    under({ steps: [step(1, [ALICE], [OPS])] })
      .when(approve('UDAVE'), blind)
      .refuses({ kind: 'groups-unreadable' });
    under({ steps: [step(1, [ALICE], [OPS])] })
      .when(approve(ALICE), blind)
      .becomes('approved');
  });

  it.each<Standing>(['guest', 'bot', 'stranger', 'deactivated', 'unknown'])('of a %s does not count', (standing) => {
    given(...PENDING)
      .when(approve(ALICE), { person: person({ standing }) })
      .refuses({ kind: 'standing', standing });
  });

  it('counts once', () => {
    const two = under({ steps: [step(2, [ALICE, BOB])] });
    const half = two.when(approve(ALICE)).goes();
    expect(half.as('pending').approvals).toHaveLength(1);
    half.later(5).when(approve(ALICE)).refuses({ kind: 'approved-before', at: T0 });
    half.when(approve(BOB)).becomes('approved');
  });

  it('to an old revision does not count, nor to one that is not there yet', () => {
    given(...PENDING)
      .when(approve(ALICE, 0))
      .refuses({ kind: 'old-revision', current: 1 });
    given(...PENDING)
      .when(approve(ALICE, 2))
      .refuses({ kind: 'old-revision', current: 1 });
  });

  it('that finds every place of its giver filled does not count', () => {
    const rule = under({ steps: [step(1, [ALICE, BOB]), step(1, ['UCAROL'])] });
    rule.when(approve(ALICE)).goes().when(approve(BOB)).refuses({ kind: 'no-place-left', rule: RULE.name });
  });

  it('before the check is through is not possible', () => {
    given(...CHECKING)
      .when(approve(ALICE))
      .refuses({ kind: 'not-possible-now', status: 'checking' });
  });

  it.each([
    ['approved', APPROVED],
    ['failed', FAILED],
  ] as const)('after it was %s hears who decided', (status, history) => {
    given(...history)
      .when(approve(BOB))
      .refuses({ kind: 'already-decided', status, by: [ALICE], at: T0 });
  });
});

describe('places', () => {
  const yes = (by: string, groups: readonly string[] = []): Approval => ({ by, at: T0, groups });
  const rule = (...steps: Rule['steps']): Rule => ({ ...RULE, steps });

  it('are filled by whoever is needed there, in whatever order they come', () => {
    const steps = rule(step(1, [ALICE, BOB]), step(1, [ALICE]));
    expect(progressOf(steps, [yes(ALICE), yes(BOB)])).toEqual({ filled: 2, required: 2, complete: true });
    expect(progressOf(steps, [yes(BOB), yes(ALICE)])).toEqual({ filled: 2, required: 2, complete: true });
  });

  it('are moved along a chain of people', () => {
    const chain = rule(step(1, ['A', 'B']), step(1, ['B', 'C']), step(1, ['A']));
    expect(progressOf(chain, [yes('A'), yes('B'), yes('C')]).complete).toBe(true);
  });

  it('are one a person, who may stand in several steps and say yes again', () => {
    const steps = rule(step(1, [ALICE]), step(1, [ALICE, BOB]));
    expect(progressOf(steps, [yes(ALICE), yes(ALICE)])).toEqual({ filled: 1, required: 2, complete: false });
  });

  it('say how far it is', () => {
    const three = rule(step(3, [], [OPS]));
    expect(progressOf(three, [])).toEqual({ filled: 0, required: 3, complete: false });
    expect(progressOf(three, [yes('1', [OPS]), yes('2'), yes('3', [OPS])])).toEqual({
      filled: 2,
      required: 3,
      complete: false,
    });
  });

  it('name each group once', () => {
    expect(groupsOf(rule(step(1, [], [OPS, 'S2']), step(1, [], [OPS])))).toEqual([OPS, 'S2']);
  });

  it('are not filled by an approval that the pending state already counted', () => {
    given(...PENDING, approvalBy(ALICE))
      .when(approve(ALICE))
      .refuses({ kind: 'approved-before', at: T0 });
  });
});
