/** What is proved never to happen, and how it happens otherwise. */
import { describe, expect, it } from 'vitest';
import { parseClaim } from '../../../../src/domain/policy/analysis/claim.ts';
import { provedNever } from '../../../../src/domain/policy/analysis/never.ts';
import type { Rule } from '../../../../src/domain/policy/rule.ts';
import { groups, rule, users } from './policies.ts';

const ACCOUNTS = ['production', 'staging'];

function verdict(rules: readonly Rule[], text: string) {
  const parsed = parseClaim(text, ACCOUNTS);
  if (!parsed.ok) throw new Error(`${text} is not understood at ${parsed.at}`);
  const found = provedNever(rules, ACCOUNTS, parsed.claim);
  return found.kind === 'refuted'
    ? { way: found.way.kind, clicks: found.way.clicks, rule: found.rule.name }
    : found.kind;
}

const one = [{ ...groups('SSRE'), required: 1 }];
const two = [
  { ...groups('SSRE'), required: 1 },
  { ...groups('SSEC'), required: 1 },
];

describe('it is proved', () => {
  it.each<[string, readonly Rule[]]>([
    ['the requester alone creates', [rule('r', { steps: one })]],
    ['one person alone creates', [rule('r', { steps: two })]],
    ['fewer than 2 people create', [rule('r', { steps: two, selfApproval: true })]],
    [
      'nobody creates',
      [rule('r', { steps: one, selfApproval: true, emergency: { ...groups('SSRE'), reviewWithinMs: 1 } })],
    ],
    ['anyone creates without SSEC', [rule('r', { steps: two, selfApproval: true })]],
    ['UBEN alone creates', [rule('r', { steps: [{ ...users('UANN', 'UCYD'), required: 1 }] })]],
    ['anyone deletes', [rule('r', { match: { action: ['create'] } })]],
    ['nobody creates in production', [rule('r', { match: { account: ['production'] } }), rule('auto', { steps: [] })]],
    ['nobody creates on es-a*', [rule('r', { match: { instance: ['es-a*', 'es-b*'] } }), rule('auto', { steps: [] })]],
    // Whoever is in the group falls under the first rule.
    [
      'the requester alone creates',
      [
        rule('members', { match: { requester: groups('SSRE') }, steps: two }),
        rule('rest', { steps: one, selfApproval: true }),
      ],
    ],
  ])('that never %s', (text, rules) => {
    expect(verdict(rules, text)).toBe('proved');
  });
});

describe('it is shown', () => {
  it('by an auto-approval', () => {
    expect(verdict([rule('r', { steps: [] })], 'anyone alone creates')).toEqual({
      way: 'auto-approval',
      clicks: [],
      rule: 'r',
    });
  });

  it('by the steps, with as few people and groups as it takes', () => {
    expect(verdict([rule('r', { steps: two })], 'fewer than 3 people create')).toEqual({
      way: 'steps',
      clicks: [
        { user: '*1', groups: ['SSRE'] },
        { user: '*2', groups: ['SSEC'] },
      ],
      rule: 'r',
    });
  });

  it('by the requester’s own yes, where it counts', () => {
    expect(verdict([rule('r', { steps: one, selfApproval: true })], 'the requester alone creates')).toEqual({
      way: 'steps',
      clicks: [{ user: '*', groups: ['SSRE'] }],
      rule: 'r',
    });
  });

  it('by an escalation, in time', () => {
    const escalation = { ...users('UANN'), afterMs: 1 };
    expect(verdict([rule('r', { steps: one, escalation })], 'UANN alone creates without SSRE')).toEqual({
      way: 'escalation',
      clicks: [{ user: 'UANN', groups: [] }],
      rule: 'r',
    });
  });

  it('by an emergency, in which the requester may act', () => {
    const emergency = { ...groups('SLEAD'), reviewWithinMs: 1 };
    expect(verdict([rule('r', { steps: two, emergency })], 'the requester alone creates')).toEqual({
      way: 'emergency',
      clicks: [{ user: '*', groups: ['SLEAD'] }],
      rule: 'r',
    });
  });
});

describe('it is shown all the same', () => {
  it('where the requester must not be in one group, and the rule takes them for being in another', () => {
    const own = { selfApproval: true, match: { requester: groups('SONE', 'STWO') } };
    expect(verdict([rule('r', own)], 'the requester alone creates without SONE')).toEqual({
      way: 'steps',
      clicks: [{ user: 'UBEN', groups: [] }],
      rule: 'r',
    });
  });
});

describe('it is neither', () => {
  it('where there is no such request', () => {
    expect(verdict([rule('r')], 'anyone creates on prod-*')).toBe('empty');
  });

  it('where there are too many cases', () => {
    const match = { requester: groups(...Array.from({ length: 20 }, (_, index) => `S${index}`)) };
    expect(verdict([rule('r', { match })], 'anyone creates')).toBe('too-many');
  });
});
