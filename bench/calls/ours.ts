/** Lists an instance's endpoints again and again through the bot's own client. */
import { createCloudAccount } from '../../src/adapters/alibaba-cloud/account.ts';
import { createCredentials } from '../../src/adapters/alibaba-cloud/credentials.ts';
import { CALLS_INSTANCE, CALLS_URL, callAndPrint } from './print.ts';

const importMs = performance.now();
const account = createCloudAccount({
  region: 'cn-hangzhou',
  elasticsearchEndpoint: CALLS_URL,
  privatelinkEndpoint: CALLS_URL,
  credentials: createCredentials({ type: 'default' }),
});
await callAndPrint(importMs, async () => {
  const { ok } = await account.listEndpoints(CALLS_INSTANCE);
  if (!ok) throw new Error('the cloud refused');
});
await account.close();
