/** Why a request needs whose yes: as data, by the same decision that a click meets. */
import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '../../src/domain/events.ts';
import { explain, prospects, type Situation } from '../../src/domain/policy/explanation.ts';
import type { Roster, RosterPerson } from '../../src/domain/policy/roster.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import {
  ALICE,
  ASKED,
  approvalBy,
  approved,
  BOB,
  HOUR,
  OPS,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  submitted,
  T0,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const CAROL = 'UCAROL';
const member = (id: string): RosterPerson => ({ id, standing: 'member' });
const ROSTER: Roster = {
  people: [ALICE, BOB, CAROL, REQUESTER].map(member),
  groups: [{ id: OPS, members: [CAROL, REQUESTER] }],
};
const BOTH: Rule = {
  ...RULE,
  name: 'both',
  steps: [
    { users: [ALICE], groups: [], required: 1 },
    { users: [BOB], groups: [OPS], required: 1 },
  ],
};
const pending = (rule: Rule = BOTH, ...more: readonly (RequestEvent | number)[]) =>
  given(submitted(ASKED, rule), precheckPassed, ...more).as('pending');
const as = (reader: string, over: Partial<Situation> = {}): Situation => ({
  reader,
  person: person(),
  roster: ROSTER,
  now: T0,
  ...over,
});

describe('each step', () => {
  it('names those who could fill it now: not the requester, and nobody who has said yes', () => {
    const { steps, progress } = explain(pending(), as(CAROL));
    expect(steps.map(({ could }) => could)).toEqual([[ALICE], [BOB, CAROL]]);
    expect(progress).toMatchObject({ filled: 0, required: 2 });
    const after = explain(pending(BOTH, approvalBy(BOB)), as(CAROL));
    expect(after.steps.map(({ could }) => could)).toEqual([[ALICE], [CAROL]]);
    expect(after.steps.map(({ progress: { complete } }) => complete)).toEqual([false, true]);
    expect(after.progress).toMatchObject({ filled: 1, required: 2 });
  });

  it('leaves out whoever can’t count, and says what is wrong with the names', () => {
    const roster: Roster = {
      people: [{ id: ALICE, standing: 'deactivated' }, member(BOB)],
      groups: [{ id: OPS, problem: 'disabled' }],
    };
    const { steps, troubles, hopeless } = explain(pending(), as(BOB, { roster }));
    expect(steps.map(({ could }) => could)).toEqual([[], [BOB]]);
    expect(troubles).toEqual([
      { kind: 'person', user: ALICE, standing: 'deactivated' },
      { kind: 'group', group: OPS, problem: 'disabled' },
    ]);
    expect(hopeless).toBe(true);
  });

  it('names the requester where their own yes counts', () => {
    const { steps, you } = explain(
      pending({ ...BOTH, selfApproval: true }),
      as(REQUESTER, { person: person({ groups: [OPS] }) }),
    );
    expect(steps[1]?.could).toContain(REQUESTER);
    expect(you?.refusal).toBeUndefined();
  });
});

describe('the reader', () => {
  it.each<[string, Parameters<typeof explain>, unknown]>([
    ['may', [pending(), as(ALICE)], undefined],
    ['asked for it', [pending(), as(REQUESTER)], { kind: 'requester-may-not-approve', rule: 'both' }],
    ['has approved', [pending(BOTH, approvalBy(ALICE)), as(ALICE)], { kind: 'approved-before', at: T0 }],
    [
      'stands where nobody is needed any more',
      [pending(BOTH, approvalBy(BOB)), as(CAROL, { person: person({ groups: [OPS] }) })],
      { kind: 'no-place-left', rule: 'both' },
    ],
    ['is no approver', [pending(), as('UDAVE')], { kind: 'not-an-approver', rule: 'both' }],
    [
      'may be in a group that can’t be read',
      [pending(), as('UDAVE', { person: person({ unreadable: [OPS] }) })],
      { kind: 'groups-unreadable' },
    ],
    ['would be the one who asks', [BOTH, as(ALICE)], { kind: 'requester-may-not-approve', rule: 'both' }],
  ])('%s', (_who, [of, situation], refusal) => {
    expect(explain(of, situation).you?.refusal).toEqual(refusal);
  });

  it('may act alone in an emergency, if the rule says so', () => {
    const rule = { ...BOTH, emergency: { users: [REQUESTER], groups: [], reviewWithinMs: HOUR } };
    expect(explain(pending(rule), as(REQUESTER)).you?.alone).toBe(true);
    expect(explain(pending(rule), as(ALICE)).you?.alone).toBe(false);
  });

  it('has no part in what is decided, and nothing comes by itself any more', () => {
    const done = given(submitted(ASKED, RULE), precheckPassed, approvalBy(ALICE), approved).as('approved');
    const { you, meanwhile, troubles, approvals } = explain(done, as(BOB));
    expect({ you, meanwhile, troubles }).toEqual({ you: undefined, meanwhile: undefined, troubles: [] });
    expect(approvals.map(({ by }) => by)).toEqual([ALICE]);
  });
});

describe('while nobody decides', () => {
  const rule: Rule = {
    ...RULE,
    reminders: { afterMs: HOUR, capMs: 8 * HOUR },
    escalation: { users: [CAROL], groups: [], afterMs: 4 * HOUR },
    freezes: [{ kind: 'once', from: T0, until: T0 + HOUR, reason: 'stocktaking' }],
  };

  it('a request tells at which moments what comes', () => {
    const { meanwhile, freeze } = explain(pending(rule), as(ALICE));
    expect(meanwhile).toEqual({
      expires: { at: T0 + 8 * HOUR },
      reminder: { at: T0 + HOUR },
      escalation: { when: { at: T0 + 4 * HOUR }, to: { users: [CAROL], groups: [] } },
    });
    expect(freeze).toEqual({ until: T0 + HOUR, reason: 'stocktaking' });
    expect(explain(pending(rule), as(ALICE, { now: T0 + HOUR })).freeze).toBeUndefined();
  });

  it('once others were brought in, they may, and since when is told', () => {
    const to = { users: [CAROL], groups: [] };
    const { meanwhile, you, steps } = explain(pending(rule, 4 * HOUR, { type: 'escalated', to }), as(CAROL));
    expect(meanwhile).toMatchObject({ escalatedAt: T0 + 4 * HOUR });
    expect(meanwhile).not.toHaveProperty('escalation');
    expect(you?.refusal).toBeUndefined();
    expect(steps[0]?.could).toContain(CAROL);
  });

  it('before anybody asks, it tells after how long', () => {
    expect(explain(rule, as(ALICE)).meanwhile).toEqual({
      expires: { afterMs: 8 * HOUR },
      reminder: { afterMs: HOUR },
      escalation: { when: { afterMs: 4 * HOUR }, to: { users: [CAROL], groups: [] } },
    });
  });
});

describe('what one’s own request would fall under', () => {
  const short: Rule = { ...RULE, name: 'short', match: { lifetime: ['1d', '7d'] } };
  const ours: Rule = { ...RULE, name: 'ours', match: { requester: { users: [], groups: [OPS] } } };
  const subject = { account: 'prod', action: 'create', instanceId: 'es-1', requester: ALICE, groups: [] } as const;
  const names = (rules: readonly Rule[], unreadable: readonly string[] = []) =>
    prospects(rules, subject, unreadable).map(({ lifetimes, which }) => [
      lifetimes,
      which.kind === 'unclear' ? '?' : (which.rule?.name ?? 'none'),
    ]);

  it('is told for each lifetime, those together that are the same', () => {
    expect(names([short, RULE])).toEqual([
      [['permanent', '30d', '90d'], 'production'],
      [['1d', '7d'], 'short'],
    ]);
    expect(names([short])).toEqual([
      [['permanent', '30d', '90d'], 'none'],
      [['1d', '7d'], 'short'],
    ]);
  });

  it('is not guessed where it hangs on a group that can’t be read', () => {
    expect(names([ours, RULE])).toEqual([[['permanent', '1d', '7d', '30d', '90d'], 'production']]);
    expect(names([ours, RULE], [OPS])).toEqual([[['permanent', '1d', '7d', '30d', '90d'], '?']]);
  });
});
