/** Opens the configured Alibaba Cloud accounts. */
import { createCloudAccount, type OpenCloudAccount } from './adapters/alibaba-cloud/account.ts';
import type { CredentialsConfig as ProviderConfig } from './adapters/alibaba-cloud/credential-providers.ts';
import { createCredentials } from './adapters/alibaba-cloud/credentials.ts';
import type { AccountConfig, CredentialsConfig } from './config/config.ts';
import type { AccountName } from './domain/ids.ts';

export function openCloudAccounts(
  accounts: readonly AccountConfig[],
  now: () => number,
): ReadonlyMap<AccountName, OpenCloudAccount> {
  return new Map(
    accounts.map(({ name, region, elasticsearchEndpoint, privatelinkEndpoint, credentials }) => [
      name,
      createCloudAccount({
        region,
        elasticsearchEndpoint,
        privatelinkEndpoint,
        credentials: createCredentials(providerConfig(credentials)),
        now,
      }),
    ]),
  );
}

/** The config file's words in those of the credentials library. */
function providerConfig(config: CredentialsConfig): ProviderConfig {
  switch (config.type) {
    case 'default':
      return config;
    case 'profile':
      return { type: 'profile', profile_name: config.profile };
    case 'ram_role_arn':
      return {
        type: 'ram_role_arn',
        role_arn: config.roleArn,
        ...(config.roleSessionName === undefined ? {} : { role_session_name: config.roleSessionName }),
        ...(config.externalId === undefined ? {} : { external_id: config.externalId }),
        ...(config.policy === undefined ? {} : { policy: config.policy }),
      };
    case 'ecs_ram_role':
      return { type: 'ecs_ram_role', ...(config.roleName === undefined ? {} : { role_name: config.roleName }) };
    case 'oidc_role_arn':
      return {
        type: 'oidc_role_arn',
        role_arn: config.roleArn,
        oidc_provider_arn: config.oidcProviderArn,
        oidc_token_file_path: config.oidcTokenFile,
        ...(config.roleSessionName === undefined ? {} : { role_session_name: config.roleSessionName }),
      };
    case 'credentials_uri':
      return { type: 'credentials_uri', credentials_uri: config.uri };
  }
}
