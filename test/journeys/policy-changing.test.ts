/** The policy changes while the bot runs: wholly or not at all; what waits keeps its rule unless the new one is stricter. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import type { Stage, StageConfig } from '../../sandbox/stage.ts';
import { eventually } from '../support/eventually.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

type Rules = StageConfig['rules'];

const anyOne: Rules = [{ name: 'any-one', steps: [{ users: ['U0BEN', 'U0CAT'] }] }];

/** With the file as it was at the start at hand, to write it anew. */
async function withPolicy(
  rules: Rules,
  work: (stage: Stage, write: (rules: Rules | string) => Promise<void>) => Promise<void>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  let written: StageConfig | undefined;
  const config = (usual: StageConfig): StageConfig => {
    written = { ...usual, ...more, rules };
    return written;
  };
  await withStage(
    (stage) =>
      work(stage, (next) =>
        writeFile(stage.configFile, typeof next === 'string' ? next : JSON.stringify({ ...written, rules: next })),
      ),
    { config },
  );
}

const seen = (stage: Stage, what: (line: Readonly<Record<string, unknown>>) => boolean, from: number) =>
  eventually('a line in the log', () => stage.bot.lines.slice(from).find(what), 20_000);

// Each has a stage of its own, and waits most of the time for the file to be looked at.
describe.concurrent('a policy that changes', () => {
  it('reaches a request that waits where it is stricter, and says so; its approvals count as far as they can', async () => {
    await withPolicy(anyOne, async (stage, write) => {
      const { slack } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      await write([{ name: 'both', steps: [{ users: ['U0BEN'] }, { users: ['U0CAT'] }] }]);
      await story.threadSays('`both` takes the place of the rule `any-one`');
      await story.hears('U0ANN', 'the stricter rule `both` applies now');
      await story.cardSays('Rule `both`');
      await slack.as('U0BEN').click(card, 'approve');
      await story.cardSays('Approved *1 of 2*');
      expect(story.creates()).toEqual([]);
      await slack.as('U0CAT').click(card, 'approve');
      await story.ends();
    });
  });

  it('leaves a request under its own rule where it is not stricter, and says which one would apply now', async () => {
    await withPolicy(anyOne, async (stage, write) => {
      const { slack } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      await write([{ name: 'dan', steps: [{ users: ['U0DAN'] }] }]);
      await story.threadSays('Whoever asks now falls under the rule `dan`');
      expect(textOf(card)).toContain('Rule `any-one`');
      await slack.as('U0DAN').click(card, 'approve');
      await story.hears('U0DAN', 'not among those who may decide');
      await slack.as('U0BEN').click(card, 'approve');
      await story.ends();
      const next = new Story(stage);
      expect(textOf(await next.askForCard())).toContain('Rule `dan`');
    });
  });

  it('refuses a request that no rule covers any more', async () => {
    await withPolicy(anyOne, async (stage, write) => {
      const story = new Story(stage);
      const card = await story.askForCard();
      await write([{ name: 'others', match: { instance: SAMPLE_INSTANCES.logs }, steps: [{ users: ['U0BEN'] }] }]);
      await story.cardSays('No approval rule covers this request');
      expect(buttonsOf(card)).toEqual(['edit']);
    });
  });

  it('is not taken in while it has errors, or changes more than rules; the log says what and where', async () => {
    await withPolicy(anyOne, async (stage, write) => {
      const from = stage.bot.lines.length;
      await write('rules: [');
      await seen(stage, ({ msg }) => msg === 'the changed config file was not taken in', from);
      const story = new Story(stage);
      expect(textOf(await story.askForCard())).toContain('Rule `any-one`');
      const next = stage.bot.lines.length;
      await write([{ name: 'typo', step: [] }]);
      const line = await seen(stage, ({ msg }) => msg === 'the changed config file was not taken in', next);
      expect(JSON.stringify(line.problems)).toMatch(/:1:\d+.*step: unknown key, did you mean steps\?/);
    });
  });
});

describe.concurrent('a limit on open requests', () => {
  it('refuses one too many in words, and frees a place when one ends', async () => {
    await withPolicy(
      anyOne,
      async (stage) => {
        const { slack } = stage;
        const [first, second] = [new Story(stage), new Story(stage)];
        const card = await first.askForCard();
        await second.askForCard();
        const third = new Story(stage);
        await third.ask();
        await third.hears('U0ANN', 'has 2 open requests already, which is the most that the policy allows');
        await slack.as('U0ANN').click(card, 'cancel');
        await first.cardSays('*Cancelled*');
        await new Story(stage).askForCard();
        const others = new Story(stage, { who: 'U0DAN' });
        await others.askForCard();
      },
      { open_requests_per_person: 2 },
    );
  });
});
