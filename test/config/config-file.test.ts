/** The config file: what is accepted, and the exact words for what is not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkspaceConfig } from '../../src/config/config.ts';
import { readConfigFile } from '../../src/config/config-file.ts';

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../vpc-endpoint.example.yml'), 'utf8');

const MINIMAL = `accounts:
  production: { region: cn-hangzhou }
channels: { approvals: C0APPROVALS }
rules:
  - name: all
    steps: [{ users: [U0BEN] }]
`;

function workspace(source: string): WorkspaceConfig {
  const read = readConfigFile(source, 'f.yml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  if (read.value.kind !== 'single') throw new Error('several workspaces');
  return read.value.workspace;
}

function complaints(source: string): string[] {
  const read = readConfigFile(source, 'vpc-endpoint.yml');
  return read.ok ? [] : read.problems.map(({ where, message }) => `${where}: ${message}`);
}

/** MINIMAL with one line replaced by others. */
function changed(line: string, by: string): string {
  expect(MINIMAL).toContain(`${line}\n`);
  return MINIMAL.replace(line, by);
}

describe('a config file', () => {
  test('the example loads', () => {
    const { accounts, rules } = workspace(EXAMPLE);
    expect(accounts.map(({ name }) => name)).toEqual(['production', 'staging']);
    expect(rules[0]).toEqual({
      name: 'production',
      match: { account: ['production'], action: ['create', 'delete'], instance: ['es-cn-*'] },
      steps: [
        { users: ['U0BEN'], groups: ['S0SRE'], required: 1 },
        { users: [], groups: ['S0SECURITY'], required: 1 },
      ],
      selfApproval: false,
      expiresAfterMs: 24 * 3_600_000,
      notify: { users: ['U0BEN'], groups: ['S0SRE', 'S0SECURITY'] },
      reminders: { afterMs: 2 * 3_600_000, capMs: 24 * 3_600_000 },
      escalation: { users: [], groups: ['S0MANAGERS'], afterMs: 4 * 3_600_000 },
      emergency: { users: ['U0ONCALL'], groups: [], reviewWithinMs: 24 * 3_600_000 },
      freezes: [
        {
          kind: 'once',
          from: Date.parse('2026-12-31T10:00Z'),
          until: Date.parse('2027-01-02T01:00Z'),
          reason: 'New Year',
        },
        { kind: 'weekly', days: ['fri'], from: 18 * 60, until: 24 * 60 - 1, timeZone: 'Asia/Shanghai' },
      ],
      approvalValidForMs: 24 * 3_600_000,
    });
  });

  test('has defaults for what is not said', () => {
    expect(workspace(MINIMAL)).toEqual({
      accounts: [
        {
          name: 'production',
          region: 'cn-hangzhou',
          elasticsearchEndpoint: 'https://elasticsearch.cn-hangzhou.aliyuncs.com',
          privatelinkEndpoint: 'https://privatelink.cn-hangzhou.aliyuncs.com',
          credentials: { type: 'default' },
          acceptConnections: false,
          settleMs: 120_000,
          createSpacingMs: 100,
        },
      ],
      channels: { approvals: 'C0APPROVALS' },
      locale: 'en',
      rules: [
        {
          name: 'all',
          match: {},
          steps: [{ users: ['U0BEN'], groups: [], required: 1 }],
          selfApproval: false,
          expiresAfterMs: 86_400_000,
          approvalValidForMs: 86_400_000,
        },
      ],
    });
  });

  test('may be JSON', () => {
    const json = JSON.stringify({
      accounts: { production: { region: 'cn-hangzhou', settle: '5s', create_spacing: '0ms' } },
      channels: { approvals: 'C0APPROVALS' },
      rules: [{ name: 'all', match: { account: 'production' }, steps: [{ groups: ['S0SRE'], required: 3 }] }],
    });
    expect(workspace(json).accounts[0]).toMatchObject({ settleMs: 5_000, createSpacingMs: 0 });
    expect(workspace(json).rules[0]?.match).toEqual({ account: ['production'] });
  });

  test('may be one for each of several workspaces', () => {
    const inner = MINIMAL.replaceAll(/^/gm, '    ').trimEnd();
    const read = readConfigFile(`workspaces:\n  T0ACME:\n${inner}\n`, 'f.yml');
    expect(read).toMatchObject({ ok: true, value: { kind: 'several', byTeam: { T0ACME: workspace(MINIMAL) } } });
    expect(complaints(`workspaces:\n  acme:\n${inner}\nrules: []\n`)).toEqual([
      'vpc-endpoint.yml:2:3: workspaces.acme: expected a workspace’s id, T… or E…',
      'vpc-endpoint.yml:9:1: rules: unknown key, expected one of workspaces',
    ]);
  });

  test('is frozen through and through', () => {
    const config = workspace(EXAMPLE);
    expect(Object.isFrozen(config.rules[0]?.steps[0]?.users)).toBe(true);
    expect(() => (config.accounts as unknown[]).push(1)).toThrow(TypeError);
  });

  test.each([
    ['{ type: profile, profile: p }', { type: 'profile', profile: 'p' }],
    ['{ type: ecs_ram_role }', { type: 'ecs_ram_role' }],
    [
      "{ type: ram_role_arn, role_arn: 'acs:ram::1:role/r', role_session_name: s }",
      { type: 'ram_role_arn', roleArn: 'acs:ram::1:role/r', roleSessionName: 's' },
    ],
    [
      "{ type: oidc_role_arn, role_arn: 'acs:ram::1:role/r', oidc_provider_arn: p, oidc_token_file: /t }",
      { type: 'oidc_role_arn', roleArn: 'acs:ram::1:role/r', oidcProviderArn: 'p', oidcTokenFile: '/t' },
    ],
    ["{ type: credentials_uri, uri: 'http://localhost/c' }", { type: 'credentials_uri', uri: 'http://localhost/c' }],
  ])('takes credentials %s', (written, read) => {
    const source = MINIMAL.replace('region: cn-hangzhou', `region: cn-hangzhou, credentials: ${written}`);
    expect(workspace(source).accounts[0]?.credentials).toEqual(read);
  });
});

describe('what is wrong is said with its place', () => {
  const account = '  production: { region: cn-hangzhou }';
  const channels = 'channels: { approvals: C0APPROVALS }';
  const steps = '    steps: [{ users: [U0BEN] }]';
  const withRule = (more: string) => changed(steps, `${steps}\n    ${more}`);
  const withAccount = (more: string) => changed(account, `  production: { region: cn-hangzhou, ${more} }`);

  test.each([
    [
      'nothing at all',
      '',
      '1:1: expected a mapping with accounts, channels, locale, open_requests_per_person, rules, got null',
    ],
    ['not YAML', 'a: [\n', '2:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a key twice', `${MINIMAL}rules: []\n`, '7:1: Map keys must be unique'],
    [
      'a misspelt key',
      withRule('expire_after: 1h'),
      '7:5: rules[0].expire_after: unknown key, did you mean expires_after?',
    ],
    [
      'an unknown key',
      withAccount('secret: x'),
      '2:38: accounts.production.secret: unknown key, expected one of region, elasticsearch_endpoint, privatelink_endpoint, credentials, accept_connections, settle, create_spacing',
    ],
    [
      'a missing key',
      changed(channels, 'channels: { audit: C0AUDIT }'),
      '3:11: channels.approvals: expected a Slack channel’s id, C… or G…, got nothing',
    ],
    [
      'a channel’s name',
      changed(channels, "channels: { approvals: '#approvals' }"),
      '3:24: channels.approvals: expected a Slack channel’s id, C… or G…, got "#approvals"',
    ],
    [
      'a person’s name',
      changed(steps, '    steps: [{ users: [ben] }]'),
      '6:23: rules[0].steps[0].users[0]: expected a Slack user’s id, U… or W…, got "ben"',
    ],
    [
      'a user as a group',
      changed(steps, '    steps: [{ groups: [U0BEN] }]'),
      '6:24: rules[0].steps[0].groups[0]: expected a Slack user group’s id, S…, got "U0BEN"',
    ],
    [
      'users not in a list',
      changed(steps, '    steps: [{ users: U0BEN }]'),
      '6:22: rules[0].steps[0].users: expected a list of users, got "U0BEN"',
    ],
    [
      'a duration in words',
      withRule('expires_after: 2 hours'),
      '7:20: rules[0].expires_after: expected a duration such as 30s, 5m, 24h or 7d, got "2 hours"',
    ],
    [
      'a duration without a unit',
      withRule('expires_after: 30'),
      '7:20: rules[0].expires_after: expected a duration such as 30s, 5m, 24h or 7d, got 30',
    ],
    [
      'no time at all',
      withRule('expires_after: 0s'),
      '7:20: rules[0].expires_after: expected a duration such as 30s, 5m, 24h or 7d, got "0s"',
    ],
    [
      'a reminder after the end',
      withRule('expires_after: 1h\n    remind_after: 1h'),
      '8:19: rules[0].remind_after: expected less than expires_after, got "1h"',
    ],
    [
      'an unknown action',
      withRule('match: { action: destroy }'),
      '7:22: rules[0].match.action: expected create or delete, got "destroy"',
    ],
    [
      'an account that is not there',
      withRule('match: { account: prodution }'),
      '7:23: rules[0].match.account: expected one of the accounts above (did you mean production?), got "prodution"',
    ],
    ['yes for true', withRule('self_approval: yes'), '7:20: rules[0].self_approval: expected true or false, got "yes"'],
    ['an unknown language', `${MINIMAL}locale: fr\n`, '7:9: locale: expected en or zh-CN, got "fr"'],
    [
      'http to elsewhere',
      withAccount("elasticsearch_endpoint: 'http://example.com'"),
      '2:62: accounts.production.elasticsearch_endpoint: expected an https URL without a path (http only on this machine), got "http://example.com"',
    ],
    [
      'credentials of an unknown type',
      withAccount('credentials: { type: access_key }'),
      '2:59: accounts.production.credentials.type: expected a mapping with type: default, profile, ram_role_arn, ecs_ram_role, oidc_role_arn or credentials_uri, got "access_key"',
    ],
    [
      'no rules',
      MINIMAL.replace(/rules:[\s\S]*/, 'rules: []\n'),
      '4:8: rules: expected at least one rule: without one every request is refused, got an empty list',
    ],
    [
      'no accounts',
      MINIMAL.replace(/accounts:\n.*\n/, 'accounts: {}\n'),
      '1:11: accounts: expected at least one account',
    ],
    [
      'nobody to ask',
      changed(steps, '    steps: [{ required: 1 }]'),
      '6:13: rules[0].steps[0]: expected users, groups or both: nobody could approve',
    ],
    [
      'too few users',
      changed(steps, '    steps: [{ users: [U0BEN, U0BEN], required: 2 }]'),
      '6:48: rules[0].steps[0].required: expected at most 1, the number of its users, got 2',
    ],
    [
      'nobody required',
      changed(steps, '    steps: [{ users: [U0BEN], required: 0 }]'),
      '6:41: rules[0].steps[0].required: expected a whole number from 1, got 0',
    ],
    [
      'one person twice',
      changed(steps, '    steps:\n      - { users: [U0BEN, U0ANN], required: 2 }\n      - { users: [U0ANN] }'),
      '7:7: rules[0].steps: expected enough different users: one person fills one place, and 2 of 3 places can be filled',
    ],
    [
      'a rule’s name twice',
      `${MINIMAL}  - { name: all, steps: [{ groups: [S0SRE] }] }\n`,
      '7:13: rules[1].name: expected a name that no other rule has, got "all"',
    ],
  ])('%s', (_, source, complaint) => {
    expect(complaints(source)).toEqual([`vpc-endpoint.yml:${complaint}`]);
  });

  test('all of it at once, in the order of the file', () => {
    const source = MINIMAL.replace('cn-hangzhou', 'Hangzhou')
      .replace('C0APPROVALS', 'approvals')
      .replace('U0BEN', 'ben');
    expect(complaints(source).map((line) => line.split(': ')[0])).toEqual([
      'vpc-endpoint.yml:2:25',
      'vpc-endpoint.yml:3:24',
      'vpc-endpoint.yml:6:23',
    ]);
  });

  test('steps that overlap but can be met are fine', () => {
    const source = changed(
      steps,
      '    steps:\n      - { users: [U0BEN, U0ANN] }\n      - { users: [U0ANN], groups: [] }\n      - { groups: [S0SRE], required: 5 }',
    );
    expect(complaints(source)).toEqual([]);
  });

  test('behind an alias, the place is the anchor’s', () => {
    const source = `${MINIMAL.replace('{ users: [U0BEN] }', '&one { users: [ben] }')}  - { name: two, steps: [*one] }\n`;
    expect(complaints(source).map((line) => line.split(' ')[0])).toEqual([
      'vpc-endpoint.yml:6:28:',
      'vpc-endpoint.yml:6:28:',
    ]);
  });
});

test('whatever is in the file, the answer is a value or a list of places', () => {
  const mangled = fc
    .array(fc.tuple(fc.nat(EXAMPLE.length), fc.nat(12), fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 4 })
    .map((edits) => edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), EXAMPLE));
  fc.assert(
    fc.property(fc.oneof(mangled, fc.json(), fc.string({ unit: 'binary' })), (source) => {
      const read = readConfigFile(source, 'f.yml');
      if (read.ok) return;
      expect(read.problems.length).toBeGreaterThan(0);
      for (const { where, message } of read.problems) {
        expect(where).toMatch(/^f\.yml:\d+:\d+$/);
        expect(message).not.toMatch(/[\r\n]/);
      }
    }),
    { numRuns: 500 },
  );
});
