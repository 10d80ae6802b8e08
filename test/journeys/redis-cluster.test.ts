/** The main job on a Cluster of three masters, through the real process; then a master of it dies. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceKeys } from '../../src/adapters/redis/keys.ts';
import { eventually } from '../support/eventually.ts';
import { caughtUp, type RedisCluster, startCluster } from '../support/redis-servers.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

let redis: RedisCluster;
beforeAll(async () => {
  redis = await startCluster(2);
});
afterAll(() => redis?.stop());

it('takes requests to their endpoints, and goes on when the master of all requests is killed', async () => {
  await withStage(
    async (stage) => {
      const story = new Story(stage);
      await story.askAndApprove();
      await story.ends();

      const pending = new Story(stage);
      const card = await pending.askForCard();
      const key = workspaceKeys(stage.slack.workspace.team.id).due;
      const owner = await redis.ownerOf(key);
      await caughtUp(owner);
      await owner.kill();
      await eventually('another master', async () => (await redis.ownerOf(key)) !== owner);
      await eventually('the bot being ready', async () => (await fetch(`${stage.bot.adminUrl}/readyz`)).ok);
      await stage.slack.as('U0BEN').click(card, 'approve');
      await pending.ends(40_000);
      for (const each of [story, pending]) {
        expect(each.endpoints()).toHaveLength(1);
        expect(each.cards()).toHaveLength(1);
        expect(each.doubledApartFromWhispers()).toEqual([]);
      }
    },
    { redisUrl: redis.url },
  );
}, 60_000);
