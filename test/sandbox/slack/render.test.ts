import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../sandbox/slack/describe-workspace.ts';
import type { Json } from '../../../sandbox/slack/model.ts';
import { writtenDate } from '../../../sandbox/slack/render/date.ts';
import { renderMessage, renderView } from '../../../sandbox/slack/render/render-text.ts';
import { button, input, modal, mrkdwn, option, plain, section, setStage } from './stage.ts';

describe('a date', () => {
  const at = '1392734382';

  it.each([
    ['{date_num} {time_secs}', 'UTC', '2014-02-18 2:39:42 PM'],
    ['{date} at {time}', 'America/Los_Angeles', 'February 18th, 2014 at 6:39 AM'],
    ['{date_short} {time}', 'Asia/Shanghai', 'Feb 18, 2014 10:39 PM'],
    ['{date_long}', 'Asia/Tokyo', 'Tuesday, February 18th, 2014'],
    ['{date_short_pretty}', 'UTC', 'Feb 18, 2014'],
    ['{no_such_token}', 'UTC', 'back then'],
  ])('as %s in %s', (format, timeZone, said) => {
    expect(writtenDate(`!date^${at}^${format}|back then`, { timeZone })).toBe(said);
  });

  it.each([
    ['2014-02-18T20:00:00Z', 'UTC', 'today'],
    ['2014-02-18T20:00:00Z', 'Asia/Shanghai', 'yesterday'],
    ['2014-02-17T10:00:00Z', 'UTC', 'tomorrow'],
  ])('read on %s in %s is %s', (now, timeZone, said) => {
    expect(writtenDate(`!date^${at}^{date_pretty}|back then`, { timeZone }, Date.parse(now))).toBe(said);
  });

  it.each([
    ['{date_short} {time}', '2014年2月18日 22:39'],
    ['{date_long}', '2014年2月18日星期二'],
    ['{date_pretty}', '昨天'],
  ])('as %s for somebody who reads Chinese', (format, said) => {
    const reader = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' };
    expect(writtenDate(`!date^${at}^${format}|back then`, reader, Date.parse('2014-02-19T10:00:00Z'))).toBe(said);
  });

  it('that is none shows what was given for that case', () => {
    expect(writtenDate('!date^soon^{date}|back then')).toBe('back then');
  });
});

describe('as text', () => {
  it('a message', async () => {
    const { slack, api } = await setStage();
    const blocks: Json[] = [
      { type: 'header', text: plain('Create an endpoint') },
      section('*<@U0ANN>* asks in <#C0DATA> & waits for <!subteam^S0SRE> :hourglass: <https://x.y/z|the page>'),
      { type: 'section', fields: [mrkdwn('*Instance*\n`es-cn-1`'), mrkdwn('*Zone*\ncn-hangzhou-h')] },
      { type: 'divider' },
      { type: 'context', elements: [mrkdwn('req_1')] },
      {
        type: 'actions',
        elements: [button('approve', { text: plain('Approve') }), button('reject', { text: plain('Reject') })],
      },
    ];
    await api('chat.postMessage', { channel: 'C0DATA', text: 'x', blocks });
    const [message] = slack.as('U0ANN').sees('C0DATA');
    if (!message) throw new Error('no message');
    expect(renderMessage(message, namesOf(slack.workspace))).toEqual([
      'CREATE AN ENDPOINT',
      '*@ann* asks in #data-platform & waits for @sre ⌛ the page (https://x.y/z)',
      '*Instance* `es-cn-1`',
      '*Zone* cn-hangzhou-h',
      '────────',
      'req_1',
      '[ Approve ]  [ Reject ]',
    ]);
  });

  it('a modal, with what is filled in and what is wrong', async () => {
    const { slack, bot, api } = await setStage();
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint');
    const radio = {
      type: 'radio_buttons',
      options: [option('create'), option('precheck')],
      initial_option: option('create'),
    };
    const channel = { type: 'conversations_select', default_to_current_conversation: true };
    const reason = input(
      'reason',
      { type: 'plain_text_input', placeholder: plain('Why?') },
      { hint: plain('A sentence') },
    );
    const view = modal('m', [
      section('Hello'),
      input('mode', radio),
      reason,
      input('channel', channel, { optional: true }),
    ]);
    await api('views.open', { trigger_id: bot.last().trigger_id, view });
    const opened = await ann.waitForView('m');
    await ann.submit(opened);
    expect(renderView(opened, namesOf(slack.workspace))).toEqual([
      '┌ A modal',
      '│ Hello',
      '│ mode: (•) create  ( ) precheck',
      '│ reason: ‹Why?›',
      '│   (A sentence)',
      '│   ! Please complete this required field.',
      '│ channel (optional): #data-platform',
      '└ [ Cancel ]  [ Submit ]',
    ]);
  });
});
