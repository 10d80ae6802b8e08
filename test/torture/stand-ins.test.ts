/** What the torture asks of the stand-ins beyond what they can do anyway: a cloud that is odd for one service, a click that comes again. */
import { expect, it } from 'vitest';
import { SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { localAccount, SPEC } from '../adapters/alibaba-cloud/local-account.ts';
import { button, setStage } from '../sandbox/slack/stage.ts';

it('a ClientToken can be ignored, and a list can lag, for one service alone', async () => {
  const { account, cloud } = await localAccount();
  cloud.state.ofService.set(SPEC.serviceId, { honourClientToken: false, listLagMs: 60_000 });
  const other = { ...SPEC, serviceId: SAMPLE_SERVICES.reindex };
  for (const spec of [SPEC, other]) {
    for (let times = 0; times < 2; times += 1)
      await account.createEndpoint(spec, `token-${spec.serviceId}`, Date.now());
  }
  const made = cloud.state.endpoints.map(({ serviceId }) => serviceId);
  expect(made).toEqual([SPEC.serviceId, SPEC.serviceId, other.serviceId]);
  const listed = await account.listEndpoints(SPEC.instanceId);
  expect(listed.ok && listed.value.map(({ serviceId }) => serviceId)).toEqual([other.serviceId]);
});

it('a click that is delivered again is the same to the byte, and the log names its button', async () => {
  const { slack, bot, api } = await setStage();
  const blocks = [{ type: 'actions', elements: [button('approve', { value: 'req_1:1' })] }];
  await api('chat.postMessage', { channel: 'C0APPROVALS', text: 'card', blocks });
  const ben = slack.as('U0BEN');
  const [card] = ben.sees('C0APPROVALS');
  if (!card) throw new Error('no card');
  await ben.click(card, 'approve', { deliveries: 2 });
  expect(bot.received).toHaveLength(2);
  expect(bot.received[0]?.raw).toBe(bot.received[1]?.raw);
  const clicks = slack.log.deliveries.map(({ what, value, retryNum }) => ({ what, value, retryNum }));
  expect(clicks).toEqual([
    { what: 'approve', value: 'req_1:1', retryNum: undefined },
    { what: 'approve', value: 'req_1:1', retryNum: 1 },
  ]);
});
