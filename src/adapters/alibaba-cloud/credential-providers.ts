/** Builds the provider of `@alicloud/credentials` that an account's config asks for. */
import {
  CLIProfileCredentialsProvider,
  DefaultCredentialsProvider,
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  ProfileCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from '@alicloud/credentials';

/** `credentials` of an account in the config file. What is left out is read from the library's environment variables. */
export type CredentialsConfig =
  | { readonly type: 'default' }
  | { readonly type: 'access_key'; readonly access_key_id: string; readonly access_key_secret: string }
  | {
      readonly type: 'sts';
      readonly access_key_id: string;
      readonly access_key_secret: string;
      readonly security_token: string;
    }
  | {
      readonly type: 'ram_role_arn';
      readonly access_key_id?: string;
      readonly access_key_secret?: string;
      readonly security_token?: string;
      readonly role_arn: string;
      readonly role_session_name?: string;
      readonly role_session_expiration?: number;
      readonly policy?: string;
      readonly external_id?: string;
      readonly sts_endpoint?: string;
      readonly sts_region_id?: string;
    }
  | {
      readonly type: 'oidc_role_arn';
      readonly role_arn?: string;
      readonly oidc_provider_arn?: string;
      readonly oidc_token_file_path?: string;
      readonly role_session_name?: string;
      readonly role_session_expiration?: number;
      readonly policy?: string;
      readonly sts_endpoint?: string;
      readonly sts_region_id?: string;
    }
  | { readonly type: 'ecs_ram_role'; readonly role_name?: string; readonly disable_imds_v1?: boolean }
  | { readonly type: 'credentials_uri'; readonly credentials_uri?: string }
  | { readonly type: 'profile'; readonly profile_name?: string };

/** What is needed of a provider of `@alicloud/credentials`. */
export interface CredentialsProvider {
  getCredentials(): Promise<{ accessKeyId?: string; accessKeySecret?: string; securityToken?: string }>;
}

/** Throws when the config lacks something that the environment does not supply either. */
export function buildProvider(config: CredentialsConfig): CredentialsProvider {
  switch (config.type) {
    case 'default':
      return DefaultCredentialsProvider.builder().build();
    case 'access_key':
    case 'sts':
      return keyProvider(config);
    case 'ram_role_arn':
      return given(RAMRoleARNCredentialsProvider.builder(), {
        credentialsProvider: keyProvider(config),
        roleArn: config.role_arn,
        roleSessionName: config.role_session_name,
        durationSeconds: config.role_session_expiration,
        policy: config.policy,
        externalId: config.external_id,
        stsEndpoint: config.sts_endpoint,
        stsRegionId: config.sts_region_id,
      }).build();
    case 'oidc_role_arn':
      return given(OIDCRoleArnCredentialsProvider.builder(), {
        roleArn: config.role_arn,
        oidcProviderArn: config.oidc_provider_arn,
        oidcTokenFilePath: config.oidc_token_file_path,
        roleSessionName: config.role_session_name,
        durationSeconds: config.role_session_expiration,
        policy: config.policy,
        stsEndpoint: config.sts_endpoint,
        stsRegionId: config.sts_region_id,
      }).build();
    case 'ecs_ram_role':
      return given(ECSRAMRoleCredentialsProvider.builder(), {
        roleName: config.role_name,
        disableIMDSv1: config.disable_imds_v1,
      }).build();
    case 'credentials_uri':
      return given(URICredentialsProvider.builder(), { credentialsURI: config.credentials_uri }).build();
    case 'profile':
      return profileProvider(config.profile_name);
  }
}

interface KeyFields {
  readonly access_key_id?: string;
  readonly access_key_secret?: string;
  readonly security_token?: string;
}

function keyProvider(fields: KeyFields): StaticAKCredentialsProvider | StaticSTSCredentialsProvider {
  const pair = { accessKeyId: fields.access_key_id, accessKeySecret: fields.access_key_secret };
  if (!fields.security_token) return given(StaticAKCredentialsProvider.builder(), pair).build();
  const temporary = { ...pair, securityToken: fields.security_token };
  return given(StaticSTSCredentialsProvider.builder(), temporary).build();
}

/** A profile of `~/.aliyun/config.json`, and when there is none, of `~/.alibabacloud/credentials`. */
function profileProvider(profileName: string | undefined): CredentialsProvider {
  const cli = given(CLIProfileCredentialsProvider.builder(), { profileName }).build();
  const ini = given(ProfileCredentialsProvider.builder(), { profileName }).build();
  return {
    async getCredentials() {
      try {
        return await cli.getCredentials();
      } catch (cliError) {
        return ini.getCredentials().catch(() => {
          throw cliError;
        });
      }
    },
  };
}

/** Sets what is given and leaves the rest to the builder, which then looks into the environment. */
function given<B extends object>(builder: B, fields: { readonly [K in keyof B]?: B[K] | undefined }): B {
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) Object.assign(builder, { [name]: value });
  return builder;
}
