/** Surviving, through real processes: killed, stopped, frozen or cut off, nothing is lost or doubled. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../sandbox/alibaba-cloud/faults.ts';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { buttonsOf, fillIn, textOf } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { ALL_SCOPES } from '../../src/domain/doctor/scopes.ts';
import { eventually } from '../support/eventually.ts';
import { withStage } from '../support/stage-of-file.ts';
import { CREATED, Story, says } from '../support/story.ts';

const LONG_MS = 60_000;
/** What a stop may take. */
const STOP_MS = 15_000;
/** In which the work of a dead process is in another one's hands, and told. */
const TAKE_OVER_MS = 10_000;

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
  expect(story.doubledApartFromWhispers()).toEqual([]);
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

// Side by side, the longest first, since each mostly waits for its own processes. Their starts are what costs: more of
// them at once, and those that run are kept from answering in time.
vi.setConfig({ maxConcurrency: 3 });

describe.concurrent('several processes on one Redis', () => {
  it('take over from one that is frozen and thaws much later, and from one that is killed: nothing is repeated', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      // One create has taken effect and one never will: from outside they look the same.
      const [hanging, unsent] = [new Story(stage), new Story(stage)];
      nextCreate(hanging, 'after', { type: 'hang' });
      nextCreate(unsent, 'before', { type: 'hang' });
      await Promise.all([hanging.askAndApprove(), unsent.askAndApprove()]);
      await eventually('the creates', () => hanging.creates().length + unsent.creates().length === 2);
      const frozen = stage.bot;
      frozen.signal('SIGSTOP');
      await Promise.all([stage.addBot(), stage.addBot()]);
      await endsOnce(hanging);

      const stories = Array.from({ length: 6 }, () => new Story(stage));
      for (const each of stories.slice(0, 3)) nextCreate(each, 'after', { type: 'hang' });
      await Promise.all(stories.map((each) => each.askAndApprove()));
      await eventually('the creates', () => stories.every((each) => each.endpoints().length === 1));
      const [first] = stories;
      const dying = await eventually('who carries the first', () => first && carrierOf(stage, first));
      const survivor = stage.bots.find((bot) => bot !== frozen && bot !== dying) ?? frozen;
      dying.signal('SIGKILL');
      await dying.ended;
      talkTo(stage, survivor);
      const cardsAreFinal = () => stories.every((each) => each.cards().some(says(CREATED)));
      await eventually('the dead one’s work is taken over', cardsAreFinal, TAKE_OVER_MS);
      await Promise.all(stories.map((each) => endsOnce(each)));

      // It is sent again once nobody can be sending it any more, and as the same attempt in the cloud's eyes.
      await endsOnce(unsent, LONG_MS);
      frozen.signal('SIGCONT');
      expect(await survivor.stop()).toBe(0);
      talkTo(stage, frozen);
      const last = new Story(stage);
      await last.askAndApprove();
      await endsOnce(last);

      // What the thawed one held in hand came to nothing.
      expect(unsent.creates()).toHaveLength(2);
      expect(new Set(unsent.creates().map(({ clientToken }) => clientToken)).size).toBe(1);
      for (const each of [hanging, ...stories, last]) expect(each.creates()).toHaveLength(1);
      for (const each of [hanging, unsent, ...stories, last]) {
        expect(each.endpoints()).toHaveLength(1);
        expect(each.doubledApartFromWhispers()).toEqual([]);
        expect(each.cards().map(buttonsOf)).toEqual([[]]);
      }
      expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
    });
  }, 120_000);
});

describe.concurrent('a process that is killed', () => {
  it('right after an ack, during a create, or before it could tell: the next one finishes each of them', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      const hanging = new Story(stage);
      nextCreate(hanging, 'after', { type: 'hang' });
      await hanging.askAndApprove();
      await eventually('the create', () => hanging.endpoints().length === 1);

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
    });
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

describe.concurrent('a process that is killed with its own Redis', () => {
  it('has brought it along: the next one has it all from the disk', async () => {
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
