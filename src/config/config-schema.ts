/** The config file's schema: snake_case as people write it, in; the bot's own words and milliseconds, out. */
import * as z from 'zod';
import type { AccountConfig, CredentialsConfig, WorkspaceConfig } from './config.ts';
import { rule, toRule } from './rule-schema.ts';
import { ruleProblems } from './satisfiable.ts';
import { accountName, channel, list, mapping, present, wholeFrom1, words, yesOrNo } from './shapes.ts';
import { duration, safeUrl, text } from './values.ts';

const endpoint = z
  .string({ error: 'expected a URL' })
  .transform((typed, context) => {
    const url = safeUrl(typed);
    if (url && url.pathname === '/' && url.search === '' && url.hash === '') return url.origin;
    context.addIssue({ code: 'custom', message: 'expected an https URL without a path (http only on this machine)' });
    return z.NEVER;
  })
  .optional();

const roleArn = text('a role’s ARN, acs:ram::<account>:role/<name>', /^acs:ram::\d+:role\/\S+$/);
const credentials = z.discriminatedUnion(
  'type',
  [
    mapping({ type: z.literal('default') }),
    mapping({ type: z.literal('profile'), profile: words('a profile’s name') }),
    mapping({
      type: z.literal('ram_role_arn'),
      role_arn: roleArn,
      role_session_name: words('a session’s name').optional(),
      external_id: words('an external id').optional(),
      policy: words('a policy').optional(),
    }),
    mapping({ type: z.literal('ecs_ram_role'), role_name: words('a role’s name').optional() }),
    mapping({
      type: z.literal('oidc_role_arn'),
      role_arn: roleArn,
      oidc_provider_arn: words('a provider’s ARN'),
      oidc_token_file: words('a file’s path'),
      role_session_name: words('a session’s name').optional(),
    }),
    mapping({ type: z.literal('credentials_uri'), uri: words('a URI') }),
  ],
  {
    error:
      'expected a mapping with type: default, profile, ram_role_arn, ecs_ram_role, oidc_role_arn or credentials_uri',
  },
);

const account = mapping({
  region: text('a region, such as cn-hangzhou', /^[a-z]{2}-[a-z0-9-]{2,40}$/),
  elasticsearch_endpoint: endpoint,
  privatelink_endpoint: endpoint,
  credentials: credentials.default({ type: 'default' }),
  accept_connections: yesOrNo.default(false),
  settle: duration().default(120_000),
  create_spacing: duration(['ms', 's', 'm', 'h', 'd'], true).default(100),
});

const workspaceShape = {
  accounts: z
    .record(accountName, account, { error: 'expected a mapping of account names' })
    .refine((given) => Object.keys(given).length > 0, { error: 'expected at least one account' }),
  channels: mapping({ approvals: channel, audit: channel.optional() }),
  locale: z.enum(['en', 'zh-CN'], { error: 'expected en or zh-CN' }).default('en'),
  open_requests_per_person: wholeFrom1(1_000).optional(),
  rules: list(rule, 'a list of rules').min(1, {
    error: 'expected at least one rule: without one every request is refused',
  }),
};

const raw = mapping(workspaceShape);
type Raw = z.output<typeof raw>;

export const workspaceSchema = raw
  .superRefine((given, context) => {
    for (const { path, message } of ruleProblems(given.rules, Object.keys(given.accounts))) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .transform(toWorkspace);

const team = text('a workspace’s id, T… or E…', /^[TE][A-Z0-9]{1,30}$/);
export const severalSchema = mapping({
  workspaces: z
    .record(team, workspaceSchema, { error: 'expected a mapping of workspace ids' })
    .refine((given) => Object.keys(given).length > 0, { error: 'expected at least one workspace' }),
});

function toWorkspace(given: Raw): WorkspaceConfig {
  const { approvals, audit } = given.channels;
  return {
    accounts: Object.entries(given.accounts).map(([name, value]) => toAccount(name, value)),
    channels: { approvals, ...present({ audit }) },
    locale: given.locale,
    rules: given.rules.map(toRule),
    ...present({ openRequestsPerPerson: given.open_requests_per_person }),
  };
}

function toAccount(name: string, given: Raw['accounts'][string]): AccountConfig {
  return {
    name,
    region: given.region,
    elasticsearchEndpoint: given.elasticsearch_endpoint ?? `https://elasticsearch.${given.region}.aliyuncs.com`,
    privatelinkEndpoint: given.privatelink_endpoint ?? `https://privatelink.${given.region}.aliyuncs.com`,
    credentials: toCredentials(given.credentials),
    acceptConnections: given.accept_connections,
    settleMs: given.settle,
    createSpacingMs: given.create_spacing,
  };
}

function toCredentials(given: Raw['accounts'][string]['credentials']): CredentialsConfig {
  switch (given.type) {
    case 'default':
    case 'profile':
    case 'credentials_uri':
      return given;
    case 'ecs_ram_role':
      return { type: given.type, ...present({ roleName: given.role_name }) };
    case 'ram_role_arn': {
      const { type, role_arn: roleArn, role_session_name: roleSessionName, external_id: externalId, policy } = given;
      return { type, roleArn, ...present({ roleSessionName, externalId, policy }) };
    }
    case 'oidc_role_arn':
      return {
        type: given.type,
        roleArn: given.role_arn,
        oidcProviderArn: given.oidc_provider_arn,
        oidcTokenFile: given.oidc_token_file,
        ...present({ roleSessionName: given.role_session_name }),
      };
  }
}
