/** What no rule and no crowd can break: who counts, how often, and that stricter means stricter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/commands.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { Person } from '../../../src/domain/decision.ts';
import { type Approval, escalated, progressOf } from '../../../src/domain/policy/progress.ts';
import { canBeMet, mayStillApprove, type Roster } from '../../../src/domain/policy/roster.ts';
import type { People, Rule, Step } from '../../../src/domain/policy/rule.ts';
import { isStricter } from '../../../src/domain/policy/stricter.ts';
import type { Request } from '../../../src/domain/request.ts';
import { ASKED, context, HOUR, person, precheckPassed, REQUESTER, RULE, submitted, T0 } from '../../support/samples.ts';
import { given, type Scenario } from '../../support/scenario.ts';

const USERS = ['UA', 'UB', 'UC', 'UD', REQUESTER] as const;
const GROUPS = ['S1', 'S2'] as const;
const NUM_RUNS = 3_000;

const users = fc.subarray([...USERS]);
const groups = fc.subarray([...GROUPS]);
const people: fc.Arbitrary<People> = fc.record({ users, groups });
const step: fc.Arbitrary<Step> = fc.record({ users, groups, required: fc.integer({ min: 1, max: 2 }) });
const steps = fc.array(step, { minLength: 1, maxLength: 3 });
/** Who is in which user group, for a whole story. */
const membership = fc.record({ UA: groups, UB: groups, UC: groups, UD: groups, [REQUESTER]: groups });
type Membership = Readonly<Record<string, readonly string[]>>;

const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const rule: fc.Arbitrary<Rule> = fc
  .record({ steps, selfApproval: fc.boolean(), escalation: maybe(people), emergency: maybe(people) })
  .map(({ escalation, emergency, ...rest }) => ({
    ...RULE,
    ...rest,
    ...(escalation === undefined ? {} : { escalation: { ...escalation, afterMs: HOUR } }),
    ...(emergency === undefined ? {} : { emergency: { ...emergency, reviewWithinMs: HOUR } }),
  }));

const approvalsOf = (who: readonly string[], of: Membership): readonly Approval[] =>
  who.map((by) => ({ by, at: T0, groups: of[by] ?? [] }));
const crowd = fc.array(fc.constantFrom(...USERS), { maxLength: 6 });

/** Told apart from the code under test: tries every way to seat people. */
function canSeat(places: readonly Step[], who: readonly string[], of: Membership): boolean {
  const [place, ...others] = places;
  if (place === undefined) return true;
  return who.some(
    (each) =>
      isIn(place, each, of) &&
      canSeat(
        others,
        who.filter((other) => other !== each),
        of,
      ),
  );
}
const isIn = (some: People, who: string, of: Membership): boolean =>
  some.users.includes(who) || some.groups.some((group) => of[who]?.includes(group));
const placesOf = (all: readonly Step[]): readonly Step[] =>
  all.flatMap((each) => Array.from({ length: each.required }, () => each));

describe('a rule', () => {
  it('is met exactly by those who can be seated one to a place', () => {
    fc.assert(
      fc.property(steps, crowd, membership, (all, who, of) => {
        expect(progressOf({ steps: all }, approvalsOf(who, of)).complete).toBe(
          canSeat(placesOf(all), [...new Set(who)], of),
        );
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('is met no less once one more person may fill a step', () => {
    fc.assert(
      fc.property(steps, crowd, membership, fc.nat(2), fc.constantFrom(...USERS), (all, who, of, index, added) => {
        const wider = all.map((each, n) =>
          n === index % all.length ? { ...each, users: [...each.users, added] } : each,
        );
        const [before, after] = [all, wider].map((each) => progressOf({ steps: each }, approvalsOf(who, of)));
        expect(after?.filled).toBeGreaterThanOrEqual(before?.filled ?? 0);
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('can be met no less once one more person may fill a step', () => {
    fc.assert(
      fc.property(rule, membership, fc.nat(2), fc.constantFrom(...USERS), (each, of, index, added) => {
        const wider: Rule = {
          ...each,
          steps: each.steps.map((one, n) =>
            n === index % each.steps.length ? { ...one, users: [...one.users, added] } : one,
          ),
        };
        if (canBeMet(each, rosterOf(of), REQUESTER, []) === true) {
          expect(canBeMet(wider, rosterOf(of), REQUESTER, [])).toBe(true);
        }
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('that is escalated is met by whatever met it before', () => {
    fc.assert(
      fc.property(rule, crowd, membership, (each, who, of) => {
        const approvals = approvalsOf(who, of);
        expect(progressOf(escalated(each), approvals).filled).toBeGreaterThanOrEqual(
          progressOf(each, approvals).filled,
        );
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('that is stricter is never met by people who did not meet the one before', () => {
    let compared = 0;
    fc.assert(
      fc.property(strictened, crowd, membership, ([before, next], who, of) => {
        if (!isStricter(next, before)) return;
        compared += 1;
        const approvals = approvalsOf(who, of);
        if (progressOf(next, approvals).complete) expect(progressOf(before, approvals).complete).toBe(true);
        const [wide, wider] = [before, next].map((each) => progressOf(escalated(each), approvals).complete);
        if (wider) expect(wide).toBe(true);
        const alone = (each: Rule) => who.some((one) => each.emergency !== undefined && isIn(each.emergency, one, of));
        if (alone(next)) expect(alone(before)).toBe(true);
        if (next.selfApproval) expect(before.selfApproval).toBe(true);
        expect(isStricter(before, next)).toBe(false);
      }),
      { numRuns: NUM_RUNS },
    );
    // Most pairs are made to be so.
    expect(compared).toBeGreaterThan(NUM_RUNS / 10);
  });
});

/** A rule, and what somebody who wants more makes of it; not always something stricter. */
const strictened: fc.Arbitrary<readonly [Rule, Rule]> = rule.chain((before) =>
  fc
    .record({
      more: fc.array(step, { maxLength: 1 }),
      fewer: fc.tuple(
        ...before.steps.map((one) => fc.record({ users: fc.subarray([...one.users]), extra: fc.nat(1) })),
      ),
      selfApproval: fc.boolean(),
      keeps: fc.boolean(),
      other: rule,
      isOther: fc.nat(4).map((drawn) => drawn === 0),
    })
    .map(({ more, fewer, selfApproval, keeps, other, isOther }): readonly [Rule, Rule] => {
      if (isOther) return [before, other];
      const narrowed = before.steps.map((one, index) => ({
        ...one,
        users: fewer[index]?.users ?? one.users,
        required: one.required + (fewer[index]?.extra ?? 0),
      }));
      const { emergency: _emergency, escalation: _escalation, ...rest } = before;
      const base = keeps ? before : rest;
      return [before, { ...base, steps: [...more, ...narrowed], selfApproval: before.selfApproval && selfApproval }];
    }),
);

function rosterOf(of: Membership): Roster {
  return {
    people: USERS.map((id) => ({ id, standing: 'member' })),
    groups: GROUPS.map((id) => ({ id, members: USERS.filter((user) => of[user]?.includes(id)) })),
  };
}

type Move =
  | { readonly kind: 'click'; readonly by: string; readonly stale: boolean }
  | { readonly kind: 'alone'; readonly by: string }
  | { readonly kind: 'edit' }
  | { readonly kind: 'wait' };
const by = fc.constantFrom(...USERS);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('click' as const), by, stale: fc.nat(7).map((n) => n === 0) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('alone' as const), by }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'edit' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' } as const) },
);
const moves = fc.array(move, { maxLength: 12 });

/** Lives a story as far as the decision. */
function live(each: Rule, of: Membership, all: readonly Move[]): Request {
  let scenario: Scenario = given(submitted(undefined, each), precheckPassed);
  for (const one of all) {
    if (scenario.request.status !== 'pending') break;
    scenario = after(scenario, one, each, of);
  }
  return scenario.request;
}

function after(scenario: Scenario, one: Move, each: Rule, of: Membership): Scenario {
  const revision = scenario.request.revision;
  const asking = (command: Command, who: string): Scenario => {
    const known: Person = person({ groups: of[who] ?? [] });
    return scenario.when(command, { rules: [each], person: known }).goesOrNot();
  };
  switch (one.kind) {
    case 'click':
      return asking({ kind: 'approve', by: one.by, revision: one.stale ? revision - 1 : revision }, one.by);
    case 'alone':
      return asking({ kind: 'approve-alone', by: one.by, revision, reason: 'it burns' }, one.by);
    case 'edit': {
      const asked = { ...ASKED, reason: `revision ${revision + 1}` };
      const edited = asking({ kind: 'edit', by: REQUESTER, revision, asked }, REQUESTER);
      return edited.happened(precheckPassed);
    }
    case 'wait':
      return scenario.later(HOUR).when({ kind: 'tick' }).goes();
  }
}

describe('whatever people click', () => {
  const story = (judge: (rule: Rule, of: Membership, moves: readonly Move[], request: Request) => void) =>
    fc.assert(
      fc.property(rule, membership, moves, (each, of, all) => {
        judge(each, of, all, live(each, of, all));
      }),
      { numRuns: NUM_RUNS },
    );

  it('those who stand in no step, and not in the escalation or emergency, approve nothing', () => {
    story((each, of, all) => {
      const named = [...each.steps, ...[each.escalation, each.emergency].filter((some) => some !== undefined)];
      const strangers = all.filter((one) => !('by' in one) || !named.some((some) => isIn(some, one.by, of)));
      const request = live(each, of, strangers);
      expect(request.status).not.toBe('approved');
      if (request.status === 'pending') expect(request.approvals).toEqual([]);
    });
  });

  it('the requester’s own yes counts only where the rule says so', () => {
    story((each, _of, _all, request) => {
      if (each.selfApproval || !('approvals' in request)) return;
      const emergency = 'emergency' in request ? request.emergency : undefined;
      const others = request.approvals.filter(({ by: giver }) => giver !== emergency?.by);
      expect(others.map(({ by: giver }) => giver)).not.toContain(REQUESTER);
    });
  });

  it('nobody counts twice', () => {
    story((_each, _of, _all, request) => {
      if (!('approvals' in request)) return;
      const givers = request.approvals.map(({ by: giver }) => giver);
      expect(new Set(givers).size).toBe(givers.length);
    });
  });

  it('what is approved has enough people for its rule, or one whom the emergency names', () => {
    story((each, of, _all, request) => {
      if (request.status !== 'approved') return;
      const { approvals, emergency, rule: last } = request;
      if (emergency !== undefined) {
        expect(each.emergency !== undefined && isIn(each.emergency, emergency.by, of)).toBe(true);
        return;
      }
      const givers = approvals.map(({ by: giver }) => giver);
      expect(canSeat(placesOf(last.steps), givers, of)).toBe(true);
      const mayHave = [...each.steps, ...(each.escalation === undefined ? [] : [each.escalation])];
      for (const giver of givers) expect(mayHave.some((some) => isIn(some, giver, of))).toBe(true);
    });
  });

  it('the card names exactly those whose click would count', () => {
    story((each, of, _all, request) => {
      if (request.status !== 'pending') return;
      const still = mayStillApprove(request.rule, rosterOf(of), REQUESTER, request.approvals);
      expect(new Set(still)).toEqual(new Set(USERS.filter((who) => counts(request, who, each, of))));
    });
  });
});

function counts(request: Request, who: string, each: Rule, of: Membership): boolean {
  const command: Command = { kind: 'approve', by: who, revision: request.revision };
  const known = person({ groups: of[who] ?? [] });
  return decide(request, command, context({ rules: [each], person: known })).kind === 'accepted';
}
