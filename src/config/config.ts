/** The bot's settings: what the environment and the config file said, checked, in one frozen value. */
import type { AccountName, ChannelId } from '../domain/ids.ts';
import type { Locale } from '../domain/locale.ts';
import type { Rule } from '../domain/policy/rule.ts';

/** Everything that was wrong, at once, or the value. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface Problem {
  /** A variable's name, or `vpc-endpoint.yml:12:5`. */
  readonly where: string;
  /** One line. Never a variable's value. */
  readonly message: string;
}

export interface Config extends Environment {
  readonly workspaces: Workspaces;
}

export interface Environment {
  readonly slack: SlackSettings;
  readonly admin: { readonly host: string; readonly port: number };
  readonly redis: RedisTarget;
  readonly configFile: string;
  /** PEM, Ed25519. */
  readonly auditKey?: string;
  readonly logLevel: LogLevel;
  /** VPCE_SANDBOX: time can be moved. */
  readonly sandbox: boolean;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface SlackSettings {
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly transport:
    | { readonly kind: 'http'; readonly signingSecret: string; readonly host?: string; readonly port: number }
    | { readonly kind: 'socket'; readonly appToken: string };
  readonly tenancy:
    | { readonly kind: 'single'; readonly botToken: string }
    | {
        readonly kind: 'oauth';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
        /** The first encrypts, all decrypt. */
        readonly encryptionKeys: readonly EncryptionKey[];
      };
}

export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly base64: string;
}

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
}

export type RedisTarget =
  | { readonly kind: 'embedded'; readonly dir: string }
  | { readonly kind: 'socket'; readonly path: string; readonly db: number }
  | ({ readonly kind: 'single'; readonly db: number } & RedisNode & RedisLogin)
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly RedisNode[];
      readonly master: string;
      readonly db: number;
    } & RedisLogin)
  | ({ readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] } & RedisLogin);

/** One config for the one workspace, or one each by its id (`T…`). */
export type Workspaces =
  | { readonly kind: 'single'; readonly workspace: WorkspaceConfig }
  | { readonly kind: 'several'; readonly byTeam: Readonly<Record<string, WorkspaceConfig>> };

export interface WorkspaceConfig {
  /** In the file's order; at least one. */
  readonly accounts: readonly AccountConfig[];
  readonly channels: { readonly approvals: ChannelId; readonly audit?: ChannelId };
  /** Of messages in channels. */
  readonly locale: Locale;
  /** The first that matches decides. */
  readonly rules: readonly Rule[];
  /** How many requests of one person may be open at once; absent: any number. */
  readonly openRequestsPerPerson?: number;
}

export interface AccountConfig {
  readonly name: AccountName;
  readonly region: string;
  /** An origin, without a slash at its end. */
  readonly elasticsearchEndpoint: string;
  readonly privatelinkEndpoint: string;
  readonly credentials: CredentialsConfig;
  /** Accept an endpoint's connection when the service does not. */
  readonly acceptConnections: boolean;
  /** How late the cloud's list may show a new endpoint. */
  readonly settleMs: number;
  /** The least time between two creates. */
  readonly createSpacingMs: number;
}

/** How to find the credentials; they themselves never stand in the file. */
export type CredentialsConfig =
  | { readonly type: 'default' }
  | { readonly type: 'profile'; readonly profile: string }
  | {
      readonly type: 'ram_role_arn';
      readonly roleArn: string;
      readonly roleSessionName?: string;
      readonly externalId?: string;
      readonly policy?: string;
    }
  | { readonly type: 'ecs_ram_role'; readonly roleName?: string }
  | {
      readonly type: 'oidc_role_arn';
      readonly roleArn: string;
      readonly oidcProviderArn: string;
      readonly oidcTokenFile: string;
      readonly roleSessionName?: string;
    }
  | { readonly type: 'credentials_uri'; readonly uri: string };

/** The config of a workspace; `undefined` for one the file does not name. */
export function workspaceConfig(config: Pick<Config, 'workspaces'>, teamId: string): WorkspaceConfig | undefined {
  const { workspaces } = config;
  if (workspaces.kind === 'single') return workspaces.workspace;
  return Object.hasOwn(workspaces.byTeam, teamId) ? workspaces.byTeam[teamId] : undefined;
}

/** Plain data only. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
