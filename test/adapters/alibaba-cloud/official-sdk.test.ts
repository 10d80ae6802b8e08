/** The same call through the official packages and through our client must be the same bytes on the wire. */
import { createRequire } from 'node:module';
import type elasticsearchModule from '@alicloud/elasticsearch20170613';
import type coreModule from '@alicloud/openapi-core';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCloudAccount } from '../../../src/adapters/alibaba-cloud/account.ts';
import { createCredentials } from '../../../src/adapters/alibaba-cloud/credentials.ts';
import type { SigningKey } from '../../../src/adapters/alibaba-cloud/sign.ts';
import type { CloudAccount } from '../../../src/application/ports/cloud.ts';
import { type Captured, type CaptureServer, startCaptureServer } from './capture-server.ts';

// CommonJS with a `default` of its own, which Node and the test runner unwrap differently: so neither does it.
const require = createRequire(import.meta.url);
const elasticsearchSdk = require('@alicloud/elasticsearch20170613') as typeof elasticsearchModule;
const coreSdk = require('@alicloud/openapi-core') as typeof coreModule;

const RUNS = 75;

let server: CaptureServer;
beforeAll(async () => {
  server = await startCaptureServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.captured.length = 0;
});

const wellFormed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 });
const instanceId = fc.oneof(
  fc.stringMatching(/^es-cn-[a-z0-9]{17}$/),
  wellFormed.filter((text) => text !== '.' && text !== '..'),
);
const clientToken = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 });
const key = fc.record(
  {
    accessKeyId: fc.stringMatching(/^LTAI[A-Za-z0-9]{20}$/),
    accessKeySecret: fc.stringMatching(/^[A-Za-z0-9]{30}$/),
    securityToken: fc.stringMatching(/^[A-Za-z0-9+/=]{40,120}$/),
  },
  { requiredKeys: ['accessKeyId', 'accessKeySecret'] },
) as fc.Arbitrary<SigningKey>;

/** What the official client sends. The SDK sees no provider name, for which it would send a header of its own. */
async function bySdk(signingKey: SigningKey, call: (client: Sdk) => Promise<unknown>): Promise<Captured> {
  const credential = { getCredential: async () => ({ ...signingKey, type: 'access_key' }) };
  const config = new coreSdk.$OpenApiUtil.Config({ credential, endpoint: server.host, protocol: 'http' });
  await call(new elasticsearchSdk.default(config));
  return last();
}

/** What our client sends, given the nonce and the date that the SDK happened to use. */
async function byUs(signingKey: SigningKey, model: Captured, call: (account: CloudAccount, date: number) => unknown) {
  const { accessKeyId: access_key_id, accessKeySecret: access_key_secret, securityToken: security_token } = signingKey;
  const pair = { access_key_id, access_key_secret };
  const date = Date.parse(model.headers['x-acs-date'] ?? '');
  const account = createCloudAccount({
    region: 'cn-hangzhou',
    elasticsearchEndpoint: server.url,
    privatelinkEndpoint: server.url,
    credentials: createCredentials(
      security_token ? { type: 'sts', ...pair, security_token } : { type: 'access_key', ...pair },
    ),
    newNonce: () => model.headers['x-acs-signature-nonce'] ?? '',
    now: () => date,
  });
  await call(account, date);
  await account.close();
  return last();
}

type Sdk = InstanceType<typeof elasticsearchSdk.default>;

function last(): Captured {
  const captured = server.captured.at(-1);
  if (!captured) throw new Error('nothing arrived');
  return captured;
}

/** What must be equal; the SDK leaves every asterisk but the first in a path as it is, yet signs it encoded. */
function essence({ method, target, headers, body }: Captured) {
  const [path = '', query] = target.split('?');
  const relevant = Object.entries(headers).filter(
    ([name]) => /^x-acs-/.test(name) || ['authorization', 'content-type', 'accept', 'host'].includes(name),
  );
  return { method, path: path.replaceAll('*', '%2A'), query, body, headers: Object.fromEntries(relevant.sort()) };
}

async function compare(
  signingKey: SigningKey,
  sdk: (client: Sdk) => Promise<unknown>,
  ours: (account: CloudAccount, date: number) => unknown,
): Promise<void> {
  const model = await bySdk(signingKey, sdk);
  const mine = await byUs(signingKey, model, ours);
  expect(mine.headers.authorization).toMatch(/^ACS3-HMAC-SHA256 .*Signature=[0-9a-f]{64}$/);
  expect(essence(mine)).toEqual(essence(model));
}

describe('against the official packages', () => {
  it('sends CreateVpcEndpoint alike', async () => {
    const property = fc.asyncProperty(key, instanceId, clientToken, wellFormed, wellFormed, async (...input) => {
      const [signingKey, id, token, serviceId, zoneId] = input;
      const request = new elasticsearchSdk.CreateVpcEndpointRequest({ clientToken: token, serviceId, zoneId });
      await compare(
        signingKey,
        (client) => client.createVpcEndpoint(id, request),
        (account, date) => account.createEndpoint({ instanceId: id, serviceId, zoneId }, token, date),
      );
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  it('sends its dry run alike', async () => {
    const property = fc.asyncProperty(key, instanceId, wellFormed, wellFormed, async (...input) => {
      const [signingKey, id, serviceId, zoneId] = input;
      const request = new elasticsearchSdk.CreateVpcEndpointRequest({ dryRun: true, serviceId, zoneId });
      await compare(
        signingKey,
        (client) => client.createVpcEndpoint(id, request),
        (account) => account.dryRunCreateEndpoint({ instanceId: id, serviceId, zoneId }),
      );
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  it('sends DescribeInstance, ListVpcEndpoints and ListInstance alike', async () => {
    const endpoints = new elasticsearchSdk.ListVpcEndpointsRequest({ page: 1, size: 20 });
    const instances = new elasticsearchSdk.ListInstanceRequest({ page: 1, size: 100 });
    const property = fc.asyncProperty(key, instanceId, async (signingKey, id) => {
      await compare(
        signingKey,
        (client) => client.describeInstance(id),
        (account) => account.describeInstance(id),
      );
      await compare(
        signingKey,
        (client) => client.listVpcEndpoints(id, endpoints),
        (account) => account.listEndpoints(id),
      );
      await compare(
        signingKey,
        (client) => client.listInstance(instances),
        (account) => account.listInstances(),
      );
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  it('sends PrivateLink calls alike', async () => {
    const rpc = (action: string, query: Record<string, string>) => {
      const params = new coreSdk.$OpenApiUtil.Params({
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
      return (client: Sdk) => client.callApi(params, new coreSdk.$OpenApiUtil.OpenApiRequest({ query }), runtime());
    };
    const property = fc.asyncProperty(key, wellFormed, wellFormed, clientToken, async (...input) => {
      const [signingKey, serviceId, endpointId, token] = input;
      const connection = { RegionId: 'cn-hangzhou', ServiceId: serviceId, EndpointId: endpointId };
      await compare(
        signingKey,
        rpc('EnableVpcEndpointConnection', { ...connection, ClientToken: token }),
        (account, date) => account.acceptConnection(serviceId, endpointId, token, date),
      );
      await compare(signingKey, rpc('ListVpcEndpointConnections', { ...connection, MaxResults: '50' }), (account) =>
        account.describeConnection(serviceId, endpointId),
      );
      await compare(
        signingKey,
        rpc('GetVpcEndpointServiceAttribute', { RegionId: 'cn-hangzhou', ServiceId: serviceId }),
        (account) => account.describeEndpointService(serviceId),
      );
      await compare(
        signingKey,
        rpc('ListVpcEndpointServices', { RegionId: 'cn-hangzhou', MaxResults: '50' }),
        (account) => account.listEndpointServices(),
      );
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});

type Runtime = Parameters<Sdk['callApi']>[2];

/** The class lies in a package that ours do not depend on by name; no option is set. */
function runtime(): Runtime {
  return {} as Runtime;
}
