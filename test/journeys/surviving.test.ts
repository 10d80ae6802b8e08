/** Surviving, through real processes: killed, stopped, frozen or cut off, nothing is lost or doubled. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/alibaba-cloud/faults.ts';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { buttonsOf, fillIn, textOf } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { type EmbeddedRedis, startEmbeddedRedis } from '../../src/adapters/redis/embedded/start-server.ts';
import { ALL_SCOPES } from '../../src/domain/doctor/scopes.ts';
import { eventually } from '../support/eventually.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story, says } from '../support/story.ts';

const LONG_MS = 60_000;
/** What a stop may take. */
const STOP_MS = 15_000;

function nextCreate({ cloud, service }: Story, when: Fault['when'], kind: Fault['kind']): void {
  cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about: service, when, kind });
}

/** Its next post of this message never comes back; `after`: although it is there. */
function hangPost(slack: LocalSlack, story: Story, message: string) {
  return slack.faults.add({
    method: 'chat.postMessage',
    kind: 'hang',
    when: 'after',
    matching: ({ metadata }) => {
      const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata ?? {});
      return text.includes(story.id) && text.includes(`"message":"${message}"`);
    },
  });
}

/** One endpoint, one send that took effect, one card, one result, and each message once. */
async function endsOnce(story: Story, timeoutMs = 40_000) {
  const endpoint = await story.ends(timeoutMs);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(story.cards()).toHaveLength(1);
  expect(story.results()).toHaveLength(1);
  expect(textOf(await story.result())).toContain(endpoint.domain);
  expect(story.doubled()).toEqual([]);
  expect(story.told().match(/asked for it/g)).toHaveLength(1);
  expect(story.told().match(/its domain is/g)).toHaveLength(1);
}

/** The process that carries this request's create. */
function carrierOf({ bots }: Stage, { id }: Story): BotProcess | undefined {
  return bots.find(({ lines }) => lines.some(({ request, event }) => request === id && event === 'create-claimed'));
}

function talkTo({ slack }: Stage, { eventsUrl }: BotProcess): void {
  if (eventsUrl === undefined) throw new Error('it has no address');
  slack.connectBot(eventsUrl);
}

// Side by side, the longest first, since each mostly waits for its own processes.
describe.concurrent('a process that is killed', () => {
  it('right after an ack, during a create, or before it could tell: the next one finishes each of them', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      // One create has taken effect and one never will: from outside they look the same.
      const [hanging, unsent] = [new Story(stage), new Story(stage)];
      nextCreate(hanging, 'after', { type: 'hang' });
      nextCreate(unsent, 'before', { type: 'hang' });
      await Promise.all([hanging.askAndApprove(), unsent.askAndApprove()]);
      await eventually('the creates', () => hanging.creates().length + unsent.creates().length === 2);

      const untold = new Story(stage);
      const untoldCard = await untold.askForCard();
      const result = hangPost(slack, untold, 'result');
      await slack.as('U0BEN').click(untoldCard, 'approve');
      await slack.waitFor(() => result.holding === 1, { timeoutMs: 15_000, what: 'the result' });

      const approved = new Story(stage);
      const approvedCard = await approved.askForCard();

      const posting = new Story(stage);
      const { person, view } = await fillIn(slack, posting.wish);
      posting.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      const card = hangPost(slack, posting, 'card');
      await person.submit(view);
      await slack.waitFor(() => card.holding === 1, { what: 'the card' });
      // It can be clicked before anybody knows that it was posted.
      const [early] = posting.cards();
      if (early === undefined) throw new Error('no card');
      expect(await slack.as('U0BEN').click(early, 'approve')).toMatchObject({ ok: true });

      const asked = new Story(stage);
      expect(await slack.as('U0CAT').click(approvedCard, 'approve')).toMatchObject({ ok: true });
      expect(await asked.ask()).toEqual({ outcome: 'closed' });
      stage.bot.signal('SIGKILL');
      await stage.bot.ended;
      slack.faults.clear();

      await stage.addBot();
      await slack.as('U0BEN').click(await asked.cardWith('approve', 30_000), 'approve');
      const stories = [hanging, untold, approved, posting, asked];
      await Promise.all(stories.map((story) => endsOnce(story)));
      for (const story of stories) expect(story.creates()).toHaveLength(1);

      // It is sent again once nobody can be sending it any more, and as the same attempt in the cloud's eyes.
      await endsOnce(unsent, LONG_MS);
      expect(unsent.creates()).toHaveLength(2);
      expect(new Set(unsent.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
    });
  }, 90_000);

  it('with its own Redis: the next one has it all from the disk', async () => {
    const dir = await mkdtemp(path.join('/tmp', 'vpce-own-'));
    // Without a URL the bot brings its own.
    const stage = await openStage({ env: { DATA_DIR: dir } });
    try {
      const story = new Story(stage);
      const card = await story.askForCard();
      stage.bot.signal('SIGKILL');
      await stage.bot.ended;
      await stage.addBot();
      await stage.slack.as('U0BEN').click(card, 'approve');
      await endsOnce(story);
    } finally {
      await stage.stop();
      await rm(dir, { recursive: true, force: true });
    }
  }, 90_000);
});

describe.concurrent('a process that is told to stop', () => {
  it('during a create that hangs: it waits for the answer, writes it down and ends with 0; the next one goes on', async () => {
    await withStage(async (stage) => {
      const [before, after] = [new Story(stage), new Story(stage)];
      nextCreate(before, 'before', { type: 'hang' });
      nextCreate(after, 'after', { type: 'hang' });
      await Promise.all([before.askAndApprove(), after.askAndApprove()]);
      await eventually('the creates', () => before.creates().length + after.creates().length === 2);
      const ended = stage.bot.stop();
      expect(await Promise.race([ended, late(STOP_MS)])).toBe(0);
      await stage.addBot();
      await Promise.all([before, after].map((story) => endsOnce(story)));
      expect(after.creates()).toHaveLength(1);
    });
  }, 90_000);
});

function late(ms: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`not within ${ms} ms`), ms).unref();
  });
}

describe.concurrent('two processes on one Redis', () => {
  it('take over from each other, from one that is frozen and thaws, and from one that is killed', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      await stage.addBot();
      const story = new Story(stage);
      nextCreate(story, 'after', { type: 'hang' });
      await story.askAndApprove();
      await eventually('the create', () => story.endpoints().length === 1);
      const frozen = await eventually('who carries it', () => carrierOf(stage, story));
      const awake = stage.bots.find((bot) => bot !== frozen) ?? frozen;
      frozen.signal('SIGSTOP');
      talkTo(stage, awake);
      await endsOnce(story);

      frozen.signal('SIGCONT');
      const stories = Array.from({ length: 6 }, () => new Story(stage));
      for (const each of stories.slice(0, 3)) nextCreate(each, 'after', { type: 'hang' });
      await Promise.all(stories.map((each) => each.askAndApprove()));
      await eventually('the creates', () => stories.every((each) => each.endpoints().length === 1));
      awake.signal('SIGKILL');
      await awake.ended;
      talkTo(stage, frozen);
      const last = new Story(stage);
      await last.askAndApprove();
      await Promise.all([...stories, last].map((each) => endsOnce(each)));

      // What the thawed one held in hand came to nothing.
      for (const each of [story, ...stories, last]) {
        expect(each.creates()).toHaveLength(1);
        expect(each.doubled()).toEqual([]);
        expect(each.cards().map(buttonsOf)).toEqual([[]]);
      }
      expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
    });
  }, 90_000);
});

describe.concurrent('a bot that may not read the history', () => {
  it('asks whether a card is there whose answer was lost, and posts it again only when a person found none', {
    timeout: LONG_MS,
  }, async () => {
    const scopes = ALL_SCOPES.filter((scope) => !scope.endsWith(':history'));
    await withStage(
      async (stage) => {
        const { slack } = stage;
        const lostCard = async (story: Story, when: 'before' | 'after') => {
          await story.ask();
          slack.faults.add({
            method: 'chat.postMessage',
            kind: 'reset',
            when,
            matching: ({ metadata }) => {
              const text = JSON.stringify(metadata ?? {});
              return text.includes(story.id) && text.includes('vpc_endpoint_request');
            },
          });
          const question = await story.hears('U0ANN', 'may be missing');
          expect(story.cards()).toHaveLength(when === 'after' ? 1 : 0);
          if (when === 'before') {
            await slack.as('U0ANN').click(question, 'repost_card');
            await story.hears('U0ANN', 'was posted again');
          }
          await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
          await endsOnce(story);
        };
        // The checks take longer than it takes to say what goes wrong after them.
        stage.cloud.faults.add({
          action: 'DescribeInstance',
          when: 'after',
          kind: { type: 'delay', ms: 500 },
          times: 2,
        });
        // The one is there although its answer was lost, the other never came.
        await Promise.all([lostCard(new Story(stage), 'after'), lostCard(new Story(stage), 'before')]);
      },
      { slack: { scopes } },
    );
  });
});

describe.concurrent('a create that hangs', () => {
  it('shows that it is under way, answers clicks meanwhile, and is looked up when its time is over', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      const story = new Story(stage);
      nextCreate(story, 'after', { type: 'hang' });
      const card = await story.askForCard();
      const old = structuredClone(card);
      await slack.as('U0BEN').click(card, 'approve');
      await eventually('the create', () => story.endpoints().length === 1);
      await story.cardSays('*Creating the endpoint.*');
      await slack.as('U0CAT').click(old, 'approve');
      await story.hears('U0CAT', '已获批准（操作人：<@U0BEN>');
      await endsOnce(story);
      expect(story.told()).toContain('outcome is unclear (`Timeout`)');
      expect(story.creates()).toHaveLength(1);
    });
  }, 90_000);
});

describe.concurrent('an outage of Slack', () => {
  it('counts no click of somebody whom it can’t name; what was approved is carried out, and told once it is back', async () => {
    await withStage(async (stage) => {
      const { slack, cloud } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      await story.threadSays('it waits for approval');
      const failing = () => slack.log.calls.filter(({ fault }) => fault !== undefined).length;
      const outage = () => slack.faults.add({ method: '*', kind: 'reset', times: Number.POSITIVE_INFINITY });

      const first = outage();
      await slack.as('U0BEN').click(card, 'approve');
      await slack.waitFor(() => failing() > 2, { timeoutMs: 15_000, what: 'calls that failed' });
      first.remove();
      await story.hears('U0BEN', 'Slack could not tell in time who you are, so nothing was done');
      expect(buttonsOf(card)).toContain('approve');

      const before = failing();
      const delay = { type: 'delay', ms: 500 } as const;
      cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, when: 'before', kind: delay });
      await slack.as('U0BEN').click(card, 'approve');
      await eventually('the create', () => story.creates().length === 1);
      const second = outage();
      await eventually('the endpoint', () => story.endpoints().length === 1);
      await slack.waitFor(() => failing() > before + 4, { timeoutMs: 15_000, what: 'calls that failed' });
      expect(story.results()).toEqual([]);
      second.remove();
      await story.ends(30_000);
      expect(story.doubled()).toEqual([]);
      expect(story.results()).toHaveLength(1);
    });
  }, 90_000);
});

describe.concurrent('a Redis that goes away', () => {
  it('is missed in words, loses nothing that was promised, and is found again', async () => {
    const dir = await mkdtemp(path.join('/tmp', 'vpce-gone-'));
    let redis: EmbeddedRedis = await startEmbeddedRedis({ dir, durable: true });
    try {
      await withStage(
        async (stage) => {
          const { slack, bot } = stage;
          const pending = new Story(stage);
          const card = await pending.askForCard();

          // Killed in the middle of a create: it is back at once, with everything that was acknowledged.
          const midway = new Story(stage);
          nextCreate(midway, 'before', { type: 'delay', ms: 300 });
          await midway.askAndApprove();
          await eventually('the create', () => midway.creates().length === 1);
          process.kill(Number(redis.pid()), 'SIGKILL');
          await endsOnce(midway);

          const asked = new Story(stage);
          const { person, view } = await fillIn(slack, asked.wish);
          asked.id = (JSON.parse(view.private_metadata) as { request: string }).request;
          await redis.stop();

          expect(await slack.as('U0BEN').click(card, 'approve')).toMatchObject({ ok: true });
          await slack.waitFor(
            () => slack.as('U0BEN').ephemerals('C0APPROVALS').find(says('Your click may not have been stored')),
            { what: 'an answer to the click' },
          );
          expect(await person.submit(view)).toMatchObject({
            outcome: 'errors',
            errors: { instance: expect.stringContaining('Not stored: the database of the bot did not answer') },
          });
          await slack.as('U0ANN').click(card, 'edit');
          await slack.waitFor(() => slack.as('U0ANN').ephemerals('C0APPROVALS').find(says('could not be opened')), {
            what: 'an answer to the edit',
          });
          expect((await fetch(`${bot.adminUrl}/readyz`)).status).toBe(503);
          expect((await fetch(`${bot.adminUrl}/healthz`)).status).toBe(200);

          redis = await startEmbeddedRedis({ dir, durable: true });
          await eventually('the bot being ready', async () => (await fetch(`${bot.adminUrl}/readyz`)).ok);
          expect(await person.submit(view)).toEqual({ outcome: 'closed' });
          await slack.as('U0BEN').click(card, 'approve');
          await slack.as('U0BEN').click(await asked.cardWith('approve', 40_000), 'approve');
          await Promise.all([pending, asked].map((story) => endsOnce(story)));
          expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
        },
        { redisUrl: redis.url },
      );
    } finally {
      await redis.stop();
      await rm(dir, { recursive: true, force: true });
    }
  }, 90_000);
});
