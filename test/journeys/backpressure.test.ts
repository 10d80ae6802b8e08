/** More at once than Slack or the cloud will take: cards go first, no click is silent, and everything is made once. */
import { describe, expect, it } from 'vitest';
import { buttonsOf } from '../../sandbox/journey.ts';
import { burst } from '../burst/burst.ts';
import { startServer } from '../support/redis-servers.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const REQUESTS = 24;

describe.concurrent('many requests approved in the same moment', () => {
  it('get an endpoint each, while others who click are answered, and Slack’s rates are kept', async () => {
    const redis = await startServer();
    try {
      const said: string[] = [];
      const report = await burst({
        requests: REQUESTS,
        processes: 2,
        redisUrl: `redis://127.0.0.1:${redis.port}`,
        say: (line) => said.push(line),
        untilCards: false,
      });
      expect(report).toMatchObject({ endpoints: REQUESTS, doubled: 0, outOfOrder: 0 });
      expect(said).toContainEqual(expect.stringContaining(' 0 acks failed'));
      // Whoever clicked meanwhile was answered each time.
      expect(report.answersMeanwhile.length).toBeGreaterThan(4);
      expect(report.answersMeanwhile).toHaveLength(report.acksMeanwhile.length);
      // Slack was asked too much, and then hardly ever again: what is refused is not repeated by everybody.
      expect(report.slower).toBeGreaterThan(0);
      expect(report.slower).toBeLessThan(report.posts / 3);
    } finally {
      await redis.stop();
    }
  }, 240_000);
});

describe.concurrent('a channel that takes one message a second', () => {
  it('gets its cards before replies in their threads', async () => {
    await withStage(
      async (stage) => {
        const { slack } = stage;
        const stories = Array.from({ length: 10 }, () => new Story(stage));
        await Promise.all(stories.map((story) => story.ask()));
        await slack.waitFor(() => stories.every((story) => story.cards().length === 1), {
          timeoutMs: 60_000,
          what: 'all cards',
        });
        // Once Slack had said that it was too fast, no reply went out while a card was waiting.
        const posts = slack.log.calls.filter(({ method }) => method === 'chat.postMessage');
        const here = posts.filter(({ args }) => args.channel === 'C0APPROVALS');
        const slowed = here.findIndex(({ status }) => status === 429);
        const isReply = ({ args }: (typeof here)[number]) => args.thread_ts !== undefined;
        const lastCard = here.findLastIndex((call) => !isReply(call));
        expect(slowed).toBeGreaterThan(0);
        const later = here.slice(slowed + 1, lastCard).filter(({ status }) => status === 200);
        expect(later.length).toBeGreaterThan(2);
        // One may slip in between two cards of which neither was ready in that moment; ten requests owe ten replies.
        expect(later.filter(isReply).length).toBeLessThanOrEqual(2);
        for (const story of stories) await story.threadSays('waits for approval', 60_000);
        for (const story of stories) expect(story.doubled()).toEqual([]);
      },
      { slack: { switches: { rateLimits: 'slack' } } },
    );
  }, 120_000);
});

describe.concurrent('a click whose card Slack does not take now', () => {
  it('has a receipt at once, and the card heals', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      slack.faults.add({ method: 'chat.update', kind: 'rate_limited', retryAfterS: 6 });
      await slack.as('U0BEN').click(card, 'approve');
      await story.hears('U0BEN', 'Your approval counts.');
      // The card is as it was: without the receipt the click would have looked lost.
      expect(buttonsOf(card)).toContain('approve');
      await story.ends();
      expect(buttonsOf(card)).not.toContain('approve');
      expect(slack.log.calls.filter(({ method, status }) => method === 'chat.update' && status === 429)).toHaveLength(
        1,
      );
      expect(story.doubled()).toEqual([]);
    });
  });

  it('has none where the card is quick', async () => {
    await withStage(async (stage) => {
      const story = new Story(stage);
      await story.askAndApprove();
      await story.ends();
      expect(story.heard('U0BEN')).toEqual([]);
    });
  });
});
