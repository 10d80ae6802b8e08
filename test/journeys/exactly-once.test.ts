/** Exactly once, against the local vendors with the real process: races, refusals, a target asked for twice. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES, sampleCloud } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { ask, buttonsOf, cards, messagesIn, textOf } from '../../sandbox/journey.ts';
import type { DeliveryResult } from '../../sandbox/slack/deliver/bot-endpoint.ts';
import { BOT_USER, channel, person, sampleWorkspace } from '../../sandbox/slack/sample-workspace.ts';
import { createCalls, createsThatTookEffect } from '../support/cloud-calls.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const TIMES = 100;
const RACED = Array.from({ length: TIMES }, (_, index) => `epsrv-hp3race${String(index).padStart(4, '0')}`);
/** Each fills in one form after the other, and all of them at the same time. */
const REQUESTERS = ['U0ONE', 'U0TWO', 'U0TRE', 'U0FOR', 'U0FIV'];
const RACES = 'C0RACES';

const state = sampleCloud();
for (const serviceId of RACED) {
  const common = { description: '', status: 'Active', autoAccept: true, zones: ['cn-hangzhou-i'] };
  state.services.push({ ...common, serviceId, name: serviceId });
}
const { users, channels } = sampleWorkspace();

const here = stageOfFile({
  cloud: { state },
  slack: {
    users: [...users, ...REQUESTERS.map((id) => person(id, id.toLowerCase(), id))],
    channels: [...channels, channel(RACES, 'races', [...REQUESTERS, BOT_USER])],
  },
});

describe('two approvers at once', () => {
  it(`make one endpoint, one final card and no silent click, ${TIMES} times over`, async () => {
    const { slack, cloud } = here;
    const askForAll = async (who: string, nth: number) => {
      for (const service of RACED.filter((_, index) => index % REQUESTERS.length === nth)) {
        expect(await ask(slack, { who, service, where: RACES })).toEqual({ outcome: 'closed' });
      }
    };
    await Promise.all(REQUESTERS.map(askForAll));
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
      messagesIn(slack, RACES).filter((message) => textOf(message).includes('privatelink.aliyuncs.com'));
    await slack.waitFor(() => results().length >= TIMES, { timeoutMs: 30_000, what: 'the results' });
    expect(results()).toHaveLength(TIMES);
  }, 180_000);
});

describe.concurrent('a create that surely did not happen', () => {
  it('is sent again with the same ClientToken', async () => {
    const story = new Story(here);
    const kind = { type: 'status', status: 400, code: 'Throttling.User' } as const;
    const { service: about } = story;
    here.cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about, when: 'before', kind, times: 2 });
    await story.askAndApprove();
    await story.ends();
    expect(story.creates()).toHaveLength(3);
    expect(new Set(story.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
  });

  it('fails with what to do and Retry, which makes the endpoint under a new generation', async () => {
    const { slack, cloud } = here;
    const story = new Story(here);
    const kind = { type: 'status', status: 403, code: 'Forbidden.RAM', message: 'not authorized' } as const;
    const { service: about } = story;
    cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about, when: 'before', kind });
    await story.askAndApprove();
    const card = await story.cardWith('retry');
    expect(textOf(card)).toContain('Forbidden.RAM');
    await slack.as('U0DAN').click(card, 'retry');
    await story.hears('U0DAN', 'Only the person who asked, or somebody who may approve');
    await slack.as('U0ANN').click(card, 'retry');
    await story.ends();
    expect(story.creates().map(({ clientToken }) => clientToken)).toEqual([
      expect.stringMatching(/-g1$/),
      expect.stringMatching(/-g2$/),
    ]);
  });
});

describe.concurrent('two requests for one target', () => {
  it('end in one endpoint; the second is answered with a link to the first', async () => {
    const { slack } = here;
    const first = new Story(here);
    const card = await first.askForCard();
    const second = new Story(here, { service: first.service, who: 'U0DAN' });
    await second.ask();
    const answer = await second.hears('U0DAN', card.ts.replace('.', ''));
    expect(answer.ephemeralTo).toBe('U0DAN');
    await slack.as('U0BEN').click(card, 'approve');
    expect(await first.ends()).toMatchObject({ instanceId: SAMPLE_INSTANCES.orders });
    expect(first.creates()).toHaveLength(1);
    expect(second.cards()).toEqual([]);
  });
});
