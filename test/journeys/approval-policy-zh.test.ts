/** The approval policy in Chinese, through the real process: the same card, thread and answers in the channel's language. */
import { expect, it } from 'vitest';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { oneModalAtATime, Story, says } from '../support/story.ts';

const HOUR = 3_600_000;

const here = stageOfFile({
  config: (usual) => ({
    ...usual,
    locale: 'zh-CN',
    rules: [
      {
        name: '生产',
        steps: [{ users: ['U0BEN'] }, { groups: ['S0SRE'] }],
        notify: { groups: ['S0SRE'] },
        remind_after: '1h',
        escalate: { after: '3h', users: ['U0DAN'] },
        emergency: { users: ['U0DAN'], review_within: '1h' },
      },
    ],
  }),
});

it('names, reminds, escalates, and lets one person approve alone, for which a review is owed', async () => {
  const { slack, stage } = here;
  const story = new Story(here);
  const card = await story.askForCard();
  expect(textOf(card)).toContain('需要：ben');
  expect(textOf(card)).toContain('仍可审批：ben、cat');
  expect(textOf(card)).toContain('已通知：<!subteam^S0SRE>');
  await slack.as('U0CAT').click(card, 'approve');
  await story.cardSays('批准进度 1/2');
  await slack.as('U0CAT').click(card, 'why');
  // Cat reads Chinese, and so do the channels.
  await slack.waitFor(() => slack.as('U0CAT').ephemerals('C0APPROVALS').find(says('现在等待其他人审批')), {
    what: 'why not Cat',
  });

  await stage.advance(HOUR + 1_000);
  await story.threadSays('仍在等待审批：<@U0BEN>');
  await stage.advance(2 * HOUR);
  await story.threadSays('现在以下人员也可以审批：<@U0DAN>');
  await oneModalAtATime(slack, 'U0DAN', async () => {
    const dan = slack.as('U0DAN');
    await dan.click(card, 'approve_alone');
    const view = await dan.waitForView('approve_alone');
    await dan.type(view, 'reason', '告警中断');
    expect(await dan.submit(view)).toEqual({ outcome: 'closed' });
  });
  await story.cardSays('紧急情况下单独批准');
  await story.threadSays('在紧急情况下单独批准：“告警中断”');
  await story.cardSays('*创建成功*');
  await stage.advance(HOUR + 1_000);
  await story.threadSays('紧急批准仍待复核');
  await oneModalAtATime(slack, 'U0CAT', async () => {
    const cat = slack.as('U0CAT');
    await cat.click(card, 'review');
    const view = await cat.waitForView('review_request');
    expect(JSON.stringify(view.blocks)).toContain('事后看来');
    await cat.choose(view, 'verdict', 'in-order');
    expect(await cat.submit(view)).toEqual({ outcome: 'closed' });
  });
  await story.cardSays(/复核人 <@U0CAT>.*合规/);
  expect(buttonsOf(card)).not.toContain('review');
});
