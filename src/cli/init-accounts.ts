/** `init`: the questions about the Alibaba Cloud accounts. */
import { stringify } from 'yaml';
import { readConfigFile } from '../config/config-file.ts';
import type { NewAccount } from '../config/write-config.ts';
import type { Answered, Asker } from './ask.ts';

/** What each type of credentials has to know besides its type. */
const CREDENTIALS: Readonly<Record<string, readonly { readonly key: string; readonly question: string }[]>> = {
  default: [],
  profile: [{ key: 'profile', question: 'Profile in ~/.aliyun/config.json or ~/.alibabacloud/credentials' }],
  ram_role_arn: [{ key: 'role_arn', question: 'ARN of the role, acs:ram::<account>:role/<name>' }],
  ecs_ram_role: [],
  oidc_role_arn: [
    { key: 'role_arn', question: 'ARN of the role, acs:ram::<account>:role/<name>' },
    { key: 'oidc_provider_arn', question: 'ARN of the OIDC provider' },
    { key: 'oidc_token_file', question: 'File with the OIDC token' },
  ],
  credentials_uri: [{ key: 'uri', question: 'URI that gives the credentials' }],
};

export async function askAccounts(asker: Asker): Promise<Readonly<Record<string, NewAccount>>> {
  asker.say('\nAlibaba Cloud accounts. AccessKey pairs stay in the environment or in their profile.');
  const accounts: Record<string, NewAccount> = {};
  do {
    const name = await asker.askUntil(
      'Name of the account, as people see it',
      (typed) => {
        if (Object.hasOwn(accounts, typed)) return { wrong: `There is an account ${typed} already.` };
        return checked(typed, typed, { region: 'cn-hangzhou', credentials: { type: 'default' } });
      },
      Object.keys(accounts).length === 0 ? 'production' : undefined,
    );
    accounts[name] = await askAccount(asker);
  } while (await asker.confirm('Another account?', false));
  return accounts;
}

async function askAccount(asker: Asker): Promise<NewAccount> {
  const plain = { type: 'default' };
  const region = await asker.askUntil(
    'Region',
    (typed) => checked(typed, 'account', { region: typed, credentials: plain }),
    'cn-hangzhou',
  );
  const own = await asker.confirm('Are its APIs at other addresses than the region’s own?', false);
  const address = (key: 'elasticsearch_endpoint' | 'privatelink_endpoint', product: string) =>
    asker.askUntil(
      `Address of the ${product} API`,
      (typed) => checked(typed, 'account', { region, credentials: plain, [key]: typed }),
      `https://${product.toLowerCase()}.${region}.aliyuncs.com`,
    );
  const endpoints = own
    ? {
        elasticsearch_endpoint: await address('elasticsearch_endpoint', 'Elasticsearch'),
        privatelink_endpoint: await address('privatelink_endpoint', 'PrivateLink'),
      }
    : {};
  return { region, ...endpoints, credentials: await askCredentials(asker, region) };
}

async function askCredentials(asker: Asker, region: string): Promise<Readonly<Record<string, string>>> {
  const types = Object.keys(CREDENTIALS);
  const type = await asker.askUntil(
    `Where its credentials come from (${types.join(', ')})`,
    (typed) => (types.includes(typed) ? { value: typed } : { wrong: `Expected one of ${types.join(', ')}.` }),
    'default',
  );
  for (;;) {
    const credentials: Record<string, string> = { type };
    for (const { key, question } of CREDENTIALS[type] ?? []) credentials[key] = await asker.ask(question);
    const answer = checked(credentials, 'account', { region, credentials });
    if ('value' in answer) return answer.value;
    asker.say(answer.wrong);
  }
}

/** Judged as the config file will be, so that nothing is expected here that is not expected there. */
function checked<T>(value: T, name: string, account: NewAccount): Answered<T> {
  const rules = [{ name: 'any', steps: [{ users: ['U0'] }] }];
  const file = { accounts: { [name]: account }, channels: { approvals: 'C0' }, rules };
  const parsed = readConfigFile(stringify(file), 'answer');
  return parsed.ok ? { value } : { wrong: parsed.problems.map(({ message }) => message).join('\n') };
}
