/** The official client, pointed at a local cloud: Elasticsearch's generated one, and PrivateLink through its core. */
import { createRequire } from 'node:module';
import type elasticsearchModule from '@alicloud/elasticsearch20170613';
import type coreModule from '@alicloud/openapi-core';
import { SAMPLE_ACCESS_KEY } from '../../../sandbox/alibaba-cloud/sample-cloud.ts';
import type { LocalCloud } from '../../../sandbox/alibaba-cloud/server.ts';

// CommonJS with a `default` of its own, which Node and the test runner unwrap differently: so neither does it.
const require = createRequire(import.meta.url);
export const sdk = require('@alicloud/elasticsearch20170613') as typeof elasticsearchModule;
const core = require('@alicloud/openapi-core') as typeof coreModule;

type Client = InstanceType<typeof sdk.default>;

export function officialClient(cloud: LocalCloud): Client {
  const pair = { accessKeyId: SAMPLE_ACCESS_KEY.id, accessKeySecret: SAMPLE_ACCESS_KEY.secret };
  const credential = { getCredential: async () => ({ ...pair, type: 'access_key' }) };
  const endpoint = new URL(cloud.url).host;
  return new sdk.default(new core.$OpenApiUtil.Config({ credential, endpoint, protocol: 'http' }));
}

/** The body of the reply; a refusal is thrown. The region is filled in. */
export async function privatelink(
  cloud: LocalCloud,
  action: string,
  query: Record<string, string>,
): Promise<Readonly<Record<string, unknown>>> {
  const params = new core.$OpenApiUtil.Params({
    action,
    version: '2020-04-15',
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const request = new core.$OpenApiUtil.OpenApiRequest({ query: { RegionId: 'cn-hangzhou', ...query } });
  const runtime = {} as Parameters<Client['callApi']>[2];
  const { body } = await officialClient(cloud).callApi(params, request, runtime);
  return body;
}
