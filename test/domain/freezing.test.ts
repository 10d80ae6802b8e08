/** Freezes: an approved request keeps its approval, and its create waits until the window ends. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/commands.ts';
import type { RequestEvent } from '../../src/domain/events.ts';
import type { Freeze } from '../../src/domain/policy/freeze.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  approvalBy,
  approved,
  claimed,
  HOUR,
  MINUTE,
  precheckPassed,
  RULE,
  rechecked,
  slotReserved,
  submitted,
  T0,
} from '../support/samples.ts';
import { given, type Scenario } from '../support/scenario.ts';

const TICK: Command = { kind: 'tick' };
const window = (from: number, until: number, reason?: string): Freeze => ({
  kind: 'once',
  from: T0 + from,
  until: T0 + until,
  ...(reason === undefined ? {} : { reason }),
});
const under = (...freezes: readonly Freeze[]): Scenario => {
  const rule: Rule = { ...RULE, freezes, approvalValidForMs: 2 * HOUR };
  return given(submitted(undefined, rule), precheckPassed, approvalBy(ALICE), approved);
};
const ready: readonly RequestEvent[] = [slotReserved, rechecked('ep-old')];

describe('a freeze', () => {
  it('keeps an approved request back, once, with its reason', () => {
    const frozen = under(window(0, HOUR, 'year end'))
      .when(TICK)
      .brings({ type: 'frozen', until: T0 + HOUR, reason: 'year end' });
    expect(frozen.as('approved').frozen).toEqual({ until: T0 + HOUR, reason: 'year end' });
    frozen.later(MINUTE).when(TICK).bringsNothing();
  });

  it('that is not open keeps nothing back', () => {
    under(window(HOUR, 2 * HOUR))
      .when(TICK)
      .bringsNothing();
    under(window(-HOUR, 0)).when(TICK).bringsNothing();
  });

  it('leaves nothing to do but to wait for its end', () => {
    const frozen = under(window(0, HOUR)).when(TICK).goes();
    expect(frozen.steps()).toEqual([{ kind: 'wait', key: `wait:${T0 + HOUR}`, at: T0 + HOUR }]);
  });

  it('that begins while it takes its turn keeps the create back, and the turn and the check are made anew', () => {
    const waiting = under(window(MINUTE, HOUR)).happened({ ...slotReserved, slotAt: T0 + MINUTE } as RequestEvent);
    const frozen = waiting
      .happened(rechecked('ep-old'))
      .later(MINUTE)
      .when(TICK)
      .brings({ type: 'frozen', until: T0 + HOUR });
    expect(frozen.request).not.toHaveProperty('slotAt');
    expect(frozen.request).not.toHaveProperty('ready');
    expect(frozen.as('approved').tries).toBe(1);
  });

  it('once over lets it go on', () => {
    const over = under(window(0, HOUR)).when(TICK).goes().later(HOUR);
    over.when(TICK).bringsNothing();
    expect(over.steps().map(({ kind }) => kind)).toEqual(['wait', 'reserve-slot', 'recheck']);
    const claiming = over.happened({ type: 'slot-reserved', slotAt: T0 + HOUR }, rechecked('ep-old'));
    expect(claiming.when(TICK).becomes('executing')).toBeDefined();
  });

  it('that follows another is told when the first is over', () => {
    const between = under(window(0, HOUR), window(HOUR + MINUTE, 2 * HOUR));
    const first = between.when(TICK).brings({ type: 'frozen', until: T0 + HOUR });
    first
      .later(HOUR + MINUTE)
      .when(TICK)
      .brings({ type: 'frozen', until: T0 + 2 * HOUR });
  });

  it('does not let the approval grow old', () => {
    const frozen = under(window(0, 10 * HOUR))
      .when(TICK)
      .goes();
    frozen
      .later(10 * HOUR)
      .when(TICK)
      .bringsNothing();
    frozen
      .later(12 * HOUR - 1)
      .when(TICK)
      .bringsNothing();
    expect(
      frozen
        .later(12 * HOUR)
        .when(TICK)
        .becomes('pending').revision,
    ).toBe(2);
  });

  it('does not stop what was sent', () => {
    const sent = under(window(MINUTE, HOUR)).happened(...ready, claimed());
    sent.later(MINUTE).when(TICK).becomes('unknown');
  });

  it('is passed by one who may act alone, also when all others have approved already', () => {
    const rule: Rule = {
      ...RULE,
      freezes: [window(0, HOUR)],
      emergency: { users: [ALICE], groups: [], reviewWithinMs: HOUR },
    };
    const alone: Command = { kind: 'approve-alone', by: ALICE, revision: 1, reason: 'it burns' };
    const frozen = given(submitted(undefined, rule), precheckPassed, approvalBy(ALICE), approved).when(TICK).goes();
    const urgent = frozen.later(MINUTE).when(alone).goes();
    expect(urgent.as('approved')).toMatchObject({ notBefore: T0 + MINUTE, emergency: { by: ALICE } });
    expect(urgent.as('approved').frozen).toBeUndefined();
    urgent.when(TICK).bringsNothing();
    urgent.when(alone).refuses({ kind: 'already-decided', status: 'approved', by: [ALICE], at: T0 + MINUTE });
    frozen
      .later(2 * HOUR)
      .when(alone)
      .refuses({ kind: 'already-decided', status: 'approved', by: [ALICE], at: T0 });
  });

  it('does not stop people from approving', () => {
    const rule: Rule = { ...RULE, freezes: [window(0, HOUR)] };
    given(submitted(undefined, rule), precheckPassed)
      .when({ kind: 'approve', by: ALICE, revision: 1 })
      .becomes('approved');
  });
});
