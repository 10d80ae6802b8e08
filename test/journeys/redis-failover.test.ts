/** Redis fails over in the midst of requests, through the real process: what was acknowledged is carried out, once. */
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { caughtUp, startReplication, startSentinels } from '../support/redis-servers.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story, says } from '../support/story.ts';

/** As long as it takes until what a dead run left lying is taken up again. */
const PATIENCE_MS = 40_000;

async function endsOnce(story: Story): Promise<void> {
  await story.ends(PATIENCE_MS);
  expect(story.creates().filter(({ made }) => made !== undefined)).toHaveLength(1);
  expect(story.cards()).toHaveLength(1);
  expect(story.doubledApartFromWhispers()).toEqual([]);
}

describe('a master behind Sentinel that is killed', () => {
  it('in the midst of several requests: each has one endpoint, and no approval is lost that was acknowledged', async () => {
    const redis = await startSentinels(2);
    try {
      await withStage(
        async (stage) => {
          const stories = Array.from({ length: 4 }, () => new Story(stage));
          const [creating, approved, pending, asked] = stories;
          if (!creating || !approved || !pending || !asked) throw new Error('four stories');
          stage.cloud.faults.add({
            action: 'CreateVpcEndpoint',
            dryRun: false,
            about: creating.service,
            when: 'after',
            kind: { type: 'delay', ms: 500 },
          });
          const approvedCard = await approved.askForCard();
          const pendingCard = await pending.askForCard();
          await creating.askAndApprove();
          await eventually('the create', () => creating.creates().length === 1);
          expect(await asked.ask()).toEqual({ outcome: 'closed' });
          expect(await stage.slack.as('U0BEN').click(approvedCard, 'approve')).toMatchObject({ ok: true });
          await caughtUp(redis.master);
          await redis.master.kill();

          await eventually('another master', async () => (await redis.masterPort()) !== redis.master.port);
          await eventually('the bot being ready', async () => (await fetch(`${stage.bot.adminUrl}/readyz`)).ok);
          // What a run could not read meanwhile comes up again after half a minute.
          await stage.advance(30_000);
          await stage.slack.as('U0BEN').click(pendingCard, 'approve');
          await stage.slack.as('U0BEN').click(await asked.cardWith('approve', PATIENCE_MS), 'approve');
          await Promise.all(stories.map(endsOnce));
        },
        { redisUrl: redis.url },
      );
    } finally {
      await redis.stop();
    }
  }, 60_000);
});

describe('a replica that is frozen', () => {
  it('holds up every decision, in words, and sends nothing to the cloud, until it thaws', async () => {
    const redis = await startReplication(1);
    try {
      await withStage(
        async (stage) => {
          const { slack, cloud } = stage;
          const [promised, unpromised] = [new Story(stage), new Story(stage)];
          const promisedCard = await promised.askForCard();
          const unpromisedCard = await unpromised.askForCard();
          const described = () => cloud.calls.filter(({ action }) => action === 'DescribeInstance').length;
          const before = described();
          cloud.faults.add({ action: 'DescribeInstance', when: 'before', kind: { type: 'delay', ms: 700 } });
          expect(await slack.as('U0BEN').click(promisedCard, 'approve')).toMatchObject({ ok: true });
          // Approved for good, and looked at again; the claim of its create is still to come.
          await eventually('the second look', () => described() > before);
          redis.replicas[0]?.freeze();
          await slack.as('U0BEN').click(unpromisedCard, 'approve');
          await slack.waitFor(
            () => slack.as('U0BEN').ephemerals('C0APPROVALS').find(says('Your click may not have been stored')),
            { what: 'an answer to the click' },
          );
          await eventually('a run that got nowhere', () =>
            stage.bot.lines.some(
              ({ request, error }) =>
                request === promised.id && JSON.stringify(error ?? '').includes('UnconfirmedWrite'),
            ),
          );
          expect([...promised.creates(), ...unpromised.creates()]).toEqual([]);
          expect(await (await fetch(`${stage.bot.adminUrl}/readyz`)).text()).toContain('no replica of Redis');

          redis.replicas[0]?.thaw();
          await stage.advance(30_000);
          await Promise.all([promised, unpromised].map(endsOnce));
        },
        { redisUrl: redis.url },
      );
    } finally {
      await redis.stop();
    }
  }, 60_000);
});
