/** Edits, as those see them who knew the revision before: what is void, and what is new. */
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/domain/asked.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  ASKED,
  approvalBy,
  BOB,
  HOUR,
  PASSED,
  PENDING,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const OTHER_REASON: Asked = { ...ASKED, reason: 'another page' };
const edit = (asked: Asked = OTHER_REASON, revision = 1): Command => ({ kind: 'edit', by: REQUESTER, revision, asked });
const TWO: Rule = { ...RULE, steps: [{ users: [ALICE, BOB], groups: [], required: 2 }] };
const rules = { rules: [TWO] };
const half = given(submitted(undefined, TWO), precheckPassed, approvalBy(ALICE));

describe('an edit', () => {
  it('says whose yes is void, and they may say it again', () => {
    const edited = half.when(edit(), rules).goes();
    expect(edited.request.status).toBe('checking');
    const again = edited.happened(precheckPassed);
    expect(again.as('pending').approvals).toEqual([]);
    again.when({ kind: 'approve', by: ALICE, revision: 2 }).becomes('pending');
  });

  it('keeps what it changed for the card, until it is edited again', () => {
    const once = half.when(edit(), rules).goes().happened(precheckPassed);
    expect(once.request.before).toEqual(ASKED);
    const twice = once.when(edit(ASKED, 2), rules).goes();
    expect(twice.request.before).toEqual(OTHER_REASON);
  });

  it('shows a click on the revision before what is new', () => {
    const edited = half.when(edit(), rules).goes().happened(precheckPassed);
    const old = { kind: 'old-revision', current: 2, edit: { before: ASKED, asked: OTHER_REASON } } as const;
    edited.when({ kind: 'approve', by: BOB, revision: 1 }).refuses(old);
    edited.when({ kind: 'reject', by: BOB, revision: 1, reason: 'no' }).refuses(old);
    edited.when({ kind: 'remind', by: REQUESTER, revision: 1 }).refuses(old);
  });

  it('shows nothing new to a click on a revision that was sent back', () => {
    const back = given(...PENDING, approvalBy(ALICE), { type: 'approved', by: [ALICE], rule: RULE.name }).happened({
      type: 'sent-back',
      revision: 2,
      why: { kind: 'approval-too-old' },
      report: PASSED,
    });
    back.when({ kind: 'approve', by: ALICE, revision: 1 }).refuses({ kind: 'old-revision', current: 2 });
    const edited = half
      .when(edit(), rules)
      .goes()
      .happened(precheckPassed, {
        type: 'approved',
        by: [ALICE, BOB],
        rule: RULE.name,
      });
    const sentBack = edited.happened({
      type: 'sent-back',
      revision: 3,
      why: { kind: 'approval-too-old' },
      report: PASSED,
    });
    expect(sentBack.request).not.toHaveProperty('before');
  });

  it('falls under the rule as it is now, with all its time', () => {
    const other: Rule = { ...RULE, name: 'other', expiresAfterMs: 2 * HOUR };
    const edited = half
      .later(HOUR)
      .when(edit(), { rules: [other], policyVersion: 'v2' })
      .becomes('checking');
    expect(edited).toMatchObject({ rule: other, policyVersion: 'v2', expiresAt: T0 + 3 * HOUR });
  });

  it('that another rule covers by itself is approved by nobody’s old yes', () => {
    const open: Rule = { ...RULE, name: 'open', match: { lifetime: ['1d'] }, steps: [] };
    const short: Asked = { ...ASKED, lifetime: '1d' };
    const edited = half.when(edit(short), { rules: [open, TWO] }).goes();
    const passed = { kind: 'prechecked', revision: 2, tries: 0, report: PASSED } as const;
    expect(edited.when(passed).becomes('approved').approvals).toEqual([]);
  });
});
