/** The naive rival is an honest one: on a good day it does the whole job. */
import { expect, it } from 'vitest';
import { textOf } from '../../sandbox/journey.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';
import { RIVAL } from './rival.ts';

it('makes one endpoint after an approval by somebody who may, and posts its domain', async () => {
  await withStage(
    async (stage) => {
      const { slack } = stage;
      const story = new Story(stage);
      const card = await story.askForCard();
      await slack.as('U0DAN').click(card, 'approve');
      await slack.waitFor(() => slack.as('U0DAN').ephemerals('C0APPROVALS').length === 1, { what: 'a refusal' });
      expect(story.endpoints()).toEqual([]);
      await slack.as('U0BEN').click(card, 'approve');
      const [endpoint] = await slack.waitFor(() => (story.results().length > 0 ? story.endpoints() : undefined), {
        what: 'the result',
      });
      expect(textOf((await story.result()) ?? card)).toContain(endpoint?.domain);
      await story.cardSays('*Created*');
      expect(story.endpoints()).toHaveLength(1);

      const another = new Story(stage);
      const rejected = await another.askForCard();
      await slack.as('U0CAT').click(rejected, 'reject');
      const view = await slack.as('U0CAT').waitForView('reject_request');
      await slack.as('U0CAT').type(view, 'reason', 'not this one');
      await slack.as('U0CAT').submit(view);
      await another.cardSays('*Rejected* by <@U0CAT>: not this one');
      expect(another.endpoints()).toEqual([]);
    },
    { program: RIVAL },
  );
});
