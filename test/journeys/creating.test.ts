/** Creating, through the real process: whatever the cloud answers, one endpoint comes of it, or a person is asked. */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../sandbox/alibaba-cloud/faults.ts';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { startLocalCloud } from '../../sandbox/alibaba-cloud/server.ts';
import type { LocalEndpoint } from '../../sandbox/alibaba-cloud/state.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import type { StageConfig } from '../../sandbox/stage.ts';
import { createCalls } from '../support/cloud-calls.ts';
import { eventually } from '../support/eventually.ts';
import { stageOfFile, withStage } from '../support/stage-of-file.ts';
import { CREATED, newService, oneModalAtATime, Story } from '../support/story.ts';

/** In which whoever clicks hears of it. */
const ANSWER_MS = 3_000;

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    accounts: { production: { ...usual.accounts.production, settle: '1s', create_spacing: '300ms' } },
  }),
});

/** Its next real create goes like this. */
function nextCreate({ service }: Story, when: 'before' | 'after', kind: FaultKind): void {
  here.cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about: service, when, kind });
}

/** Somebody makes an endpoint for the same service by hand. */
function byHand(story: Story, name: string): LocalEndpoint {
  const made: LocalEndpoint = {
    instanceId: SAMPLE_INSTANCES.orders,
    serviceId: story.service,
    zoneId: 'cn-hangzhou-i',
    endpointId: `ep-hp3${name}${story.service.slice(-8)}`,
    name,
    domain: `${name}.${story.service}.cn-hangzhou.privatelink.aliyuncs.com`,
    createdAtMs: Date.now(),
  };
  here.cloud.state.endpoints.push(made);
  return made;
}

/** Where everybody reads what came of it. */
async function domainIsTold(story: Story, { domain, endpointId }: LocalEndpoint) {
  for (const message of [await story.result(), await story.cardSays(CREATED)]) {
    expect(textOf(message)).toContain(domain);
    expect(textOf(message)).toContain(endpointId);
  }
  await story.hears('U0ANN', domain);
}

async function choose(card: Message, value: string, who = 'U0ANN') {
  const person = here.slack.as(who);
  await oneModalAtATime(here.slack, who, async () => {
    await person.click(card, 'choose_endpoint');
    const view = await person.waitForView('choose_endpoint');
    expect(await person.submit(view)).toMatchObject({ outcome: 'incomplete' });
    await person.choose(view, 'endpoint', value);
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
  });
}

// Side by side, since each mostly waits for its own request.
describe.concurrent('an approved request', () => {
  it('whose create hangs shows that it is under way, answers clicks meanwhile, and is looked up when its time is over', async () => {
    const { slack } = here;
    const story = new Story(here);
    nextCreate(story, 'after', { type: 'hang' });
    const card = await story.askForCard();
    const old = structuredClone(card);
    await slack.as('U0BEN').click(card, 'approve');
    await eventually('the create', () => story.endpoints().length === 1);
    await story.cardSays('*Creating the endpoint.*');
    await slack.as('U0CAT').click(old, 'approve');
    await story.hears('U0CAT', '已获批准（操作人：<@U0BEN>', ANSWER_MS);
    expect(story.told()).not.toContain('unclear');
    await domainIsTold(story, await story.ends());
    expect(story.told()).toContain('outcome is unclear (`Timeout`)');
    expect(story.creates()).toHaveLength(1);
  });

  describe('a reply that is lost or unreadable after the create took effect', () => {
    it('is looked up: one endpoint, one send, and the right domain, whatever became of the reply', async () => {
      const kinds: readonly FaultKind[] = [
        { type: 'status', status: 500, code: 'InternalError' },
        { type: 'status', status: 503 },
        { type: 'html' },
        { type: 'html', status: 200 },
        { type: 'empty' },
        { type: 'truncated' },
        { type: 'redirect' },
        { type: 'status', status: 400, code: 'IdempotentFailed' },
        { type: 'status', status: 400, code: 'TokenPreviousRequestProcessError' },
      ];
      const stories = kinds.map((kind) => {
        const story = new Story(here);
        nextCreate(story, 'after', kind);
        return story;
      });
      await Promise.all(stories.map((story) => story.askAndApprove()));
      await Promise.all(
        stories.map(async (story) => {
          const endpoint = await story.ends();
          await domainIsTold(story, endpoint);
          expect(textOf(await story.result())).not.toContain('RequestId');
          expect(story.told()).toContain('outcome is unclear');
          expect(story.told()).toContain('was found by reading back');
          expect(story.creates()).toHaveLength(1);
          expect(story.cards()).toHaveLength(1);
        }),
      );
    });

    it('also where the list does not show zones', async () => {
      const { switches } = here.cloud.state;
      switches.listShowsZone = false;
      try {
        const story = new Story(here);
        nextCreate(story, 'after', { type: 'reset' });
        await story.askAndApprove();
        await domainIsTold(story, await story.ends());
        expect(story.creates()).toHaveLength(1);
      } finally {
        switches.listShowsZone = true;
      }
    });

    it('and an answer that never came to anything is sent again, with the same ClientToken', async () => {
      const story = new Story(here);
      nextCreate(story, 'before', { type: 'html' });
      await story.askAndApprove();
      await domainIsTold(story, await story.ends());
      expect(story.creates()).toHaveLength(2);
      expect(new Set(story.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
      expect(story.told()).toContain('Two complete listings showed no new endpoint');
    });
  });

  describe('a token that can’t be used again', () => {
    it('fails once nothing was found, and a retry starts anew with another one', async () => {
      const { slack } = here;
      const story = new Story(here);
      nextCreate(story, 'before', { type: 'status', status: 400, code: 'IdempotentFailed' });
      const card = await story.askAndApprove();
      await story.cardWith('retry');
      expect(textOf(card)).toContain('could not be settled');
      await story.hears('U0ANN', 'failed');

      await slack.as('U0DAN').click(card, 'retry');
      await story.hears('U0DAN', 'Only the person who asked, or somebody who may approve');
      await slack.as('U0ANN').click(card, 'retry');
      await domainIsTold(story, await story.ends());
      expect(story.creates().map(({ clientToken }) => clientToken?.slice(-6))).toEqual(['-r1-g1', '-r1-g2']);
      expect(story.told()).toContain('<@U0ANN> retried it');
    });

    it('moves to a person when an endpoint turns up after it was given up', async () => {
      const story = new Story(here);
      nextCreate(story, 'before', { type: 'status', status: 400, code: 'IdempotentFailed' });
      const card = await story.askAndApprove();
      await story.cardWith('retry');
      const ghost = byHand(story, 'ghost');
      await story.cardWith('choose_endpoint');
      expect(textOf(card)).toContain(ghost.endpointId);
      await choose(card, ghost.endpointId);
      await domainIsTold(story, ghost);
      expect(story.creates()).toHaveLength(1);
    });
  });

  describe('several endpoints of which each could be the one', () => {
    /** Approved; while its create is under way others make endpoints for the same service, and its reply is lost. */
    async function muddled(when: 'before' | 'after', names: readonly string[]) {
      const story = new Story(here);
      const card = await story.askForCard();
      nextCreate(story, when, { type: 'hang', ms: 250 });
      await here.slack.as('U0BEN').click(card, 'approve');
      await eventually('the create', () => story.creates().length === 1);
      const others = names.map((name) => byHand(story, name));
      await story.cardWith('choose_endpoint');
      return { story, card, others };
    }

    it('are for a person to choose from: nothing is sent or deleted meanwhile', async () => {
      const { story, card, others } = await muddled('after', ['foreign']);
      const [own] = story.endpoints().filter((each) => !others.includes(each));
      for (const { endpointId } of story.endpoints()) expect(textOf(card)).toContain(endpointId);
      await story.hears('U0ANN', 'can’t tell by itself');
      await story.threadSays('a person must choose');
      expect(buttonsOf(card)).toEqual(['choose_endpoint']);

      await choose(card, String(own?.endpointId), 'U0DAN');
      await story.hears('U0DAN', 'No endpoint was chosen');

      await choose(card, String(own?.endpointId), 'U0CAT');
      if (own === undefined) throw new Error('no endpoint');
      await domainIsTold(story, own);
      await story.threadSays('was chosen by <@U0CAT>');
      expect(story.creates()).toHaveLength(1);
      expect(story.endpoints()).toHaveLength(2);
    });

    it('“none is ours” goes on without them, and says what is in the way', async () => {
      const { story, card, others } = await muddled('before', ['hers', 'his']);
      await choose(card, 'none');
      await story.threadSays('said that none of');
      await story.cardWith('retry');
      expect(textOf(card)).toContain('already has an endpoint for this service');
      for (const { endpointId } of others) {
        here.cloud.state.endpoints.splice(
          here.cloud.state.endpoints.findIndex((each) => each.endpointId === endpointId),
          1,
        );
      }
      await here.slack.as('U0ANN').click(card, 'retry');
      await domainIsTold(story, await story.ends());
      expect(story.endpoints()).toHaveLength(1);
    });
  });

  describe('the creates of one account', () => {
    it('go out in the order of approval', async () => {
      const { slack, cloud } = here;
      // More than fit between two sweeps of what is due.
      const stories = Array.from({ length: 8 }, () => new Story(here));
      const cards = await Promise.all(stories.map((story) => story.askForCard()));
      const order = [2, 0, 3, 1, 7, 5, 4, 6];
      for (const index of order) {
        const [story, card] = [stories[index], cards[index]];
        if (story === undefined || card === undefined) throw new Error('no such story');
        await slack.as('U0BEN').click(card, 'approve');
        await story.cardSays(/Approved \*1 of 1\*|\*Created\*/);
      }
      await Promise.all(stories.map((story) => story.result()));
      const sent = createCalls(cloud).map(({ body }) => stories.findIndex(({ service }) => body.includes(service)));
      expect(sent.filter((index) => index >= 0)).toEqual(order);
    });
  });
});

describe('an answer with another service id than the one asked for', () => {
  it('is kept and shown, and is not a failure', async () => {
    const { switches } = here.cloud.state;
    const other = newService(here.cloud);
    switches.replyServiceId = other;
    try {
      const story = new Story(here);
      await story.askAndApprove();
      await domainIsTold(story, await story.ends());
      const warning = `answered with the service id \`${other}\`, not with \`${story.service}\``;
      await story.cardSays(warning);
      expect(textOf(await story.result())).toContain(warning);
    } finally {
      switches.replyServiceId = undefined;
    }
  });
});

describe('a cloud that refuses connections', () => {
  it('when the create is due: it is sent again once the cloud is back, with the same ClientToken', async () => {
    // Long enough for the second one to be ready, and not yet due.
    const spaced = ({ accounts, ...usual }: StageConfig) => ({
      ...usual,
      accounts: { production: { ...accounts.production, create_spacing: '3s' } },
    });
    await withStage(
      async (stage) => {
        const { slack, cloud } = stage;
        const [first, second] = [new Story(stage), new Story(stage)];
        const cards = [await first.askForCard(), await second.askForCard()];
        for (const card of cards) await slack.as('U0BEN').click(card, 'approve');
        await eventually(
          'the first create, and the second one ready',
          () =>
            first.creates().length + second.creates().length === 1 &&
            [first, second].every((story) => story.dryRuns().length === 2) &&
            cloud.calls.every(({ outcome }) => outcome !== 'pending'),
        );
        await cloud.stop();
        const late = first.creates().length === 1 ? second : first;
        await late.cardSays(
          'The last attempt brought no endpoint: Alibaba Cloud can’t be reached (`ConnectionRefused`)',
        );
        expect(late.endpoints()).toEqual([]);

        const back = await startLocalCloud({ port: Number(new URL(cloud.url).port), state: cloud.state });
        try {
          for (const story of [first, second]) expect(await story.ends()).toBeDefined();
          expect(createCalls(back).filter(({ made }) => made !== undefined)).toHaveLength(1);
          expect(late.told()).toContain('Nothing was created (`ConnectionRefused`)');
        } finally {
          await back.stop();
        }
      },
      { config: spaced },
    );
  });
});
