/** Reminders, escalation, reviews and expiry come at their time and once, whichever process is there by then. */
import { expect, it } from 'vitest';
import type { Stage } from '../../sandbox/stage.ts';
import { withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const HOUR = 3_600_000;

/** The one that knows of everything is gone, in the middle of whatever it does; another comes. */
async function replaced({ bot, addBot }: Stage): Promise<void> {
  bot.signal('SIGKILL');
  await bot.ended;
  await addBot();
}

it('reminds, brings others in and expires once each, through crashes and with two processes at work', async () => {
  await withStage(
    async (stage) => {
      const story = new Story(stage);
      await story.askForCard();
      const times = (words: string) => story.told().split(words).length - 1;

      await replaced(stage);
      await stage.advance(HOUR + 1_000);
      await story.threadSays('It still waits for approval: <@U0BEN>');
      await replaced(stage);
      await stage.addBot();
      await stage.advance(HOUR);
      await story.threadSays('these may approve it too: <@U0DAN>');
      await stage.advance(HOUR);
      await stage.slack.waitFor(() => times('It still waits for approval') === 2, { what: 'the second reminder' });
      await replaced(stage);
      await stage.advance(2 * HOUR);
      await story.cardSays('*Expired*');
      await story.threadSays('It expired');
      expect(times('It still waits for approval')).toBe(2);
      expect(times('these may approve it too')).toBe(1);
      expect(times('It expired')).toBe(1);
      expect(story.doubledApartFromWhispers()).toEqual([]);
    },
    {
      config: (usual) => ({
        ...usual,
        rules: [
          {
            name: 'patient',
            steps: [{ users: ['U0BEN'] }],
            expires_after: '5h',
            remind_after: '1h',
            escalate: { after: '2h', users: ['U0DAN'] },
          },
        ],
      }),
    },
  );
});
