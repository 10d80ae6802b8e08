/** A Redis that is killed, frozen, full, forgetful or badly connected, under the real process: words at once, and nothing lost. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';
import { type RedisServer, startServer } from '../support/redis-servers.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story, says } from '../support/story.ts';
import { unreliableNetwork } from '../support/unreliable-network.ts';

const PATIENCE_MS = 40_000;

async function endsOnce(story: Story): Promise<void> {
  await story.ends(PATIENCE_MS);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(story.cards()).toHaveLength(1);
  expect(story.results()).toHaveLength(1);
  expect(story.doubled()).toEqual([]);
}

async function withRedis(work: (stage: Stage, redis: RedisServer) => Promise<void>): Promise<void> {
  const redis = await startServer();
  try {
    await withStage((stage) => work(stage, redis), { redisUrl: `redis://127.0.0.1:${redis.port}` });
  } finally {
    await redis.stop();
  }
}

const readiness = async ({ bot }: Stage) => {
  const response = await fetch(`${bot.adminUrl}/readyz`);
  return { status: response.status, body: await response.text() };
};

/** A click that can't be stored is answered in words; Slack, which counts the seconds, has nothing to complain about. */
async function clickInVain(stage: Stage, story: Story): Promise<void> {
  const { slack } = stage;
  const before = slack.as('U0BEN').ephemerals('C0APPROVALS').length;
  await slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
  await slack.waitFor(
    () => slack.as('U0BEN').ephemerals('C0APPROVALS').slice(before).find(says('Your click may not have been stored')),
    { what: 'an answer to the click' },
  );
  expect(slack.log.deliveries.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(story.creates()).toEqual([]);
}

/** By itself: nobody restarts the bot. */
async function recovers(stage: Stage, story: Story): Promise<void> {
  await eventually('the bot being ready', async () => (await readiness(stage)).status === 200);
  await stage.slack.as('U0BEN').click(await story.cardWith('approve'), 'approve');
  await endsOnce(story);
}

describe.concurrent('a Redis that goes away', () => {
  it.each<[what: string, away: (redis: RedisServer) => unknown, back: (redis: RedisServer) => unknown]>([
    ['killed, and started again', (redis) => redis.kill(), (redis) => redis.restart()],
    ['frozen, so that its connections stay', (redis) => redis.freeze(), (redis) => redis.thaw()],
  ])('%s: words within the time of an ack, not ready, and then as before', async (_what, away, back) => {
    await withRedis(async (stage, redis) => {
      const story = new Story(stage);
      await story.askForCard();
      await away(redis);
      await clickInVain(stage, story);
      expect(await readiness(stage)).toMatchObject({ status: 503 });
      await back(redis);
      await recovers(stage, story);
    });
  });
});

describe.concurrent('a Redis that takes no writes', () => {
  it('because a save failed, as on a full disk: says so in words, is not ready, and then as before', async () => {
    await withRedis(async (stage, redis) => {
      const story = new Story(stage);
      await story.askForCard();
      const [, dir] = (await redis.client.config('GET', 'dir')) as string[];
      // No file can take the place of a folder with something in it.
      const inTheWay = path.join(String(dir), 'dump.rdb');
      await mkdir(path.join(inTheWay, 'something'), { recursive: true });
      await redis.client.config('SET', 'save', '3600 1000000');
      await redis.client.bgsave();
      const refuses = () =>
        redis.client.set('probe', '').then(
          () => false,
          (error: Error) => error.message.startsWith('MISCONF'),
        );
      await eventually('writes are refused', refuses);

      await clickInVain(stage, story);
      const { status, body } = await readiness(stage);
      expect([status, body]).toEqual([503, expect.stringContaining('Redis takes no writes (MISCONF)')]);

      await rm(inTheWay, { recursive: true });
      await redis.client.bgsave();
      await eventually('writes are taken', async () => !(await refuses()));
      await recovers(stage, story);
    });
  });

  it('because its memory is full: the same', async () => {
    await withRedis(async (stage, redis) => {
      const story = new Story(stage);
      await story.askForCard();
      await redis.client.config('SET', 'maxmemory', '1');
      await clickInVain(stage, story);
      expect((await readiness(stage)).body).toContain('Redis takes no writes (OOM)');
      await redis.client.config('SET', 'maxmemory', '0');
      await recovers(stage, story);
    });
  });
});

describe.concurrent('requests go on, each to one endpoint', () => {
  it('while answers are lost with their connections, after the work was done', async () => {
    const redis = await startServer();
    const network = await unreliableNetwork(redis.port);
    try {
      await withStage(
        async (stage) => {
          network.loseEvery(25);
          const stories = Array.from({ length: 3 }, () => new Story(stage));
          await Promise.all(stories.map((story) => story.askAndApprove()));
          await Promise.all(stories.map(endsOnce));
          expect(network.lost).toBeGreaterThan(5);
          network.loseEvery(0);
        },
        { redisUrl: network.url },
      );
    } finally {
      await network.stop();
      await redis.stop();
    }
  });

  it('while Redis forgets its scripts, and is slow, again and again', async () => {
    await withRedis(async (stage, { client }) => {
      const stories = Array.from({ length: 3 }, () => new Story(stage));
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
      await Promise.all(stories.map((story) => story.askAndApprove()));
      await Promise.all(stories.map(endsOnce));
      over = true;
      await troubles;
      expect(times).toBeGreaterThan(5);
    });
  });
});
