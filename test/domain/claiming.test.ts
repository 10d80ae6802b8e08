/** Claiming the send: not before everything is there, once, under one token. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APPROVED,
  approvalBy,
  approved,
  EXECUTING,
  FAILED,
  HOUR,
  MINUTE,
  PASSED,
  READY,
  REQUESTER,
  RULE,
  rechecked,
  SETTLE,
  slotReserved,
  T0,
  TIMEOUT,
  TOKEN,
  UNKNOWN,
} from '../support/samples.ts';
import { given, Scenario } from '../support/scenario.ts';

const TICK = { kind: 'tick' } as const;
const again = { type: 'resend-cleared', retryAt: T0 } as const;

describe('a claim', () => {
  it('is taken once the slot has come and the second precheck passed', () => {
    const { sends } = given(...READY)
      .when(TICK, { holder: 'run-7' })
      .brings({
        type: 'create-claimed',
        claim: { holder: 'run-7', since: T0, until: T0 + 30_000 },
        attempt: 1,
        generation: 1,
        clientToken: TOKEN,
        baseline: ['ep-old'],
      })
      .as('executing');
    expect(sends).toEqual({ baseline: ['ep-old'], firstAt: T0, attempts: 1, setbacks: 0, uncertain: false });
  });

  it('waits for the slot', () => {
    given(...APPROVED, rechecked())
      .when(TICK)
      .bringsNothing();
    const slot = given(...APPROVED, rechecked(), { type: 'slot-reserved', slotAt: T0 + 300 }, 299);
    slot.when(TICK).bringsNothing();
    slot.later(1).when(TICK).becomes('executing');
  });

  it('waits for the second precheck, and for a new one once it has aged', () => {
    given(...APPROVED, slotReserved)
      .when(TICK)
      .bringsNothing();
    given(...READY, MINUTE - 1)
      .when(TICK)
      .becomes('executing');
    given(...READY, MINUTE)
      .when(TICK)
      .bringsNothing();
  });

  it('waits until the request may be tried again', () => {
    const put = given(...READY, { type: 'recheck-postponed', retryAt: T0 + 900 }, slotReserved, rechecked(), 899);
    put.when(TICK).bringsNothing();
    put.later(1).when(TICK).becomes('executing');
  });

  it('a slot belongs to the try that asked for it', () => {
    given(...APPROVED)
      .when({ kind: 'slot-reserved', tries: 0, slotAt: T0 + 5 })
      .brings({ type: 'slot-reserved', slotAt: T0 + 5 });
    given(...APPROVED)
      .when({ kind: 'slot-reserved', tries: 1, slotAt: T0 + 5 })
      .bringsNothing();
    given(...READY)
      .when({ kind: 'slot-reserved', tries: 0, slotAt: T0 + 5 })
      .bringsNothing();
  });

  it('is not taken while the account is stopped', () => {
    const halted = given(...READY)
      .when({ kind: 'account-halted', tries: 0 })
      .brings({ type: 'account-halted', retryAt: T0 + MINUTE });
    expect(halted.as('approved')).toMatchObject({ halted: true, tries: 1 });
    halted.later(MINUTE).when(TICK).bringsNothing();
    expect(halted.happened(slotReserved).as('approved').halted).toBe(false);
    given(...READY)
      .when({ kind: 'account-halted', tries: 3 })
      .bringsNothing();
  });
});

describe('an approval', () => {
  const valid = RULE.approvalValidForMs;

  it('older than the rule allows goes back to be given again', () => {
    given(...APPROVED, valid - 1)
      .when(TICK)
      .bringsNothing();
    given(...APPROVED, valid)
      .when(TICK)
      .brings({ type: 'sent-back', revision: 2, why: { kind: 'approval-too-old' }, report: PASSED })
      .as('pending');
  });

  it('goes back rather than be used, should both be due', () => {
    given(...APPROVED, valid, slotReserved, rechecked())
      .when(TICK)
      .becomes('pending');
  });

  it('that runs out after a send of unknown outcome ends the request: a new revision would be a new token', () => {
    given(...UNKNOWN, again, valid)
      .when(TICK)
      .brings({
        type: 'failed',
        failure: { kind: 'gave-up', problem: TIMEOUT },
        watch: { nextAt: T0 + valid + SETTLE, left: 3 },
      });
  });

  it('that is too old when a person retries is given again', () => {
    given(...UNKNOWN, { type: 'failed', failure: { kind: 'gave-up', problem: TIMEOUT } }, 25 * HOUR)
      .when({ kind: 'retry', by: REQUESTER, revision: 1 })
      .goes()
      .when(TICK)
      .becomes('pending');
  });
});

describe('the ClientToken', () => {
  const tokenOf = (scenario: ReturnType<typeof given>) =>
    scenario.happened(slotReserved, rechecked()).when(TICK).becomes('executing').clientToken;

  it('is the same for every automatic attempt', () => {
    expect(tokenOf(given(...UNKNOWN, again))).toBe(TOKEN);
    expect(tokenOf(given(...EXECUTING, { type: 'create-postponed', problem: TIMEOUT, retryAt: T0 }))).toBe(TOKEN);
  });

  it('is another for another revision, and after a person’s retry', () => {
    const back = { type: 'sent-back', revision: 2, why: { kind: 'approval-too-old' }, report: PASSED } as const;
    expect(tokenOf(given(...APPROVED, back, approvalBy('UALICE'), approved))).toBe(TOKEN.replace('r1', 'r2'));
    expect(tokenOf(given(...FAILED, { type: 'retried', by: REQUESTER }))).toBe(TOKEN.replace('g1', 'g2'));
  });

  it('is 64 printable ASCII characters at most, and says which request, revision and generation it is', () => {
    const seen = new Map<string, string>();
    const ulid = fc.array(fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), { minLength: 26, maxLength: 26 });
    const counted = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(ulid, counted(99_999), counted(9_999), (chars, revision, generation) => {
        const id = `req_${chars.join('')}` as const;
        const request = { ...given(...READY).as('approved'), id, revision, generation };
        const { clientToken } = new Scenario(request, 0).when(TICK).becomes('executing');
        expect(clientToken).toMatch(/^[\x21-\x7e]{1,64}$/);
        const name = `${id} ${revision} ${generation}`;
        expect(seen.get(clientToken) ?? name).toBe(name);
        seen.set(clientToken, name);
      }),
      { numRuns: 100 },
    );
  });
});
