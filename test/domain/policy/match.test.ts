/** Which rule a request falls under, and whose user groups that hangs on. */
import { describe, expect, it } from 'vitest';
import {
  groupsOfRequesters,
  isAmong,
  matches,
  matchRule,
  type PolicySubject,
} from '../../../src/domain/policy/match.ts';
import type { Rule, RuleMatch } from '../../../src/domain/policy/rule.ts';
import { RULE } from '../../support/samples.ts';

const SUBJECT: PolicySubject = {
  account: 'prod',
  action: 'create',
  instanceId: 'es-cn-2r429tctl000d0001',
  requester: 'U1',
  groups: ['S1', 'S2'],
  lifetime: '7d',
};
const named = (name: string, match: RuleMatch): Rule => ({ ...RULE, name, match });

describe('a rule', () => {
  it.each<[what: string, match: RuleMatch, expected: boolean]>([
    ['without conditions', {}, true],
    ['of this account', { account: ['test', 'prod'] }, true],
    ['of another account', { account: ['test'] }, false],
    ['of this action', { action: ['delete', 'create'] }, true],
    ['of another action', { action: ['delete'] }, false],
    ['with a pattern that fits', { instance: ['es-us-*', 'es-cn-*'] }, true],
    ['with a pattern that does not', { instance: ['es-us-*'] }, false],
    ['of this requester', { requester: { users: ['U2', 'U1'], groups: [] } }, true],
    ['of another requester', { requester: { users: ['U2'], groups: [] } }, false],
    ['of a group of the requester’s', { requester: { users: [], groups: ['S9', 'S2'] } }, true],
    ['of another group', { requester: { users: [], groups: ['S9'] } }, false],
    ['of a person or a group', { requester: { users: ['U1'], groups: ['S9'] } }, true],
    ['of nobody', { requester: { users: [], groups: [] } }, false],
    ['of this lifetime', { lifetime: ['1d', '7d'] }, true],
    ['of another lifetime', { lifetime: ['permanent'] }, false],
    ['with an empty list', { lifetime: [] }, false],
    ['of which all but one condition fit', { account: ['prod'], lifetime: ['7d'], instance: ['es-us-*'] }, false],
  ])('%s: %s', (_what, match, expected) => {
    expect(matches(match, SUBJECT)).toBe(expected);
    expect(matchRule([named('it', match)], SUBJECT)?.name).toBe(expected ? 'it' : undefined);
  });

  it('is the first that matches', () => {
    const rules = [named('other', { account: ['test'] }), named('first', {}), named('second', { account: ['prod'] })];
    expect(matchRule(rules, SUBJECT)?.name).toBe('first');
  });
});

describe('people', () => {
  it('are those named, and the members of the groups named', () => {
    const people = { users: ['U1'], groups: ['S1'] };
    expect(isAmong(people, 'U1', [])).toBe(true);
    expect(isAmong(people, 'U2', ['S1'])).toBe(true);
    expect(isAmong(people, 'U2', ['S2'])).toBe(false);
  });

  it('are asked of Slack as far as the rules’ requesters hang on their groups', () => {
    const requester = (...groups: readonly string[]) => ({ requester: { users: ['U1'], groups } });
    const rules = [named('a', requester('S1', 'S2')), named('b', {}), named('c', requester('S2', 'S3'))];
    expect(groupsOfRequesters(rules)).toEqual(['S1', 'S2', 'S3']);
    expect(groupsOfRequesters([named('b', {})])).toEqual([]);
  });
});
