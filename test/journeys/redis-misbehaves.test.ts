/** A Redis that is killed, frozen, full, forgetful or badly connected, under the real process: words at once, and nothing lost. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillIn } from '../../sandbox/journey.ts';
import { openStage, type Stage } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startServer } from '../support/redis-servers.ts';
import { nothingAmiss, withStage } from '../support/stage-of-file.ts';
import { Story, says } from '../support/story.ts';
import { unreliableNetwork } from '../support/unreliable-network.ts';

const PATIENCE_MS = 40_000;

let redis: RedisServer;
let stage: Stage;

// One process for all, one after the other: after each of them it is as before by itself.
beforeAll(async () => {
  redis = await startServer();
  stage = await openStage({ redisUrl: `redis://127.0.0.1:${redis.port}` });
});
afterEach(() => nothingAmiss(stage.slack));
afterAll(async () => {
  await stage?.stop();
  await redis?.stop();
});

/** Everything that can be looked up is there once: a whisper that was on its way when Redis died is said once more. */
async function endsOnceInSight(story: Story): Promise<void> {
  await story.ends(PATIENCE_MS);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(story.cards()).toHaveLength(1);
  expect(story.results()).toHaveLength(1);
  expect(story.doubledApartFromWhispers()).toEqual([]);
}

async function readiness() {
  const response = await fetch(`${stage.bot.adminUrl}/readyz`);
  return { status: response.status, body: await response.text() };
}

/** A click that can't be stored is answered in words; Slack, which counts the seconds, has nothing to complain about. */
async function clickInVain(story: Story): Promise<void> {
  const { slack } = stage;
  const answers = () => slack.as('U0BEN').ephemerals('C0APPROVALS').filter(says('Your click may not have been stored'));
  const before = answers().length;
  await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
  await slack.waitFor(() => answers().length > before, { what: 'an answer to the click' });
  expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(story.creates()).toEqual([]);
}

/** By itself: nobody restarts the bot. */
async function recovers(story: Story): Promise<void> {
  await eventually('the bot being ready', async () => (await readiness()).status === 200, PATIENCE_MS);
  await stage.slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
  await endsOnceInSight(story);
}

describe('a Redis that goes away', () => {
  it('frozen, so that its connections stay: words within the time of an ack, not ready, and then as before', async () => {
    const story = new Story(stage);
    await story.askForCard();
    redis.freeze();
    await clickInVain(story);
    expect(await readiness()).toMatchObject({ status: 503 });
    redis.thaw();
    await recovers(story);
  }, 60_000);

  it('killed, or restarted: clicks and forms are answered in words, nothing is lost that was promised, and it is found again', async () => {
    const { slack, cloud, bot } = stage;
    const pending = new Story(stage);
    const card = await pending.askForCard();

    // Once killed and once restarted in the middle of a create: back at once with everything that was acknowledged.
    for (const end of [redis.kill, redis.shutDown]) {
      const midway = new Story(stage);
      const { service } = midway;
      const kind = { type: 'delay', ms: 300 } as const;
      cloud.faults.add({ action: 'CreateVpcEndpoint', dryRun: false, about: service, when: 'before', kind });
      await midway.askAndApprove();
      await eventually('the create', () => midway.creates().length === 1);
      await end();
      await redis.restart();
      await endsOnceInSight(midway);
    }

    const asked = new Story(stage);
    const { person, view } = await fillIn(slack, asked.wish);
    asked.id = (JSON.parse(view.private_metadata) as { request: string }).request;
    await redis.kill();

    await clickInVain(pending);
    expect(await person.submit(view)).toMatchObject({
      outcome: 'errors',
      errors: { instance: expect.stringContaining('Not stored: the database of the bot did not answer') },
    });
    await slack.as('U0ANN').click(card, 'edit');
    await slack.waitFor(() => slack.as('U0ANN').ephemerals('C0APPROVALS').find(says('could not be opened')), {
      what: 'an answer to the edit',
    });
    expect(await readiness()).toMatchObject({ status: 503 });
    expect((await fetch(`${bot.adminUrl}/healthz`)).status).toBe(200);

    await redis.restart();
    await recovers(pending);
    expect(await person.submit(view)).toEqual({ outcome: 'closed' });
    await slack.as('U0BEN').click(await asked.cardWith('approve', PATIENCE_MS), 'approve');
    await endsOnceInSight(asked);
    expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
  }, 90_000);
});

describe('a Redis that takes no writes', () => {
  it('because a save failed, as on a full disk: says so in words, is not ready, and then as before', async () => {
    const { client } = redis;
    const story = new Story(stage);
    await story.askForCard();
    const [, dir] = (await client.config('GET', 'dir')) as string[];
    // No file can take the place of a folder with something in it.
    const inTheWay = path.join(String(dir), 'dump.rdb');
    await mkdir(path.join(inTheWay, 'something'), { recursive: true });
    await client.config('SET', 'save', '3600 1000000');
    await client.bgsave();
    const refuses = () =>
      client.set('probe', '').then(
        () => false,
        (error: Error) => error.message.startsWith('MISCONF'),
      );
    await eventually('writes are refused', refuses);

    await clickInVain(story);
    const { status, body } = await readiness();
    expect([status, body]).toEqual([503, expect.stringContaining('Redis takes no writes (MISCONF)')]);

    await rm(inTheWay, { recursive: true });
    await client.bgsave();
    await eventually('writes are taken', async () => !(await refuses()));
    await recovers(story);
  }, 60_000);

  it('because its memory is full: the same', async () => {
    const story = new Story(stage);
    await story.askForCard();
    await redis.client.config('SET', 'maxmemory', '1');
    await clickInVain(story);
    expect((await readiness()).body).toContain('Redis takes no writes (OOM)');
    await redis.client.config('SET', 'maxmemory', '0');
    await recovers(story);
  }, 60_000);
});

describe('requests go on, each to one endpoint', () => {
  it('while Redis forgets its scripts, and is slow, again and again', async () => {
    const { client } = redis;
    let over = false;
    let times = 0;
    const troubles = (async () => {
      while (!over) {
        await client.script('FLUSH');
        await client.call('CLIENT', 'PAUSE', 40, 'ALL');
        await client.ping();
        times += 1;
      }
    })();
    try {
      while (times <= 5) {
        const stories = Array.from({ length: 3 }, () => new Story(stage));
        await Promise.all(stories.map((story) => story.askAndApprove()));
        await Promise.all(stories.map(endsOnceInSight));
        for (const story of stories) expect(story.doubled()).toEqual([]);
      }
    } finally {
      over = true;
      await troubles;
    }
  }, 60_000);

  it('while answers are lost with their connections, after the work was done', async () => {
    const server = await startServer();
    const network = await unreliableNetwork(server.port);
    try {
      await withStage(
        async (badlyConnected) => {
          network.loseEvery(25);
          // How many answers a request needs is up to the bot.
          while (network.lost <= 5) {
            const stories = Array.from({ length: 3 }, () => new Story(badlyConnected));
            await Promise.all(stories.map((story) => story.askAndApprove()));
            await Promise.all(stories.map(endsOnceInSight));
          }
          network.loseEvery(0);
        },
        { redisUrl: network.url },
      );
    } finally {
      await network.stop();
      await server.stop();
    }
  }, 60_000);
});
