/** Lists an instance's endpoints again and again through the official client, made once. */
import sdk from '@alicloud/elasticsearch20170613';
import core from '@alicloud/openapi-core';
import { CALLS_INSTANCE, CALLS_URL, callAndPrint } from './print.ts';

const importMs = performance.now();
const { host } = new URL(CALLS_URL);
const client = new sdk.default(
  new core.$OpenApiUtil.Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID ?? '',
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? '',
    endpoint: host,
    protocol: 'http',
  }),
);
await callAndPrint(importMs, async () => {
  await client.listVpcEndpoints(CALLS_INSTANCE, new sdk.ListVpcEndpointsRequest({ page: 1, size: 20 }));
});
process.exit(0);
