/** A limit on open requests: each takes one of its requester's places while it is open. */
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/domain/asked.ts';
import { type Command, openRequestName } from '../../src/domain/commands.ts';
import type { Context } from '../../src/domain/decision.ts';
import { holdings } from '../../src/domain/holdings.ts';
import { World } from '../support/model-world.ts';
import {
  ALICE,
  ASKED,
  approvalBy,
  claimed,
  FORBIDDEN,
  HOUR,
  ID,
  OTHER,
  person,
  precheckPassed,
  REQUESTER,
  RULE,
  rechecked,
  slotReserved,
  submitted,
  TARGET,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const submit: Command = { kind: 'submit', id: ID, by: REQUESTER, asked: ASKED };
const place = (n: number) => openRequestName(REQUESTER, n);
const taking = (...places: readonly number[]): Partial<Context> => ({
  openRequestsPerPerson: 2,
  taken: new Map(places.map((n) => [place(n), { request: OTHER }])),
});
const held = { ...submitted(), ruling: { ...ruling(), place: 1 } } as ReturnType<typeof submitted>;
function ruling() {
  return { kind: 'governed', rule: RULE, expiresAt: given(submitted()).as('checking').expiresAt } as const;
}
const edit: Command = { kind: 'edit', by: REQUESTER, revision: 1, asked: { ...ASKED, reason: 'again' } };

describe('a place', () => {
  it('is the lowest that is not known to be taken', () => {
    expect(given().when(submit, taking()).becomes('checking').place).toBe(1);
    expect(given().when(submit, taking(1)).becomes('checking').place).toBe(2);
  });

  it('is wanted only where there is a limit', () => {
    expect(given().when(submit).becomes('checking')).not.toHaveProperty('place');
  });

  it('that is not there refuses the request', () => {
    const { refusal } = given().when(submit, taking(1, 2)).becomes('refused');
    expect(refusal).toEqual({ kind: 'too-many-open', limit: 2 });
  });

  it('is held as long as the request is open', () => {
    const approved = { type: 'approved', by: [ALICE], rule: RULE.name } as const;
    const open = given(held);
    expect(holdings(open.request)).toEqual([TARGET, place(1)]);
    expect(holdings(open.happened(precheckPassed).request)).toContain(place(1));
    expect(holdings(open.happened(precheckPassed, approvalBy(ALICE), approved).request)).toContain(place(1));
    for (const ended of [{ type: 'cancelled', by: REQUESTER }, { type: 'expired' }] as const) {
      expect(holdings(open.happened(ended).request)).toEqual([]);
    }
    const sent = open.happened(precheckPassed, approved, slotReserved, rechecked('ep-old'), claimed());
    expect(holdings(sent.request)).toContain(place(1));
    const failed = sent.happened({ type: 'failed', failure: FORBIDDEN });
    expect(holdings(failed.request)).toEqual([]);
  });

  it('stays with a request that is edited while it waits', () => {
    const edited = given(held, precheckPassed).when(edit, taking(2)).becomes('checking');
    expect(edited.place).toBe(1);
  });

  it('is sought anew by one that was refused', () => {
    const refused = given(held, { type: 'refused', refusal: { kind: 'no-rule' } });
    expect(refused.when(edit, taking(1)).becomes('checking').place).toBe(2);
    expect(refused.when(edit, taking(1, 2)).becomes('refused').refusal).toEqual({ kind: 'too-many-open', limit: 2 });
    // The limit may be gone by then.
    expect(holdings(refused.when(edit).becomes('checking'))).toEqual([TARGET]);
  });

  it('is not wanted back by one that has failed and is retried', () => {
    const approved = { type: 'approved', by: [ALICE], rule: RULE.name } as const;
    const failed = given(held, precheckPassed, approved, slotReserved, rechecked('ep-old'), claimed(), {
      type: 'failed',
      failure: FORBIDDEN,
    });
    const retried = failed.when({ kind: 'retry', by: REQUESTER, revision: 1 }, taking(1)).becomes('approved');
    expect(holdings(retried)).toEqual([TARGET]);
  });
});

it('lets a second request through only when the first has ended, whatever was tried meanwhile', () => {
  const elsewhere: Asked = { ...ASKED, operation: { ...ASKED.operation, zoneId: 'cn-hangzhou-g' } };
  const world = new World({
    cloud: { honoursToken: true, lagMs: 0 },
    rule: RULE,
    openRequestsPerPerson: 1,
    settleMs: HOUR,
    people: { [REQUESTER]: person(), [ALICE]: person() },
    luck: [0],
    onCommit: () => {},
  });
  const status = (id: typeof ID) => world.stored(id).state?.status;
  world.receive(ID, { kind: 'submit', id: ID, by: REQUESTER, asked: ASKED });
  world.act(0, ID);
  world.receive(OTHER, { kind: 'submit', id: OTHER, by: REQUESTER, asked: elsewhere });
  world.act(0, OTHER);
  expect([status(ID), status(OTHER)]).toEqual(['checking', 'refused']);
  const again: Command = { kind: 'edit', by: REQUESTER, revision: 1, asked: elsewhere };
  world.receive(OTHER, again);
  world.act(0, OTHER);
  expect(status(OTHER)).toBe('refused');
  world.receive(ID, { kind: 'cancel', by: REQUESTER, revision: 1 });
  world.act(0, ID);
  world.receive(OTHER, { ...again, revision: 2 });
  world.act(0, OTHER);
  expect([status(ID), status(OTHER)]).toEqual(['cancelled', 'checking']);
});
