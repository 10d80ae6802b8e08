/** Exactly once, through the real process: races, lost replies, an ignored token, a target asked for twice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, SAMPLE_SERVICES, sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { createState } from '../../sandbox/alibaba-cloud/state.ts';
import { ask, buttonsOf, cards, messagesIn, textOf, waitForCard, waitForText } from '../../sandbox/journey.ts';
import type { DeliveryResult } from '../../sandbox/slack/deliver/bot-endpoint.ts';
import { openStage, type Stage, type StageOptions } from '../../sandbox/stage.ts';
import { createCalls, createsThatTookEffect } from '../support/cloud-calls.ts';
import { type PrivateRedis, startPrivateRedis } from '../support/redis.ts';

let redis: PrivateRedis;
let stage: Stage;

beforeEach(async () => {
  redis = await startPrivateRedis();
});
afterEach(async () => {
  await stage?.stop();
  await redis?.stop();
});

async function open(options: StageOptions = {}): Promise<Stage> {
  stage = await openStage({ redisUrl: redis.url, ...options });
  return stage;
}

const TIMES = 100;

describe('two approvers at once', () => {
  it(`make one endpoint, one final card and no silent click, ${TIMES} times over`, async () => {
    const services = Array.from({ length: TIMES }, (_, index) => ({
      serviceId: `epsrv-hp3race${String(index).padStart(4, '0')}`,
      name: `race-${index}`,
      description: '',
      status: 'Active',
      autoAccept: true,
      zones: ['cn-hangzhou-i'],
    }));
    const { instances } = sampleCloud();
    const { slack, cloud } = await open({ cloud: { state: createState({ instances, services }) } });
    for (const { serviceId } of services)
      expect(await ask(slack, { service: serviceId })).toEqual({ outcome: 'closed' });
    await slack.waitFor(() => cards(slack).length === TIMES, { timeoutMs: 30_000, what: `${TIMES} cards` });

    const ready = [...cards(slack)];
    // One pair after the other: how a burst is borne is another question than how a pair is decided.
    const clicks: DeliveryResult[] = [];
    for (const card of ready) {
      const pair = ['U0BEN', 'U0CAT'].map((who) => slack.as(who).click(card, 'approve'));
      clicks.push(...(await Promise.all(pair)));
    }
    expect(clicks.filter(({ ok }) => !ok)).toEqual([]);

    const isFinal = (card: (typeof ready)[number]) => buttonsOf(card).length === 0 && textOf(card).includes('ep-');
    await slack.waitFor(() => ready.every(isFinal), { timeoutMs: 90_000, what: 'final cards' });
    expect(createsThatTookEffect(cloud)).toHaveLength(TIMES);
    expect(new Set(createCalls(cloud).map(({ clientToken }) => clientToken)).size).toBe(TIMES);
    expect(cloud.state.endpoints).toHaveLength(TIMES);
    expect(cards(slack)).toHaveLength(TIMES);

    // One of each pair decided; the other was told who had.
    const answers = () => ['U0BEN', 'U0CAT'].flatMap((who) => slack.as(who).ephemerals('C0APPROVALS'));
    await slack.waitFor(() => answers().length === TIMES, {
      timeoutMs: 30_000,
      what: 'an answer to each second click',
    });
    for (const answer of answers()) expect(textOf(answer)).toMatch(/<@U0(BEN|CAT)>/);
    const results = () =>
      messagesIn(slack, 'C0DATA').filter((message) => textOf(message).includes('privatelink.aliyuncs.com'));
    await slack.waitFor(() => results().length >= TIMES, { timeoutMs: 30_000, what: 'the results' });
    expect(results()).toHaveLength(TIMES);
    expect(slack.log.duplicatePosts()).toEqual([]);
    expect(slack.log.protocolErrors).toEqual([]);
    expect(slack.log.unknownMethods).toEqual([]);
  }, 180_000);
});

describe('a create whose reply is lost after it took effect', () => {
  it.each([
    { honourClientToken: true, listLagMs: 0 },
    { honourClientToken: false, listLagMs: 0 },
    { honourClientToken: true, listLagMs: 1_000 },
    { honourClientToken: false, listLagMs: 1_000 },
  ])('ends in one endpoint and the right domain: %o', async (switches) => {
    const { slack, cloud } = await open({ cloud: { state: sampleCloud(switches) } });
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'after', kind: { type: 'reset' }, times: 1 });
    await ask(slack);
    const card = await waitForCard(slack, 'approve');
    await slack.as('U0BEN').click(card, 'approve');
    const [endpoint] = await slack.waitFor(
      () => (cloud.state.endpoints.length > 0 ? cloud.state.endpoints : undefined),
      {
        what: 'the endpoint',
      },
    );
    await waitForText(slack, 'C0DATA', String(endpoint?.domain));
    await slack.waitFor(() => textOf(card).includes(String(endpoint?.endpointId)), { what: 'the final card' });
    expect(cloud.state.endpoints).toHaveLength(1);
    expect(buttonsOf(card)).toEqual([]);
  });
});

describe('a create that surely did not happen', () => {
  it('is sent again with the same ClientToken', async () => {
    const { slack, cloud } = await open();
    const kind = { type: 'status', status: 400, code: 'Throttling.User' } as const;
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'before', kind, times: 2 });
    await ask(slack);
    await slack.as('U0BEN').click(await waitForCard(slack, 'approve'), 'approve');
    await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com', 25_000);
    expect(createCalls(cloud)).toHaveLength(3);
    expect(new Set(createCalls(cloud).map(({ clientToken }) => clientToken)).size).toBe(1);
    expect(cloud.state.endpoints).toHaveLength(1);
  });

  it('fails with what to do and Retry, which makes the endpoint under a new generation', async () => {
    const { slack, cloud } = await open();
    const kind = { type: 'status', status: 403, code: 'Forbidden.RAM', message: 'not authorized' } as const;
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'before', kind, times: 1 });
    await ask(slack);
    await slack.as('U0BEN').click(await waitForCard(slack, 'approve'), 'approve');
    const card = await waitForCard(slack, 'retry');
    expect(textOf(card)).toContain('Forbidden.RAM');
    await slack.as('U0DAN').click(card, 'retry');
    await slack.waitFor(() => slack.as('U0DAN').ephemerals('C0APPROVALS').length === 1, { what: 'a refusal for Dan' });
    await slack.as('U0ANN').click(card, 'retry');
    await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
    const tokens = createCalls(cloud).map(({ clientToken }) => String(clientToken));
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/-g1$/);
    expect(tokens[1]).toMatch(/-g2$/);
  });
});

describe('two requests for one target', () => {
  it('end in one endpoint; the second is answered with a link to the first', async () => {
    const { slack, cloud } = await open();
    await ask(slack, { who: 'U0ANN' });
    const card = await waitForCard(slack, 'approve');
    await ask(slack, { who: 'U0DAN' });
    const answer = await slack.waitFor(() => slack.as('U0DAN').ephemerals('C0DATA').at(-1), {
      what: 'an answer to Dan',
    });
    expect(textOf(answer)).toContain(card.ts.replace('.', ''));
    await slack.as('U0BEN').click(card, 'approve');
    await waitForText(slack, 'C0DATA', 'privatelink.aliyuncs.com');
    expect(cloud.state.endpoints).toHaveLength(1);
    expect(cards(slack)).toHaveLength(1);
  });
});

describe('an outage of the bot', () => {
  it('loses nothing: a click before a SIGKILL is carried out by the next process', async () => {
    const { slack, cloud, bot, addBot } = await open();
    await ask(slack);
    const card = await waitForCard(slack, 'approve');
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'after', kind: { type: 'hang' }, times: 1 });
    await slack.as('U0BEN').click(card, 'approve');
    await slack.waitFor(() => cloud.state.endpoints.length === 1, { what: 'the create' }).catch(() => {});
    bot.signal('SIGKILL');
    await bot.ended;
    await addBot();
    await waitForText(slack, 'C0DATA', String(cloud.state.endpoints[0]?.domain), 25_000);
    await slack.waitFor(() => buttonsOf(card).length === 0 && textOf(card).includes('ep-'), {
      timeoutMs: 20_000,
      what: 'the final card',
    });
    expect(cloud.state.endpoints).toHaveLength(1);
    expect(createCalls(cloud)).toHaveLength(1);
    expect(SAMPLE_SERVICES.alerts).toBe(
      createCalls(cloud)[0] && JSON.parse(createCalls(cloud)[0]?.body ?? '{}').serviceId,
    );
    expect(createCalls(cloud)[0]?.path).toContain(SAMPLE_INSTANCES.orders);
  });
});
