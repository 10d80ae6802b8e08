/** A policy's examples as people write them, and what is wrong with them. */
import { describe, expect, it } from 'vitest';
import { readPolicyExamples } from '../../src/config/policy-examples.ts';

const OF = { accounts: ['production', 'staging'], rules: ['guarded', 'open'] };
const GOOD = `- given: { requester: U0ANN, account: production, instance: es-cn-1 }
  expected: { rule: guarded, decision: waiting }
`;

function complaints(source: string, of = OF): readonly string[] {
  const read = readPolicyExamples(source, 'e.yml', of);
  return read.ok ? [] : read.problems.map(({ where, message }) => `${where}: ${message}`);
}

describe('examples', () => {
  it('have defaults for what is not said', () => {
    expect(readPolicyExamples(GOOD, 'e.yml', OF)).toEqual({
      ok: true,
      value: [
        {
          number: 1,
          given: {
            subject: {
              account: 'production',
              action: 'create',
              instanceId: 'es-cn-1',
              requester: 'U0ANN',
              groups: [],
              lifetime: 'permanent',
            },
            approvedBy: [],
          },
          expected: { rule: 'guarded', decision: 'waiting' },
        },
      ],
    });
  });

  it('may say everything', () => {
    const source = `- name: an afternoon
  given:
    { requester: U0ANN, groups: [S0A], account: staging, action: delete, instance: es-1, lifetime: 7d,
      approved_by: [U0BEN, { user: U0CYD, groups: [S0B] }] }
  expected: { rule: none, decision: refused, missing: 0 }
`;
    expect(readPolicyExamples(source, 'e.yml', OF)).toMatchObject({
      ok: true,
      value: [
        {
          name: 'an afternoon',
          given: {
            subject: { action: 'delete', groups: ['S0A'], lifetime: '7d' },
            approvedBy: [
              { user: 'U0BEN', groups: [] },
              { user: 'U0CYD', groups: ['S0B'] },
            ],
          },
          expected: { decision: 'refused', missing: 0 },
        },
      ],
    });
  });

  it('need no account where there is one only', () => {
    const source = GOOD.replace('account: production, ', '');
    expect(complaints(source, { ...OF, accounts: ['production'] })).toEqual([]);
    expect(complaints(source)).toEqual([
      'e.yml:1:10: [0].given: expected the account: the config file has production, staging',
    ]);
  });

  it.each([
    ['', '1:1: expected a list of examples, each with given and expected, got null'],
    ['[]', '1:1: expected at least one example, got an empty list'],
    ['- a: [', '1:7: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    [GOOD.replace('requester', 'reqester'), '1:10: [0].given.requester: expected a Slack user’s id'],
    [
      GOOD.replace('production', 'prodution'),
      '1:39: [0].given.account: expected an account (did you mean production?)',
    ],
    [GOOD.replace('es-cn-1', 'es-cn-*'), '1:61: [0].given.instance: expected an instance’s id, es-…, got "es-cn-*"'],
    [
      GOOD.replace('guarded', 'garded'),
      '2:21: [0].expected.rule: expected a rule (did you mean guarded?), got "garded"',
    ],
    [
      GOOD.replace('waiting', 'maybe'),
      '2:40: [0].expected.decision: expected refused, waiting or approved, got "maybe"',
    ],
    [
      GOOD.replace('es-cn-1 }', 'es-cn-1, approved_by: [ben] }'),
      '1:84: [0].given.approved_by[0]: expected a user’s id, or a mapping with user and groups, got "ben"',
    ],
  ])('are read with the place of what is wrong: %j', (source, complaint) => {
    expect(complaints(source)[0]).toContain(`e.yml:${complaint}`);
  });
});
