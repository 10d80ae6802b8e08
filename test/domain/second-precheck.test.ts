/** The precheck once more, just before the send: it goes on, waits, sends back, fails, or finds what was looked for. */
import { describe, expect, it } from 'vitest';
import type { PrecheckReport } from '../../src/domain/precheck.ts';
import {
  APPROVED,
  answered,
  approvalBy,
  approved,
  EXECUTING,
  listed,
  made,
  PASSED,
  READY,
  RULE,
  report,
  SETTLE,
  submitted,
  T0,
  UNKNOWN,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const LATER = { type: 'resend-cleared', retryAt: T0 } as const;
const rechecked = (of: PrecheckReport, over: object = {}) =>
  ({
    kind: 'rechecked',
    tries: 0,
    report: of,
    listing: [listed('ep-old', { zoneId: 'x' })],
    others: [],
    ...over,
  }) as const;
const inactive = { kind: 'instance-not-active', status: 'inactive' } as const;
const differs = report({ instance: { verdict: 'failed', refusal: inactive } });
const exists = report({
  duplicate: { verdict: 'failed', refusal: { kind: 'endpoint-exists', endpoint: 'ep-1', domain: 'd' } },
});

describe('a second precheck', () => {
  it('that passes makes ready, and its listing is the baseline', () => {
    const { ready } = given(...APPROVED, 5)
      .when(rechecked(PASSED))
      .brings({ type: 'rechecked', report: PASSED, endpoints: ['ep-old'] })
      .as('approved');
    expect(ready).toEqual({ at: T0 + 5, endpoints: ['ep-old'] });
  });

  it.each([
    ['without a listing', rechecked(PASSED, { listing: undefined })],
    ['without a read', rechecked(report({ service: { verdict: 'not-checked', reason: 'throttled' } }))],
  ])('%s is tried again, with a new slot', (_what, outcome) => {
    const after = given(...READY)
      .when(outcome)
      .brings({ type: 'recheck-postponed', retryAt: T0 + 500 });
    expect(after.as('approved')).toMatchObject({ tries: 1, notBefore: T0 + 500 });
    expect(after.request).not.toHaveProperty('slotAt');
    expect(after.request).not.toHaveProperty('ready');
  });

  it('that differs from what was approved is sent back as a new revision', () => {
    const why = { kind: 'precheck-differs', checks: ['instance'] };
    const back = given(...APPROVED, 9)
      .when(rechecked(differs))
      .brings({ type: 'sent-back', revision: 2, why, report: differs })
      .as('pending');
    expect(back).toMatchObject({ revision: 2, approvals: [], precheck: differs, since: T0 + 9 });
    expect(back.expiresAt).toBe(T0 + 9 + RULE.expiresAfterMs);
  });

  it('that fails as it did when it was approved fails the request', () => {
    const known = [submitted(), { type: 'precheck-passed', report: differs }, approvalBy('UALICE'), approved] as const;
    given(...known)
      .when(rechecked(differs))
      .brings({ type: 'failed', failure: inactive });
  });

  it('that fails after a send fails the request: nobody approves that revision again', () => {
    const postponed = { type: 'create-postponed', problem: answered('Throttling'), retryAt: T0 } as const;
    given(...EXECUTING, postponed)
      .when(rechecked(differs, { tries: 1 }))
      .brings({ type: 'failed', failure: inactive });
  });

  it('whose dry run made an endpoint fails the request', () => {
    const refusal = { kind: 'dry-run-created', endpoint: made('ep-oops') } as const;
    given(...APPROVED)
      .when(rechecked(report({ 'dry-run': { verdict: 'failed', refusal } })))
      .brings({ type: 'failed', failure: refusal });
  });

  it('of an earlier try, or after the claim, is dropped', () => {
    given(...APPROVED)
      .when(rechecked(PASSED, { tries: 4 }))
      .bringsNothing();
    given(...EXECUTING)
      .when(rechecked(PASSED))
      .bringsNothing();
  });
});

describe('before a repeat', () => {
  const again = given(...UNKNOWN, LATER);
  const saw = (listing: object, of = exists) => rechecked(of, { tries: 1, listing });

  it('one that turned up is adopted', () => {
    again
      .when(saw([listed('ep-1')]))
      .brings({ type: 'succeeded', endpoint: { ...made('ep-1'), serviceId: listed('ep-1').serviceId }, how: 'found' });
  });

  it('several that turned up are for a person', () => {
    again.when(saw([listed('ep-1'), listed('ep-2')])).becomes('needs-attention');
  });

  it('one that another request holds is not ours', () => {
    again.when(rechecked(exists, { tries: 1, listing: [listed('ep-1')], others: ['ep-1'] })).becomes('failed');
    again
      .when(saw([listed('ep-1')]), {
        taken: new Map([[`endpoint:es-cn-2r429tctl000d0001:ep-1`, { request: 'req_x' }]]),
      })
      .becomes('failed');
  });

  it('after definite failures only, one that turned up is somebody else’s', () => {
    given(...EXECUTING, { type: 'create-postponed', problem: answered('Throttling'), retryAt: T0 })
      .when(saw([listed('ep-1')]))
      .becomes('failed');
  });

  it('a failure is followed by a lookout, for the first send may still bring one', () => {
    again.when(saw([], differs)).brings({ type: 'failed', failure: inactive, watch: { nextAt: T0 + SETTLE, left: 3 } });
  });

  it('the baseline, and the time, stay those of the first send', () => {
    const second = again
      .later(5_000)
      .happened(
        { type: 'slot-reserved', slotAt: T0 },
        { type: 'rechecked', report: PASSED, endpoints: ['ep-old', 'ep-newer'] },
      );
    const { sends, claim } = second.when({ kind: 'tick' }).becomes('executing');
    expect(sends).toMatchObject({ baseline: ['ep-old'], firstAt: T0, attempts: 2 });
    expect(claim.since).toBe(T0 + 5_000);
  });
});
