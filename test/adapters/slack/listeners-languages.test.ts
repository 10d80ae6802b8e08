/** Each person in their own language: forms, what is wrong with them, lists, and answers to one person. */
import { describe, expect, it } from 'vitest';
import type { View } from '../../../sandbox/slack/model.ts';
import { person } from '../../../sandbox/slack/sample-workspace.ts';
import { ATTENTION, PENDING } from '../../support/samples.ts';
import { given } from '../../support/scenario.ts';
import { ALERTS, ORDERS } from './listeners-cloud.ts';
import { type Stage, type StageOptions, setStage } from './listeners-stage.ts';

const HAN = /\p{Script=Han}/u;
const pending = { ...given(...PENDING).as('pending'), requester: 'U0ANN' };

/** Ann has Slack in Traditional Chinese, Ben in English. */
async function stageFor(options: StageOptions = {}): Promise<Stage> {
  const stage = await setStage(options);
  stage.slack.workspace.users.set('U0ANN', person('U0ANN', 'ann', 'Ann', { locale: 'zh-TW' }));
  return stage;
}

async function form({ slack }: Stage, who: string): Promise<View> {
  await slack.as(who).command('C0DATA', '/vpc-endpoint', 'create');
  return slack.as(who).waitForView('create_endpoint');
}

const whispered = ({ slack }: Stage, who: string): Promise<string> =>
  slack.waitFor(() => slack.as(who).ephemerals().at(-1)?.text);

describe('a form', () => {
  it('opens in the language of the one who asked', async () => {
    const stage = await stageFor();
    expect((await form(stage, 'U0ANN')).title).toMatchObject({ text: '新建 VPC 终端节点' });
    expect((await form(stage, 'U0BEN')).title).toMatchObject({ text: 'New VPC endpoint' });
  });

  it('says in that language what is wrong, and that nothing was stored', async () => {
    const stage = await stageFor();
    const ann = stage.slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', `create ${ORDERS} epsrv-hp3x**** cn-hangzhou-i`);
    const view = await ann.waitForView('create_endpoint');
    await ann.type(view, 'reason', '值班告警');
    expect(await ann.submit(view)).toMatchObject({ errors: { service: expect.stringContaining('打了码') } });
    await ann.pick(view, 'service', { text: { type: 'plain_text', text: ALERTS }, value: ALERTS });
    stage.redis.fails = true;
    expect(await ann.submit(view)).toMatchObject({ errors: { instance: expect.stringContaining('没有保存') } });
  });

  it.each([
    ['edit', 'edit_request', '修改申请'],
    ['reject', 'reject_request', '驳回申请'],
  ])('that the button %s opens is in it too', async (button, modal, title) => {
    const stage = await stageFor();
    stage.store(pending);
    await stage.slack.as('U0ANN').click(stage.post(pending, [button]), button);
    expect((await stage.slack.as('U0ANN').waitForView(modal)).title).toMatchObject({ text: title });
  });

  it('to choose an endpoint says when each was created', async () => {
    const attention = given(...ATTENTION).as('needs-attention');
    const [first, ...rest] = attention.candidates;
    if (first === undefined) throw new Error('no candidate');
    const stage = await stageFor();
    stage.store({ ...attention, candidates: [{ ...first, createdAt: '2026-01-05T09:00Z' }, ...rest] });
    await stage.slack.as('U0ANN').click(stage.post(attention, ['choose_endpoint']), 'choose_endpoint');
    const view = await stage.slack.as('U0ANN').waitForView('choose_endpoint');
    expect(JSON.stringify(view.blocks)).toContain('创建于 2026-01-05T09:00Z');
  });

  it('lists what can’t be used in that language', async () => {
    const stage = await stageFor();
    const [instance] = stage.cloud.instances;
    if (instance === undefined) throw new Error('no instance');
    stage.cloud.instances = [{ ...instance, status: 'activating' }];
    const texts = async (who: string): Promise<string[]> => {
      const view = await form(stage, who);
      return (await stage.slack.as(who).search(view, 'instance', '')).map(({ text }) => text.text);
    };
    expect(await texts('U0ANN')).toEqual([expect.stringContaining('不可用：activating')]);
    expect(await texts('U0BEN')).toEqual([expect.stringContaining('not usable: activating')]);
  });
});

describe('an answer to one person', () => {
  it.each(['help', 'nonsense', 'show', 'show req_01JGTWZ8M0SRQPNMKJHGFEDCBA'])(
    'to %j is in their language',
    async (text) => {
      const stage = await stageFor();
      await stage.slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', text);
      expect(await whispered(stage, 'U0ANN')).toMatch(HAN);
      await stage.slack.as('U0BEN').command('C0DATA', '/vpc-endpoint', text);
      expect(await whispered(stage, 'U0BEN')).not.toMatch(HAN);
    },
  );

  it('to a click is, for each of two who click the same button', async () => {
    const stage = await stageFor();
    const card = stage.post(pending, ['approve', 'edit']);
    await stage.slack.as('U0ANN').click(card, 'approve');
    expect(await whispered(stage, 'U0ANN')).toContain('你的批准没有计入');
    await stage.slack.as('U0BEN').click(card, 'approve');
    expect(await whispered(stage, 'U0BEN')).toContain('Your approval was not counted');
    stage.redis.fails = true;
    await stage.slack.as('U0ANN').click(card, 'edit');
    await stage.slack.waitFor(() => stage.slack.as('U0ANN').ephemerals().length === 2);
    expect(await whispered(stage, 'U0ANN')).toContain('数据库没有响应');
  });
});

describe('somebody whose language is not known', () => {
  it.each([
    ['en', 'New VPC endpoint'],
    ['zh-CN', '新建 VPC 终端节点'],
  ] as const)('is spoken to in the workspace’s: %s', async (locale, title) => {
    const stage = await setStage({ locale });
    stage.slack.faults.add({ method: 'users.info', kind: 'error', error: 'missing_scope', times: 9 });
    expect((await form(stage, 'U0CAT')).title).toMatchObject({ text: title });
  });

  it('still gets the form while Slack does not say who they are', async () => {
    const stage = await setStage();
    const slow = stage.slack.faults.add({ method: 'users.info', kind: 'hang', times: 9 });
    expect((await form(stage, 'U0CAT')).title).toMatchObject({ text: 'New VPC endpoint' });
    expect(slow.holding).toBe(1);
  });

  it('is turned away in the workspace’s, since nothing is asked about strangers', async () => {
    const stage = await setStage({ teamId: 'T0ELSE', locale: 'zh-CN' });
    await stage.slack.as('U0BEN').command('C0DATA', '/vpc-endpoint', 'help');
    expect(await whispered(stage, 'U0BEN')).toContain('没有安装这个机器人');
    expect(stage.slack.log.calls).toEqual([]);
  });
});
