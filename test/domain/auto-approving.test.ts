/** A rule that asks nobody: what it covers is approved as soon as it is checked. */
import { describe, expect, it } from 'vitest';
import type { Command, Outcome } from '../../src/domain/commands.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import { ALICE, ASKED, HOUR, listed, PASSED, REQUESTER, RULE, report, submitted, T0 } from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const TICK: Command = { kind: 'tick' };
const OPEN: Rule = { ...RULE, name: 'open', steps: [] };
const BY_ITSELF = { type: 'approved', by: [], rule: 'open' } as const;
const PASSES = { type: 'precheck-passed', report: PASSED } as const;
const prechecked = (over: Partial<Extract<Outcome, { kind: 'prechecked' }>> = {}): Outcome => ({
  kind: 'prechecked',
  revision: 1,
  tries: 0,
  report: PASSED,
  ...over,
});
const checking = given(submitted(undefined, OPEN));
const inactive = report({
  instance: { verdict: 'failed', refusal: { kind: 'instance-not-active', status: 'inactive' } },
});

describe('a rule that asks nobody', () => {
  it('approves what passes its check', () => {
    const approved = checking.when(prechecked()).brings(PASSES, BY_ITSELF).as('approved');
    expect(approved).toMatchObject({ approvals: [], approvedAt: T0, rule: OPEN });
    expect(approved).not.toHaveProperty('emergency');
  });

  it('approves nothing that the check refuses, or can not tell', () => {
    expect(checking.when(prechecked({ report: inactive })).becomes('refused')).toBeDefined();
    const unread = report({ service: { verdict: 'not-checked', reason: 'throttled' } });
    expect(checking.when(prechecked({ report: unread })).becomes('checking')).toBeDefined();
  });

  it('approves no precheck', () => {
    const only = given(submitted({ ...ASKED, mode: 'precheck' }, OPEN));
    expect(only.when(prechecked()).becomes('checked')).toBeDefined();
  });

  it('keeps a create back while it is frozen, like any other', () => {
    const freezes: Rule['freezes'] = [{ kind: 'once', from: T0, until: T0 + HOUR }];
    const frozen = given(submitted(undefined, { ...OPEN, freezes }))
      .when(prechecked())
      .goes();
    frozen.when(TICK).brings({ type: 'frozen', until: T0 + HOUR });
  });

  it('approves anew what waited for too long', () => {
    const approved = checking.happened(PASSES, BY_ITSELF).later(OPEN.approvalValidForMs);
    const sentBack = { type: 'sent-back', revision: 2, why: { kind: 'approval-too-old' }, report: PASSED };
    const again = approved.when(TICK).brings(sentBack, BY_ITSELF);
    expect(again.as('approved')).toMatchObject({ revision: 2, approvedAt: T0 + OPEN.approvalValidForMs });
  });

  it('approves anew what is checked differently, which then fails for that', () => {
    const differs = (tries: number): Outcome => ({
      kind: 'rechecked',
      tries,
      report: inactive,
      listing: [listed('ep-old', { zoneId: 'x' })],
      others: [],
    });
    const sentBack = {
      type: 'sent-back',
      revision: 2,
      why: { kind: 'precheck-differs', checks: ['instance'] },
      report: inactive,
    };
    const again = checking.happened(PASSES, BY_ITSELF).when(differs(0)).brings(sentBack, BY_ITSELF);
    expect(again.when(differs(0)).becomes('failed')).toBeDefined();
  });

  it('has nobody who could decide on it', () => {
    const pending = checking.happened(PASSES);
    for (const by of [ALICE, REQUESTER]) {
      const { rule } = pending.as('pending');
      pending
        .when({ kind: 'reject', by, revision: 1, reason: 'no' })
        .refuses({ kind: 'not-an-approver', rule: rule.name });
    }
  });
});
