/** The naive rival's call to Alibaba Cloud: the official client, as its documentation shows it. */
import sdk from '@alicloud/elasticsearch20170613';
import core from '@alicloud/openapi-core';
import type { Request } from './request.ts';

export async function createEndpoint(
  url: string,
  { id, instance, service, zone }: Request,
): Promise<{ readonly id: string; readonly domain: string }> {
  const { host, protocol } = new URL(url);
  const config = new core.$OpenApiUtil.Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? '',
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? '',
    endpoint: host,
    protocol: protocol.replace(':', ''),
  });
  const client = new sdk.default(config);
  // The documentation recommends a ClientToken, and a request's id is one.
  const wish = new sdk.CreateVpcEndpointRequest({ clientToken: id, serviceId: service, zoneId: zone });
  const { body } = await client.createVpcEndpoint(instance, wish);
  const { endpointId, endpointDomain } = body?.result ?? {};
  if (endpointId === undefined || endpointDomain === undefined)
    throw new Error('Alibaba Cloud answered without an endpoint');
  return { id: endpointId, domain: endpointDomain };
}
