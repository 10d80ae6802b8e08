/** Asking: what the policy and the reservations say before the cloud is asked. */
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/domain/asked.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { matchRule, type PolicySubject } from '../../src/domain/policy/match.ts';
import type { Rule } from '../../src/domain/policy/rule.ts';
import type { Standing } from '../../src/domain/refusals.ts';
import {
  ASKED,
  context,
  ID,
  OTHER,
  PENDING,
  person,
  REQUESTER,
  RULE,
  submitted,
  T0,
  TARGET,
} from '../support/samples.ts';
import { given } from '../support/scenario.ts';

const submit = (asked: Asked = ASKED): Command => ({ kind: 'submit', id: ID, by: REQUESTER, asked });
const refusedWith = (refusal: object) => ({ ...submitted(), ruling: { kind: 'refused', refusal } });

describe('a submit', () => {
  it('by a member whom a rule lets ask is checked, under that rule and its expiry', () => {
    const { request } = given().when(submit()).brings(submitted());
    expect(request).toMatchObject({
      status: 'checking',
      revision: 1,
      requester: REQUESTER,
      rule: RULE,
      tries: 0,
      notBefore: T0,
      expiresAt: T0 + RULE.expiresAfterMs,
    });
    expect(request).not.toHaveProperty('origin');
  });

  it('remembers where it was typed', () => {
    const { request } = given()
      .when({ ...submit(), origin: 'C1' } as Command)
      .goes();
    expect(request.origin).toBe('C1');
  });

  it('that no rule matches is refused', () => {
    const { request } = given()
      .when(submit(), { rules: [] })
      .brings(refusedWith({ kind: 'no-rule' }));
    expect(request.status).toBe('refused');
  });

  it.each<Standing>(['guest', 'bot', 'stranger', 'deactivated', 'unknown'])('by a %s is refused', (standing) => {
    given()
      .when(submit(), { person: person({ standing }) })
      .brings(refusedWith({ kind: 'not-allowed', standing }));
  });

  it('by somebody of whom nothing is known is refused', () => {
    const { person: _person, ...unknown } = context();
    const decision = decide(undefined, submit(), unknown);
    const event = refusedWith({ kind: 'not-allowed', standing: 'unknown' });
    expect(decision).toEqual({ kind: 'accepted', events: [event] });
  });

  it('for a target that is taken is refused with a link to who has it', () => {
    const taken = new Map([[TARGET, { request: OTHER, link: 'https://slack/card' }]]);
    given()
      .when(submit(), { taken })
      .brings(refusedWith({ kind: 'target-taken', by: OTHER, link: 'https://slack/card' }));
    given()
      .when(submit(), { taken: new Map([[TARGET, { request: OTHER }]]) })
      .brings(refusedWith({ kind: 'target-taken', by: OTHER }));
  });

  it('of a precheck takes no target, and none stands in its way', () => {
    const asked: Asked = { ...ASKED, mode: 'precheck' };
    given()
      .when(submit(asked), { taken: new Map([[TARGET, { request: OTHER }]]) })
      .brings(submitted(asked));
  });

  it('a second time asks once', () => {
    given(...PENDING)
      .when(submit())
      .bringsNothing();
  });
});

describe('anything but a submit', () => {
  it('for a request that is not there is refused', () => {
    given().when({ kind: 'approve', by: 'U1', revision: 1 }).refuses({ kind: 'no-such-request' });
  });
});

describe('the rule', () => {
  const subject: PolicySubject = {
    account: 'prod',
    action: 'create',
    instanceId: 'es-cn-2r429tctl000d0001',
    requester: REQUESTER,
    groups: [],
    lifetime: '30d',
  };
  const named = (name: string, match: Rule['match']): Rule => ({ ...RULE, name, match });

  it.each<[string, Rule['match'], boolean]>([
    ['without conditions', {}, true],
    ['of this account', { account: ['test', 'prod'] }, true],
    ['of another account', { account: ['test'] }, false],
    ['of this action', { action: ['create'] }, true],
    ['of another action', { action: ['delete'] }, false],
    ['with a glob that fits the instance', { instance: ['es-us-*', 'es-cn-*'] }, true],
    ['with a glob that does not', { instance: ['es-us-*'] }, false],
    ['with this instance by name', { instance: ['es-cn-2r429tctl000d0001'] }, true],
    ['of this account but another instance', { account: ['prod'], instance: ['es-us-*'] }, false],
    ['with an empty list', { account: [] }, false],
  ])('%s', (_what, match, matches) => {
    expect(matchRule([named('it', match)], subject)?.name).toBe(matches ? 'it' : undefined);
  });

  it('is the first that matches', () => {
    const rules = [named('other', { account: ['test'] }), named('first', {}), named('second', { account: ['prod'] })];
    expect(matchRule(rules, subject)?.name).toBe('first');
  });
});
