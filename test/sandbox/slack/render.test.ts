import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../sandbox/slack/describe-workspace.ts';
import type { Json } from '../../../sandbox/slack/model.ts';
import { renderMessage, renderView } from '../../../sandbox/slack/render/render-text.ts';
import { button, input, modal, mrkdwn, option, plain, section, setStage } from './stage.ts';

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
