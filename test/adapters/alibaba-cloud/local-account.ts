/** A client and the local cloud, connected, and what most tests ask of them. */
import { afterEach } from 'vitest';
import { SAMPLE_ACCESS_KEY, SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../sandbox/alibaba-cloud/server.ts';
import {
  type CloudAccountOptions,
  createCloudAccount,
  type OpenCloudAccount,
} from '../../../src/adapters/alibaba-cloud/account.ts';
import { createCredentials } from '../../../src/adapters/alibaba-cloud/credentials.ts';

export const SPEC = {
  instanceId: SAMPLE_INSTANCES.orders,
  serviceId: SAMPLE_SERVICES.alerts,
  zoneId: 'cn-hangzhou-i',
};

const sampleCredentials = () =>
  createCredentials({
    type: 'access_key',
    access_key_id: SAMPLE_ACCESS_KEY.id,
    access_key_secret: SAMPLE_ACCESS_KEY.secret,
  });

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

export async function localCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const cloud = await startLocalCloud(options);
  open.push({ close: () => cloud.stop() });
  return cloud;
}

export function accountAt(url: string, options: Partial<CloudAccountOptions> = {}): OpenCloudAccount {
  const account = createCloudAccount({
    region: 'cn-hangzhou',
    elasticsearchEndpoint: url,
    privatelinkEndpoint: url,
    credentials: sampleCredentials(),
    ...options,
  });
  open.push(account);
  return account;
}

/** Both at once, for the tests that need no more. */
export async function localAccount(options: LocalCloudOptions = {}, client: Partial<CloudAccountOptions> = {}) {
  const cloud = await localCloud(options);
  return { cloud, account: accountAt(cloud.url, client) };
}
