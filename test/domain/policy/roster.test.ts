/** Who stands behind a rule's names: who could approve, who still may, whether that is enough, and what is wrong with the names. */
import { describe, expect, it } from 'vitest';
import {
  canBeMet,
  couldApprove,
  groupsIn,
  isIn,
  mayPass,
  mayStillApprove,
  type Roster,
  type RosterGroup,
  type RosterTrouble,
  rosterTroubles,
  toldDirectly,
} from '../../../src/domain/policy/roster.ts';
import type { Rule, Step } from '../../../src/domain/policy/rule.ts';
import type { Standing } from '../../../src/domain/refusals.ts';
import { RULE, T0 } from '../../support/samples.ts';

const step = (required: number, users: readonly string[], groups: readonly string[] = []): Step => ({
  users,
  groups,
  required,
});
const rule = (...steps: readonly Step[]): Rule => ({ ...RULE, steps });
const roster = (standings: Readonly<Record<string, Standing>>, ...groups: readonly RosterGroup[]): Roster => ({
  people: Object.entries(standings).map(([id, standing]) => ({ id, standing })),
  groups,
});
const yes = (by: string, ...groups: readonly string[]) => ({ by, at: T0, groups });
const ME = 'UME';
const OPS: RosterGroup = { id: 'S', members: ['B', 'C', ME] };
const NONE: Roster = { people: [], groups: [] };

describe('those who could approve', () => {
  const all = roster({ A: 'member', B: 'member', C: 'member', [ME]: 'member' }, OPS);

  it('are those named and the members of the groups, once, without the requester', () => {
    expect(couldApprove(rule(step(1, ['A', 'B', ME], ['S'])), all, ME)).toEqual(['A', 'B', 'C']);
  });

  it('are with the requester where their own yes counts', () => {
    expect(couldApprove({ ...rule(step(1, ['A'], ['S'])), selfApproval: true }, all, ME)).toEqual(['A', 'B', 'C', ME]);
  });

  it.each<[Standing, boolean]>([
    ['member', true],
    ['unknown', true],
    ['guest', false],
    ['bot', false],
    ['stranger', false],
    ['deactivated', false],
  ])('are with a %s: %s', (standing, could) => {
    expect(couldApprove(rule(step(1, ['A'])), roster({ A: standing }), ME)).toEqual(could ? ['A'] : []);
  });

  it('are with those of whom nothing is known yet', () => {
    expect(couldApprove(rule(step(1, ['A'])), NONE, ME)).toEqual(['A']);
  });

  it('are told directly where they do not see the card, up to twenty; nobody counts as told who moves up later', () => {
    const names = Array.from({ length: 30 }, (_, number) => `U${number}`);
    const all: Roster = {
      people: names.map((id, index) => ({
        id,
        standing: 'member',
        ...(index === 0 ? {} : { outside: true as const }),
      })),
      groups: [],
    };
    expect(toldDirectly(rule(step(2, names)), all, ME, [])).toEqual(names.slice(1, 21));
    expect(toldDirectly(rule(step(2, names)), all, ME, [yes('U1')])).toEqual(names.slice(2, 21));
  });

  it('still may only where their yes would fill a place', () => {
    const two = rule(step(1, ['A', 'B']), step(1, ['C']));
    expect(mayStillApprove(two, all, ME, [])).toEqual(['A', 'B', 'C']);
    expect(mayStillApprove(two, all, ME, [yes('A')])).toEqual(['C']);
    expect(mayStillApprove(two, all, ME, [yes('A'), yes('C')])).toEqual([]);
  });

  it('still may where somebody can be moved to make room', () => {
    const two = rule(step(1, ['A', 'B']), step(1, ['A']));
    expect(mayStillApprove(two, all, ME, [yes('A')])).toEqual(['B']);
  });

  it('may as members of a group', () => {
    expect(mayStillApprove(rule(step(2, [], ['S'])), all, ME, [yes('B', 'S')])).toEqual(['C']);
  });
});

describe('whether it can be met', () => {
  it.each<
    [what: string, rule: Rule, roster: Roster, approvals: readonly ReturnType<typeof yes>[], can: boolean | undefined]
  >([
    ['by those named', rule(step(1, ['A'])), roster({ A: 'member' }), [], true],
    ['by nobody but one who left', rule(step(1, ['A'])), roster({ A: 'deactivated' }), [], false],
    ['by nobody but the requester', rule(step(1, [ME])), roster({ [ME]: 'member' }), [], false],
    ['by too few', rule(step(2, ['A', 'B'])), roster({ A: 'member', B: 'guest' }), [], false],
    ['by one left and one who has', rule(step(2, ['A', 'B'])), roster({ A: 'member', B: 'guest' }), [yes('B')], true],
    ['by one for two steps', rule(step(1, ['A']), step(1, ['A'])), roster({ A: 'member' }), [], false],
    ['by the members of a group', rule(step(2, [], ['S'])), roster({ B: 'member', C: 'member' }, OPS), [], true],
    ['by an empty group', rule(step(1, [], ['S'])), roster({}, { id: 'S', members: [] }), [], false],
    ['by a disabled group', rule(step(1, [], ['S'])), roster({}, { id: 'S', problem: 'disabled' }), [], false],
    ['by an absent group', rule(step(1, [], ['S'])), roster({}, { id: 'S', problem: 'absent' }), [], false],
    [
      'by a group without scope',
      rule(step(1, [], ['S'])),
      roster({}, { id: 'S', problem: 'missing-scope' }),
      [],
      false,
    ],
    ['by an unreadable group', rule(step(1, [], ['S'])), roster({}, { id: 'S', problem: 'unreadable' }), [], undefined],
    [
      'by a group at a bad time',
      rule(step(1, [], ['S'])),
      roster({}, { id: 'S', problem: 'rate-limited' }),
      [],
      undefined,
    ],
    ['by a group not asked about', rule(step(1, [], ['S'])), NONE, [], undefined],
    ['by those who have', rule(step(1, ['A'])), roster({ A: 'deactivated' }), [yes('A')], true],
    ['without anybody', rule(), NONE, [], true],
  ])('%s', (_what, each, known, approvals, can) => {
    expect(canBeMet(each, known, ME, approvals)).toBe(can);
  });
});

describe('the troubles', () => {
  it('are told in the order of the rule, each once', () => {
    // Nobody has looked for Y: of a very long list only the first are looked up.
    const known = roster(
      { A: 'deactivated', B: 'member', X: 'unknown' },
      { id: 'S', problem: 'disabled' },
      { id: 'R', members: [] },
    );
    expect(rosterTroubles([step(1, ['B', 'A'], ['S', 'R']), step(1, ['A', 'X', 'Y'], ['S', 'T'])], known)).toEqual([
      { kind: 'person', user: 'A', standing: 'deactivated' },
      { kind: 'person', user: 'X', standing: 'unknown' },
      { kind: 'group', group: 'S', problem: 'disabled' },
      { kind: 'group', group: 'R', problem: 'empty' },
      { kind: 'group', group: 'T', problem: 'unreadable' },
    ]);
  });

  it.each<[RosterTrouble, boolean]>([
    [{ kind: 'person', user: 'A', standing: 'unknown' }, true],
    [{ kind: 'person', user: 'A', standing: 'deactivated' }, false],
    [{ kind: 'person', user: 'A', standing: 'guest' }, false],
    [{ kind: 'group', group: 'S', problem: 'rate-limited' }, true],
    [{ kind: 'group', group: 'S', problem: 'unreadable' }, true],
    [{ kind: 'group', group: 'S', problem: 'disabled' }, false],
    [{ kind: 'group', group: 'S', problem: 'absent' }, false],
    [{ kind: 'group', group: 'S', problem: 'empty' }, false],
    [{ kind: 'group', group: 'S', problem: 'missing-scope' }, false],
  ])('%j may pass by itself: %s', (trouble, passes) => {
    expect(mayPass(trouble)).toBe(passes);
  });
});

it('knows the groups that somebody is in, as far as they could be read', () => {
  const known = roster({}, OPS, { id: 'R', members: ['B'] }, { id: 'T', problem: 'unreadable' });
  expect(groupsIn(known, 'B')).toEqual(['S', 'R']);
  expect(groupsIn(known, 'A')).toEqual([]);
  expect(isIn({ users: [], groups: ['R'] }, known, 'B')).toBe(true);
  expect(isIn({ users: [], groups: ['R', 'T'] }, known, 'C')).toBe(false);
});
