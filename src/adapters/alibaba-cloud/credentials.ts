/** Where an account's AccessKey pair comes from: `@alicloud/credentials`, with two of its defects worked round. */
import { AccessKey } from './access-key.ts';
import { buildProvider, type CredentialsConfig, type CredentialsProvider } from './credential-providers.ts';
import { safeText } from './safe-text.ts';

const SECRET_FIELDS: ReadonlySet<string> = new Set(['access_key_id', 'access_key_secret', 'security_token']);

/** Gives the AccessKey pair of now. */
export interface CredentialSource {
  /** Throws a {@link CredentialsUnavailable}. */
  get(): Promise<AccessKey>;
  /** The same, with nothing taken from a cache: for when the cloud has refused the pair. */
  renew(): Promise<AccessKey>;
}

/** No credentials could be had. Its message is safe to show. */
export class CredentialsUnavailable extends Error {
  override readonly name = 'CredentialsUnavailable';
}

/**
 * A source whose concurrent callers share one resolution, and which starts from nothing after a failure: the library's
 * default chain answers concurrent first calls wrongly, and stays for ever with the provider that failed last.
 * Caching and timely renewal are the library's: it is asked each time.
 */
export function createCredentials(
  config: CredentialsConfig,
  build: (config: CredentialsConfig) => CredentialsProvider = buildProvider,
): CredentialSource {
  let provider: CredentialsProvider | undefined;
  let flight: Promise<AccessKey> | undefined;

  async function resolve(): Promise<AccessKey> {
    let used: CredentialsProvider | undefined;
    try {
      provider ??= build(config);
      used = provider;
      const { accessKeyId, accessKeySecret, securityToken } = await used.getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error('the provider returned no AccessKey pair');
      return new AccessKey({ accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) });
    } catch (error) {
      if (provider === used) provider = undefined;
      throw new CredentialsUnavailable(describe(error, config));
    }
  }

  function get(): Promise<AccessKey> {
    if (flight) return flight;
    const mine = resolve().finally(() => {
      if (flight === mine) flight = undefined;
    });
    flight = mine;
    return mine;
  }

  return {
    get,
    renew() {
      provider = undefined;
      flight = undefined;
      return get();
    },
  };
}

/** The library quotes whole files and replies, secrets included: of those only an error code is kept. */
function describe(error: unknown, config: CredentialsConfig): string {
  const message = error instanceof Error ? error.message : '';
  const code = /"Code"\s*:\s*"([A-Za-z.]{1,60})"/.exec(message)?.[1];
  const start = message.split(/\{|failed: |result: |message = /, 1)[0] ?? '';
  const secrets = Object.entries(config)
    .filter(([name]) => SECRET_FIELDS.has(name))
    .map(([, value]) => String(value));
  return safeText(`credentials of type ${config.type}: ${start}${code ? ` (${code})` : ''}`, secrets);
}
