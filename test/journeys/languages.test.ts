/** Languages, through the real process: each person in their own, channels in the configured one. */
import { describe, expect, it } from 'vitest';
import { textOf } from '../../sandbox/journey.ts';
import type { LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { person } from '../../sandbox/slack/sample-workspace.ts';
import type { StageOptions } from '../../sandbox/stage.ts';
import { stageOfFile, withStage } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const HAN = /\p{Script=Han}/u;
const IN_CHINESE: StageOptions = { config: (usual) => ({ ...usual, locale: 'zh-CN' }) };
const here = stageOfFile(IN_CHINESE);

function inTraditionalChinese({ workspace }: LocalSlack): void {
  workspace.users.set('U0ANN', person('U0ANN', 'ann', 'Ann Requester', { locale: 'zh-TW' }));
}

describe('a workspace whose channels are in Chinese', () => {
  it('speaks Chinese to a requester who reads it, English to those who do not, and Chinese in channels', async () => {
    const { slack } = here;
    inTraditionalChinese(slack);
    const [ann, ben, dan] = [slack.as('U0ANN'), slack.as('U0BEN'), slack.as('U0DAN')];
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    const form = await ann.waitForView('create_endpoint');
    expect(form.title).toMatchObject({ text: '新建 VPC 终端节点' });
    await ann.close(form);

    const story = new Story(here, { reason: '值班告警要能发到 webhook' });
    const card = await story.askForCard();
    await story.hears('U0ANN', '已通过预检，等待审批');
    expect(textOf(card)).toContain('*等待审批。*');
    expect(textOf(card)).toContain('值班告警要能发到 webhook');

    await ann.click(card, 'approve');
    await story.hears('U0ANN', '这是你自己提出的申请');
    await dan.click(card, 'approve');
    expect((await story.hears('U0DAN', 'You are not among those who may decide it')).text).not.toMatch(HAN);

    await ben.click(card, 'reject');
    const no = await ben.waitForView('reject_request');
    expect(no.title).toMatchObject({ text: 'Reject request' });
    await ben.type(no, 'reason', 'Use the shared endpoint');
    await ben.submit(no);
    const told = await story.hears('U0ANN', '<@U0BEN> 驳回了你的申请');
    expect(told.channel).toBe(slack.workspace.dm('U0ANN').id);
    await story.cardSays('*已驳回*');
    await story.threadSays('<@U0BEN> 驳回：“Use the shared endpoint”');
    await slack.waitFor(() => story.auditLines().some(({ text }) => text.includes('*已驳回*')));
  });

  it('posts the result in Chinese, and tells a requester who does not read it in English', async () => {
    const story = new Story(here, { who: 'U0DAN' });
    await here.slack.as('U0CAT').click(await story.askForCard(), 'approve');
    const result = await story.result();
    expect(result.channel).toBe('C0DATA');
    expect(textOf(result)).toContain('的 VPC 终端节点已创建');
    await story.cardSays('*创建成功*');
    await story.threadSays('审批通过');
    const told = await story.hears('U0DAN', 'is done. The domain of');
    expect(told.text).not.toMatch(HAN);
  });
});

describe('a requester’s language', () => {
  it('is kept with the request: another process, which Slack tells nothing, goes on in it', async () => {
    await withStage(async (stage) => {
      const { slack } = stage;
      inTraditionalChinese(slack);
      const story = new Story(stage);
      await story.askForCard();
      await story.hears('U0ANN', '已通过预检');
      stage.bot.signal('SIGKILL');
      await stage.bot.ended;
      slack.faults.add({
        method: 'users.info',
        kind: 'error',
        error: 'internal_error',
        times: Number.POSITIVE_INFINITY,
      });
      await stage.addBot();
      await stage.advance(25 * 60 * 60_000);
      await story.hears('U0ANN', '已过期：期限内无人审批');
      await story.cardSays('*Expired*');
    });
  });
});
