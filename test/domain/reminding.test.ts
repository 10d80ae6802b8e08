/** Reminders: by themselves, ever more seldom, and by the requester, not too often. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import { REMIND_PAUSE_MS, REMINDERS_BY_HAND } from '../../src/domain/decide-approval.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  APPROVED,
  BOB,
  CHECKING,
  HOUR,
  MINUTE,
  PENDING,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const TICK: Command = { kind: 'tick' };
const remind = (by = REQUESTER, revision = 1): Command => ({ kind: 'remind', by, revision });
const under = (rule: Partial<Rule>): Scenario => given(submitted(undefined, { ...RULE, ...rule }), precheckPassed);
const often = under({ reminders: { afterMs: 10 * MINUTE, capMs: HOUR }, expiresAfterMs: 1_000 * HOUR });

describe('a reminder by itself', () => {
  it('comes at its time, and is waited for', () => {
    const at = T0 + 10 * MINUTE;
    expect(often.steps()).toContainEqual({ kind: 'wait', key: `wait:${at}`, at });
    often
      .later(10 * MINUTE - 1)
      .when(TICK)
      .bringsNothing();
    const after = often
      .later(10 * MINUTE)
      .when(TICK)
      .brings({ type: 'reminded', nextAt: T0 + 30 * MINUTE });
    expect(after.as('pending').reminders).toEqual({ times: 1, byHand: 0, lastAt: at, nextAt: T0 + 30 * MINUTE });
    after.when(TICK).bringsNothing();
  });

  it('comes after twice as long each time, and never more seldom than the rule wants', () => {
    let scenario = often;
    const gaps: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { nextAt } = scenario.as('pending').reminders;
      const due = (nextAt ?? 0) - T0 - scenario.elapsed;
      gaps.push(due / MINUTE);
      scenario = scenario.later(due).when(TICK).goes();
    }
    expect(gaps).toEqual([10, 20, 40, 60, 60, 60]);
    expect(scenario.as('pending').reminders.times).toBe(6);
  });

  it('that comes late comes once', () => {
    often
      .later(500 * HOUR)
      .when(TICK)
      .brings({ type: 'reminded', nextAt: T0 + 500 * HOUR + 20 * MINUTE });
  });

  it('comes not where the rule wants none, nor once it is decided or has expired', () => {
    const silent = given(...PENDING, 7 * HOUR);
    silent.when(TICK).bringsNothing();
    expect(silent.steps().filter(({ kind }) => kind === 'wait')).toHaveLength(1);
    const { reminders } = under({ reminders: { afterMs: MINUTE, capMs: HOUR } }).as('pending').rule;
    const decided = under({ ...(reminders ? { reminders } : {}) }).happened({
      type: 'approved',
      by: [ALICE],
      rule: 'x',
    });
    decided.later(HOUR).when(TICK).bringsNothing();
    often
      .later(1_000 * HOUR)
      .when(TICK)
      .brings({ type: 'expired' });
  });

  it('begins anew with each revision', () => {
    const edited = often.later(HOUR).happened(
      { type: 'reminded', nextAt: T0 + 2 * HOUR },
      {
        type: 'edited',
        by: REQUESTER,
        revision: 2,
        asked: often.request.asked,
        before: often.request.asked,
        ruling: { kind: 'governed', rule: often.as('pending').rule, expiresAt: T0 + 1_000 * HOUR },
      },
      precheckPassed,
    );
    expect(edited.as('pending').reminders).toEqual({ times: 0, byHand: 0, nextAt: T0 + HOUR + 10 * MINUTE });
  });
});

describe('a reminder by hand', () => {
  const later = given(...PENDING, REMIND_PAUSE_MS);

  it('is the requester’s', () => {
    const after = later.when(remind()).brings({ type: 'reminded', by: REQUESTER });
    expect(after.as('pending').reminders).toEqual({ times: 0, byHand: 1, lastAt: T0 + REMIND_PAUSE_MS });
    later.when(remind(BOB)).refuses({ kind: 'only-requester' });
  });

  it('comes not right after anybody was told', () => {
    const against = { kind: 'reminded-lately', at: T0, againAt: T0 + REMIND_PAUSE_MS } as const;
    given(...PENDING)
      .when(remind())
      .refuses(against);
    given(...PENDING, REMIND_PAUSE_MS - 1)
      .when(remind())
      .refuses(against);
    const again = later.when(remind()).goes().later(1).when(remind());
    again.refuses({
      kind: 'reminded-lately',
      at: T0 + REMIND_PAUSE_MS,
      againAt: T0 + 2 * REMIND_PAUSE_MS,
    });
  });

  it('counts after one that came by itself, too', () => {
    const own = often
      .later(20 * MINUTE)
      .when(TICK)
      .goes();
    own
      .later(MINUTE)
      .when(remind())
      .refuses({
        kind: 'reminded-lately',
        at: T0 + 20 * MINUTE,
        againAt: T0 + 20 * MINUTE + REMIND_PAUSE_MS,
      });
  });

  it('comes so many times, and no more', () => {
    let scenario = given(...PENDING);
    for (let n = 0; n < REMINDERS_BY_HAND; n += 1) scenario = scenario.later(REMIND_PAUSE_MS).when(remind()).goes();
    scenario.later(REMIND_PAUSE_MS).when(remind()).refuses({ kind: 'reminded-enough', times: REMINDERS_BY_HAND });
  });

  it('puts off the next one that comes by itself, by a pause at least, and takes no turn of its', () => {
    const soon = under({ reminders: { afterMs: 16 * MINUTE, capMs: HOUR } }).later(15 * MINUTE);
    const after = soon.when(remind()).brings({ type: 'reminded', by: REQUESTER, nextAt: T0 + 30 * MINUTE });
    expect(after.as('pending').reminders).toMatchObject({ times: 0, byHand: 1, nextAt: T0 + 30 * MINUTE });
    // One that is far off stays where it is.
    often
      .later(20 * MINUTE)
      .when(TICK)
      .goes()
      .later(15 * MINUTE)
      .when(remind())
      .brings({ type: 'reminded', by: REQUESTER, nextAt: T0 + 50 * MINUTE });
    const far = under({ reminders: { afterMs: 5 * HOUR, capMs: 5 * HOUR } }).later(HOUR);
    far.when(remind()).brings({ type: 'reminded', by: REQUESTER, nextAt: T0 + 5 * HOUR });
  });

  it('is for what waits for its approval', () => {
    given(...CHECKING, HOUR)
      .when(remind())
      .refuses({ kind: 'not-possible-now', status: 'checking' });
    given(...APPROVED, HOUR)
      .when(remind())
      .refuses({ kind: 'already-decided', status: 'approved', by: [ALICE], at: T0 });
    later.when(remind(REQUESTER, 2)).refuses({ kind: 'old-revision', current: 1 });
  });
});
