/** The keys of a rule: what each value becomes, and the exact words for those that are none, with their place. */
import { describe, expect, test } from 'vitest';
import { readConfigFile } from '../../src/config/config-file.ts';
import type { Policy, Rule } from '../../src/domain/policy/rule.ts';

const HEAD = `accounts:
  production: { region: cn-hangzhou }
channels: { approvals: C0APPROVALS }
`;
const STEPS = '    steps: [{ users: [U0BEN], groups: [S0SRE] }]\n';
/** The lines of one rule begin in line 7, column 5. */
const file = (more: string, steps = STEPS): string => `${HEAD}rules:\n  - name: all\n${steps}    ${more}\n`;

function policy(source: string): Policy {
  const read = readConfigFile(source, 'f');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  if (read.value.kind !== 'single') throw new Error('several workspaces');
  return read.value.workspace;
}

function complaints(source: string): string[] {
  const read = readConfigFile(source, 'f');
  return read.ok ? [] : read.problems.map(({ where, message }) => `${where}: ${message}`);
}

const HOUR = 3_600_000;
const BEN = { users: ['U0BEN'], groups: [] };

describe('a rule takes', () => {
  test.each<[written: string, becomes: Partial<Rule>]>([
    ['match: { lifetime: 7d }', { match: { lifetime: ['7d'] } }],
    ['match: { lifetime: [1d, permanent] }', { match: { lifetime: ['1d', 'permanent'] } }],
    ['match: { requester: { users: [U0BEN, U0BEN] } }', { match: { requester: BEN } }],
    ['match: { requester: { groups: [S0SRE] } }', { match: { requester: { users: [], groups: ['S0SRE'] } } }],
    ['match: { instance: es-cn-?_1.* }', { match: { instance: ['es-cn-?_1.*'] } }],
    ['notify: approvers', { notify: { users: ['U0BEN'], groups: ['S0SRE'] } }],
    ['notify: { users: [U0BEN] }', { notify: BEN }],
    ['remind_after: 2h', { reminders: { afterMs: 2 * HOUR, capMs: 24 * HOUR } }],
    ['remind_after: 2h\n    remind_at_most_after: 3h', { reminders: { afterMs: 2 * HOUR, capMs: 3 * HOUR } }],
    // The first one comes when it is said to.
    ['remind_after: 2h\n    remind_at_most_after: 1h', { reminders: { afterMs: 2 * HOUR, capMs: 2 * HOUR } }],
    ['escalate: { after: 4h, users: [U0BEN] }', { escalation: { ...BEN, afterMs: 4 * HOUR } }],
    ['emergency: { users: [U0BEN] }', { emergency: { ...BEN, reviewWithinMs: 24 * HOUR } }],
    ['emergency: { users: [U0BEN], review_within: 2h }', { emergency: { ...BEN, reviewWithinMs: 2 * HOUR } }],
    ['channel: G0PRIVATE', { channel: 'G0PRIVATE' }],
    [
      'freezes: [{ from: 2026-12-31T18:00+08:00, until: 2027-01-02T09:00:30Z, reason: year end }]',
      {
        freezes: [
          {
            kind: 'once',
            from: Date.parse('2026-12-31T10:00:00Z'),
            until: Date.parse('2027-01-02T09:00:30Z'),
            reason: 'year end',
          },
        ],
      },
    ],
    [
      "freezes: [{ days: fri, from: '18:00', until: '08:30', time_zone: Asia/Shanghai }]",
      { freezes: [{ kind: 'weekly', days: ['fri'], from: 18 * 60, until: 8 * 60 + 30, timeZone: 'Asia/Shanghai' }] },
    ],
    [
      "freezes: [{ days: [sat, sun], from: '00:00', until: '00:00', time_zone: UTC, reason: weekend }]",
      {
        freezes: [{ kind: 'weekly', days: ['sat', 'sun'], from: 0, until: 0, timeZone: 'UTC', reason: 'weekend' }],
      },
    ],
  ])('%s', (written, becomes) => {
    expect(policy(file(written)).rules[0]).toMatchObject(becomes);
  });

  test('no steps where it approves by itself', () => {
    expect(policy(file('auto_approve: true', '')).rules[0]).toMatchObject({ steps: [], selfApproval: false });
  });

  test('nothing that is not said', () => {
    expect(policy(file('self_approval: true')).rules[0]).toEqual({
      name: 'all',
      match: {},
      steps: [{ users: ['U0BEN'], groups: ['S0SRE'], required: 1 }],
      selfApproval: true,
      expiresAfterMs: 24 * HOUR,
      approvalValidForMs: 24 * HOUR,
    });
  });
});

const PEOPLE = 'expected users, groups or both';
const WINDOW =
  'expected a mapping with from and until, such as 2026-12-31T18:00+08:00, or with days, from, until, such as 18:00, and time_zone';

describe('a rule does not take', () => {
  test.each<[written: string, complaint: string]>([
    ['match: { lifetime: 2d }', '7:24: rules[0].match.lifetime: expected one of permanent, 1d, 7d, 30d, 90d, got "2d"'],
    [
      'match: { lifetime: [] }',
      '7:24: rules[0].match.lifetime: expected permanent, 1d, 7d, 30d, 90d or a list of them, got an empty list',
    ],
    ['match: { requester: {} }', `7:25: rules[0].match.requester: ${PEOPLE}`],
    [
      'match: { requester: { users: [ann] } }',
      '7:35: rules[0].match.requester.users[0]: expected a Slack user’s id, U… or W…, got "ann"',
    ],
    [
      "match: { instance: 'es-[ab]' }",
      '7:24: rules[0].match.instance: expected a pattern of letters, digits, -, ., _, * and ?, such as es-cn-*, got "es-[ab]"',
    ],
    [
      'notify: everybody',
      '7:13: rules[0].notify: expected approvers, or a mapping with users, groups or both, got "everybody"',
    ],
    ['notify: { users: [ben] }', '7:23: rules[0].notify.users[0]: expected a Slack user’s id, U… or W…, got "ben"'],
    ['notify: {}', `7:13: rules[0].notify: ${PEOPLE}`],
    [
      'remind_at_most_after: often',
      '7:27: rules[0].remind_at_most_after: expected a duration such as 30s, 5m, 24h or 7d, got "often"',
    ],
    ['remind_after: 24h', '7:19: rules[0].remind_after: expected less than expires_after, got "24h"'],
    [
      'escalate: { users: [U0BEN] }',
      '7:15: rules[0].escalate.after: expected a duration such as 30s, 5m, 24h or 7d, got nothing',
    ],
    ['escalate: { after: 4h }', `7:15: rules[0].escalate: ${PEOPLE}`],
    [
      'escalate: { after: 24h, users: [U0BEN] }',
      '7:24: rules[0].escalate.after: expected less than expires_after, got "24h"',
    ],
    ['emergency: { review_within: 1h }', `7:16: rules[0].emergency: ${PEOPLE}`],
    [
      'emergency: { users: [U0BEN], review_within: 0s }',
      '7:49: rules[0].emergency.review_within: expected a duration such as 30s, 5m, 24h or 7d, got "0s"',
    ],
    ['auto_approve: true', '6:12: rules[0].steps: expected no steps where auto_approve is true'],
    ['auto_approve: 1', '7:19: rules[0].auto_approve: expected true or false, got 1'],
    ['channel: general', '7:14: rules[0].channel: expected a Slack channel’s id, C… or G…, got "general"'],
    ['freezes: { from: now }', '7:14: rules[0].freezes: expected a list of freeze windows'],
  ])('%s', (written, complaint) => {
    const [said = '', ...more] = complaints(file(written));
    expect(more).toEqual([]);
    expect(said.startsWith(`f:${complaint}`), said).toBe(true);
  });

  test('an empty list of steps, nor none at all', () => {
    expect(complaints(file('steps: []', ''))).toEqual([
      'f:6:12: rules[0].steps: expected at least one step, got an empty list',
    ]);
    const [said = ''] = complaints(file('self_approval: true', ''));
    expect(said).toContain('f:5:5: rules[0]: expected steps, or auto_approve: true where nobody is to be asked');
  });
});

describe('a freeze window does not take', () => {
  const once = (from: string, until: string) => `freezes: [{ from: ${from}, until: ${until} }]`;
  const weekly = (over: Readonly<Record<string, string>>) => {
    const all = { days: 'fri', from: "'18:00'", until: "'20:00'", time_zone: 'UTC', ...over };
    const pairs = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
    return `freezes: [{ ${pairs.join(', ')} }]`;
  };

  const DATE = 'expected a date with its time and zone, such as 2026-12-31T18:00+08:00';
  const TIME = 'expected a time of day, such as 18:00';
  const DAYS = 'mon, tue, wed, thu, fri, sat, sun';

  test.each<[what: string, written: string, complaint: string]>([
    ['a date without a time', once('2026-12-31', '2027-01-02T09:00Z'), `23: .from: ${DATE}, got "2026-12-31"`],
    [
      'a time without a zone',
      once('2026-12-31T18:00', '2027-01-02T09:00Z'),
      `23: .from: ${DATE}, got "2026-12-31T18:00"`,
    ],
    [
      'a date that is none',
      once('2026-12-31T18:00Z', '2027-13-02T09:00Z'),
      `49: .until: ${DATE}, got "2027-13-02T09:00Z"`,
    ],
    [
      'an end before its beginning',
      once('2027-01-02T09:00Z', '2026-12-31T18:00Z'),
      '49: .until: expected a later time than from, got "2026-12-31T18:00Z"',
    ],
    [
      'an end at its beginning',
      once('2027-01-02T09:00Z', '2027-01-02T09:00Z'),
      '49: .until: expected a later time than from, got "2027-01-02T09:00Z"',
    ],
    ['a day that is none', weekly({ days: 'friday' }), `23: .days: expected one of ${DAYS}, got "friday"`],
    ['no days', weekly({ days: '[]' }), `23: .days: expected ${DAYS} or a list of them, got an empty list`],
    ['a time of day that is none', weekly({ from: "'24:00'" }), `34: .from: ${TIME}, got "24:00"`],
    ['a time without minutes', weekly({ until: "'8'" }), `50: .until: ${TIME}, got "8"`],
    [
      'a time zone that is none',
      weekly({ time_zone: 'Mars/Olympus' }),
      '70: .time_zone: expected a time zone, such as Asia/Shanghai, got "Mars/Olympus"',
    ],
    [
      'no time zone',
      "freezes: [{ days: fri, from: '18:00', until: '20:00' }]",
      '15: .time_zone: expected a time zone, such as Asia/Shanghai, got nothing',
    ],
    ['an empty reason', weekly({ reason: "' '" }), '83: .reason: expected a reason, got " "'],
    [
      'another key',
      weekly({ zone: 'UTC' }),
      '75: .zone: unknown key, expected one of days, from, until, time_zone, reason',
    ],
    ['half of each kind', "freezes: [{ from: 2026-12-31T18:00Z, until: '20:00' }]", `49: .until: ${DATE}, got "20:00"`],
    ['a word', 'freezes: [weekends]', `15: : ${WINDOW}, got "weekends"`],
  ])('%s', (_what, written, complaint) => {
    const said = complaints(file(written)).map((each) => each.replace(/^f:7:(\d+): rules\[0\]\.freezes\[0\]/, '$1: '));
    expect(said).toEqual([complaint]);
  });
});

describe('open_requests_per_person', () => {
  const limited = (value: string) => `${file('self_approval: false')}open_requests_per_person: ${value}\n`;

  test('is a number from 1, or not there', () => {
    expect(policy(limited('3')).openRequestsPerPerson).toBe(3);
    expect(policy(file('self_approval: false'))).not.toHaveProperty('openRequestsPerPerson');
  });

  test.each([
    ['0', 'expected a whole number from 1, got 0'],
    ['1.5', 'expected a whole number from 1, got 1.5'],
    ['many', 'expected a whole number from 1, got "many"'],
    ['1001', 'expected at most 1000, got 1001'],
  ])('is not %s', (value, complaint) => {
    expect(complaints(limited(value))).toEqual([`f:8:27: open_requests_per_person: ${complaint}`]);
  });
});
