/** The main job through the real process: asked, checked, approved, created once, told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import {
  ask,
  buttonsOf,
  cards,
  messagesIn,
  requestIdOf,
  textOf,
  waitForCard,
  waitForText,
} from '../../sandbox/journey.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { createsThatTookEffect } from '../support/cloud-calls.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';
import { transport } from '../support/transport.ts';

let redis: PrivateRedis;
let stage: Stage;

beforeAll(async () => {
  redis = await startPrivateRedis();
  stage = await openStage({ redisUrl: redis.url, transport: transport() });
});
afterAll(async () => {
  await stage?.stop();
  await redis?.stop();
});

describe('from /vpc-endpoint create to the domain', () => {
  it('ends with one endpoint, its domain in the channel, a final card, the thread and the audit line', async () => {
    const { slack, cloud } = stage;
    expect(await ask(slack, { zone: 'cn-hangzhou-i' })).toEqual({ outcome: 'closed' });
    const card = await waitForCard(slack, 'approve');
    expect(textOf(card)).toContain(SAMPLE_INSTANCES.orders);
    expect(textOf(card)).toContain('aliyun elasticsearch POST');
    await slack.as('U0BEN').click(card, 'approve');

    const result = await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
    const [made] = createsThatTookEffect(cloud);
    expect(createsThatTookEffect(cloud)).toHaveLength(1);
    const endpoint = cloud.state.endpoints.find(({ endpointId }) => endpointId === made?.made);
    expect(textOf(result)).toContain(endpoint?.domain);
    expect(textOf(result)).toContain('<@U0ANN>');
    expect(textOf(result)).toContain('<@U0BEN>');

    await slack.waitFor(() => textOf(card).includes(String(endpoint?.endpointId)), { what: 'the final card' });
    expect(buttonsOf(card)).toEqual([]);
    const line = await waitForText(slack, 'C0AUDIT', requestIdOf(card));
    expect(textOf(line)).toContain(String(endpoint?.endpointId));
    const thread = await slack.waitFor(
      () => {
        const replies = messagesIn(slack, 'C0APPROVALS').filter(({ thread_ts }) => thread_ts === card.ts);
        return replies.some((reply) => textOf(reply).includes(String(endpoint?.endpointId))) ? replies : undefined;
      },
      { timeoutMs: 10_000, what: 'the thread' },
    );
    expect(
      thread
        .map(textOf)
        .join('\n')
        .match(/<@U0BEN>/g)?.length,
    ).toBeGreaterThan(0);
    expect(cloud.calls.filter(({ dryRun }) => dryRun).every(({ clientToken }) => clientToken === undefined)).toBe(true);
  });

  it('tells who clicks too late who decided, and when', async () => {
    const { slack } = stage;
    const [card] = cards(slack);
    if (card === undefined) throw new Error('no card');
    const old = structuredClone(card);
    old.blocks = [
      {
        type: 'actions',
        block_id: 'old',
        elements: [
          {
            type: 'button',
            action_id: 'approve',
            text: { type: 'plain_text', text: 'Approve' },
            value: `${requestIdOf(card)}:1`,
          },
        ],
      },
    ];
    await slack.as('U0CAT').click(old, 'approve');
    const answer = await slack.waitFor(() => slack.as('U0CAT').ephemerals('C0APPROVALS').at(-1), { what: 'an answer' });
    expect(textOf(answer)).toContain('<@U0BEN>');
  });

  it('answers a second request for a target that has an endpoint with its domain', async () => {
    const { slack, cloud } = stage;
    await ask(slack);
    const domain = String(cloud.state.endpoints.find(({ serviceId }) => serviceId === SAMPLE_SERVICES.alerts)?.domain);
    await slack.waitFor(
      () =>
        slack
          .as('U0ANN')
          .ephemerals('C0DATA')
          .some((message) => textOf(message).includes(domain)),
      {
        what: 'the domain of the endpoint that exists',
      },
    );
    expect(cards(slack)).toHaveLength(1);
  });

  it('is counted where operators look', async () => {
    const text = await (await fetch(`${stage.bot.adminUrl}/metrics`)).text();
    const value = (line: string) =>
      Number(
        text
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.split(' ')[1],
      );
    expect(value('vpce_inbox_received_total{kind="submit"}')).toBe(2);
    expect(value('vpce_decisions_total{outcome="succeeded"}')).toBe(1);
    expect(value('vpce_cloud_calls_total{action="CreateVpcEndpoint",outcome="ok"}')).toBe(1);
    expect(value('vpce_ack_seconds_count')).toBeGreaterThan(4);
    expect(value('vpce_reconcile_runs_total{result="done"}')).toBeGreaterThan(0);
  });

  it('refuses a masked id at its field', async () => {
    const { slack } = stage;
    const outcome = await ask(slack, { instance: 'es-cn-2r429tctl000d****' });
    expect(outcome).toEqual({
      outcome: 'errors',
      errors: { instance: 'This id is masked, as in documentation. Paste the full id.' },
    });
  });
});
