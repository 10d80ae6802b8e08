/** What each status needs from the world next, who may send, what it holds, and how long it waits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/domain/backoff.ts';
import { holdings } from '../../src/domain/holdings.ts';
import { nextSteps } from '../../src/domain/next-step.ts';
import type { Request } from '../../src/domain/request.ts';
import {
  ALICE,
  APPROVED,
  ASKED,
  ATTENTION,
  at,
  CHECKING,
  claimed,
  EXECUTING,
  endpointNamed,
  FAILED,
  FORBIDDEN,
  HOUR,
  listed,
  MINUTE,
  PASSED,
  PENDING,
  READY,
  REQUESTER,
  RULE,
  rechecked,
  SUCCEEDED,
  slotReserved,
  submitted,
  T0,
  TARGET,
  UNKNOWN,
} from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const wait = (when: number) => ({ kind: 'wait', key: `wait:${when}`, at: when });
const VALID = T0 + RULE.approvalValidForMs;
const UP = { type: 'connected', awaited: false } as const;
const NOTHING_DUE = {
  refused: given(submitted(), { type: 'refused', refusal: { kind: 'no-rule' } }),
  checked: given(submitted({ ...ASKED, mode: 'precheck' }), { type: 'precheck-completed', report: PASSED }),
  rejected: given(...PENDING, { type: 'rejected', by: 'UALICE', reason: 'no' }),
  cancelled: given(...PENDING, { type: 'cancelled', by: REQUESTER }),
  expired: given(...PENDING, { type: 'expired' }),
  'needs-attention': given(...ATTENTION),
  failed: given(...FAILED),
  succeeded: given(...SUCCEEDED, UP),
} satisfies Partial<Record<Request['status'], Scenario>>;

describe('next', () => {
  it('a checking request is checked, until it expires', () => {
    const again = given(...CHECKING, { type: 'precheck-postponed', report: PASSED, retryAt: T0 + 700 });
    expect(again.steps()).toEqual([
      { kind: 'precheck', key: 'precheck:1:1', at: T0 + 700, revision: 1, tries: 1 },
      wait(T0 + 8 * HOUR),
    ]);
  });

  it('a pending request waits for people, once it is known who they are', () => {
    const lookAt = (time: number) => ({ kind: 'read-roster', key: `read-roster:1:${time}`, at: time, revision: 1 });
    expect(given(...PENDING).steps()).toEqual([wait(T0 + 8 * HOUR), lookAt(T0)]);
    const people = [ALICE, 'UBOB'].map((id) => ({ id, standing: 'member' as const }));
    const known = given(...PENDING, { type: 'roster-read', roster: { people, groups: [] } });
    expect(known.steps()).toEqual([wait(T0 + 8 * HOUR), lookAt(T0 + HOUR)]);
    const unclear = [{ id: ALICE, standing: 'unknown' as const }];
    const unsure = given(...PENDING, { type: 'roster-read', roster: { people: unclear, groups: [] } });
    expect(unsure.steps()).toEqual([wait(T0 + 8 * HOUR), lookAt(T0 + 5 * MINUTE)]);
  });

  it('an approved request takes a slot and is checked again, side by side', () => {
    expect(given(...APPROVED).steps()).toEqual([
      wait(VALID),
      { kind: 'reserve-slot', key: 'reserve-slot:1:0:0', at: T0, tries: 0 },
      { kind: 'recheck', key: 'recheck:1:0:0:0', at: T0, tries: 0 },
    ]);
    expect(given(...APPROVED, rechecked()).steps()).toEqual([
      wait(VALID),
      { kind: 'reserve-slot', key: 'reserve-slot:1:0:0', at: T0, tries: 0 },
    ]);
    expect(given(...APPROVED, slotReserved).steps()).toEqual([
      wait(VALID),
      { kind: 'recheck', key: 'recheck:1:0:0:0', at: T0, tries: 0 },
    ]);
  });

  it('an approved request waits for its slot', () => {
    const slot = { type: 'slot-reserved', slotAt: T0 + 900 } as const;
    expect(given(...APPROVED, slot, rechecked()).steps()).toEqual([wait(VALID), wait(T0 + 900)]);
  });

  it('a second precheck that will have aged by then is done again in time for the slot', () => {
    const slot = { type: 'slot-reserved', slotAt: T0 + 3 * MINUTE } as const;
    const again = { kind: 'recheck', key: `recheck:1:0:0:${T0}`, at: T0 + 3 * MINUTE - 10_000, tries: 0 };
    for (const later of [0, 2 * MINUTE]) {
      expect(given(...APPROVED, slot, rechecked(), later).steps()).toEqual([wait(VALID), again]);
    }
    expect(given(...APPROVED, slot, rechecked(), 3 * MINUTE - 10_000, rechecked()).steps()).toEqual([
      wait(VALID),
      wait(T0 + 3 * MINUTE),
    ]);
  });

  it('each attempt has steps of its own', () => {
    const again = given(...UNKNOWN, { type: 'resend-cleared', retryAt: T0 + 5 });
    expect(again.steps().map(({ key }) => key)).toEqual([`wait:${VALID}`, 'reserve-slot:1:1:1', 'recheck:1:1:1:0']);
  });

  it('the holder of the claim sends, everybody else looks', () => {
    const over = wait(T0 + 32_000);
    expect(given(...EXECUTING).steps('run-1')).toEqual([{ kind: 'create', key: 'create:1', at: T0, attempt: 1 }, over]);
    expect(given(...EXECUTING).steps('run-2')).toEqual([
      { kind: 'look', key: 'look:1:claimed', at: T0, attempt: 1, looks: 0 },
      over,
    ]);
  });

  it('an unknown outcome is looked at when it is due', () => {
    const looked = { type: 'looked', found: 0, complete: true, nextLookAt: T0 + 250 } as const;
    expect(given(...UNKNOWN, looked).steps()).toEqual([
      { kind: 'look', key: 'look:1:1', at: T0 + 250, attempt: 1, looks: 1 },
    ]);
  });

  it.each(['failed', 'succeeded'] as const)('a request that %s is looked out for while it has a watch', (status) => {
    const watch = { nextAt: T0 + MINUTE, left: 2 };
    const after =
      status === 'failed'
        ? given(...EXECUTING, { type: 'failed', failure: FORBIDDEN, watch })
        : given(...EXECUTING, { type: 'succeeded', endpoint: listed('ep-1'), how: 'found', watch }, UP);
    expect(after.steps()).toEqual([
      { kind: 'look', key: `watch:1:2:${T0 + MINUTE}`, at: T0 + MINUTE, attempt: 1, looks: 0 },
    ]);
  });

  it.each(Object.entries(NOTHING_DUE))('%s: nothing', (status, scenario) => {
    expect(scenario.request.status).toBe(status);
    expect(scenario.steps()).toEqual([]);
  });

  it('wall times are told in the terms of a clock that was moved ahead', () => {
    const moved = nextSteps(given(...EXECUTING).request, { now: T0 + HOUR, wall: T0 }, 'run-2');
    expect(moved).toContainEqual(wait(T0 + HOUR + 32_000));
  });

  it('two attempts never share a send’s key', () => {
    const second = given(...UNKNOWN, { type: 'resend-cleared', retryAt: T0 }, claimed({ attempt: 2 }));
    expect(second.steps().map(({ key }) => key)).toContain('create:2');
  });
});

describe('a request holds', () => {
  it.each([
    ['checking', CHECKING],
    ['pending', PENDING],
    ['approved', READY],
    ['executing', EXECUTING],
    ['unknown', UNKNOWN],
    ['needs-attention', ATTENTION],
  ] as const)('its target while it is %s', (_status, history) => {
    expect(holdings(given(...history).request)).toEqual([TARGET]);
  });

  it('nothing while it is only a precheck, or once it is over', () => {
    expect(holdings(given(submitted({ ...ASKED, mode: 'precheck' })).request)).toEqual([]);
    const { succeeded, 'needs-attention': attention, ...over } = NOTHING_DUE;
    for (const { request } of Object.values(over)) expect(holdings(request)).toEqual([]);
    expect(holdings(undefined)).toEqual([]);
    expect(holdings(succeeded.request)).toEqual([endpointNamed('ep-new')]);
    expect(holdings(attention.request)).toEqual([TARGET]);
  });

  it('nothing while a person is asked about a target that is another’s', () => {
    const lost = given(...FAILED, { type: 'attention-needed', candidates: [listed('ep-1')], targetLost: true });
    expect(holdings(lost.request)).toEqual([]);
  });
});

describe('the backoff', () => {
  it('doubles up to its cap, and takes between half and all of that', () => {
    expect([0, 1, 2, 10, 99].map((tries) => backoffMs(tries, 0))).toEqual([500, 1_000, 2_000, 450_000, 450_000]);
    expect([0, 1, 2].map((looks) => backoffMs(looks, 0, 500, 30_000))).toEqual([250, 500, 1_000]);
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (tries, jitter) => {
        const full = Math.min(15 * MINUTE, 1_000 * 2 ** tries);
        const ms = backoffMs(tries, jitter);
        expect(Number.isInteger(ms) && ms >= full / 2 && ms <= full).toBe(true);
      }),
    );
  });

  it('of a list of steps is the same for the same state and moment', () => {
    expect(nextSteps(given(...READY).request, at(1), 'r')).toEqual(nextSteps(given(...READY).request, at(1), 'r'));
  });
});
