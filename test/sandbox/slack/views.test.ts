import { describe, expect, it } from 'vitest';
import type { Json, Option, View } from '../../../sandbox/slack/model.ts';
import type { Stage } from './stage.ts';
import { button, input, modal, option, setStage } from './stage.ts';

const typing = { type: 'plain_text_input' };
const searched = { type: 'external_select', min_query_length: 0 };
const actions = (...elements: Json[]): Json => ({ type: 'actions', block_id: 'buttons', elements });

/** A command, and with its trigger a modal. */
async function openModal(stage: Stage, view: Json): Promise<View> {
  await stage.slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'create');
  const opened = await stage.api('views.open', { trigger_id: stage.bot.last().trigger_id, view });
  expect(opened).toMatchObject({ ok: true });
  return stage.slack.as('U0ANN').waitForView(String(view.callback_id));
}

describe('views', () => {
  it('what is filled in from the start counts; what is missing is refused before the bot hears of it', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const radio = {
      type: 'radio_buttons',
      options: [option('create'), option('precheck')],
      initial_option: option('create'),
    };
    const view = await openModal(
      stage,
      modal('create_endpoint', [
        input('mode', radio),
        input('reason', typing),
        input('note', typing, { optional: true }),
        input('channel', { type: 'conversations_select', default_to_current_conversation: true }),
      ]),
    );
    const before = stage.bot.received.length;
    expect(await ann.submit(view)).toEqual({
      outcome: 'incomplete',
      errors: { reason: 'Please complete this required field.' },
    });
    expect(stage.bot.received).toHaveLength(before);
    await ann.type(view, 'reason', 'a pipeline');
    await ann.choose(view, 'mode', 'precheck');
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
    expect(stage.bot.last()).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0ANN', username: 'ann', team_id: 'T0ACME' },
      view: {
        callback_id: 'create_endpoint',
        state: {
          values: {
            mode: { mode: { type: 'radio_buttons', selected_option: { value: 'precheck' } } },
            reason: { reason: { type: 'plain_text_input', value: 'a pipeline' } },
            note: { note: { value: null } },
            channel: { channel: { selected_conversation: 'C0DATA' } },
          },
        },
      },
    });
    expect(ann.views()).toEqual([]);
  });

  it('a suggestion carries the state of when the view was opened, not the later picks', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const options = [option('es-cn-1'), option('es-cn-2')];
    stage.bot.answer((payload) => (payload.type === 'block_suggestion' ? { body: { options } } : {}));
    const view = await openModal(
      stage,
      modal('c', [
        input('instance', { ...searched, initial_option: option('es-cn-0') }, { dispatch_action: true }),
        input('service', { ...searched, min_query_length: 3 }),
      ]),
    );
    await ann.pick(view, 'instance', 'es-cn-2');
    expect(stage.bot.last()).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: view.id },
      actions: [
        { action_id: 'instance', block_id: 'instance', type: 'external_select', selected_option: { value: 'es-cn-2' } },
      ],
      view: { state: { values: { instance: { instance: { selected_option: { value: 'es-cn-2' } } } } } },
    });
    await ann.search(view, 'service', 'epsrv');
    expect(stage.bot.last()).toMatchObject({
      type: 'block_suggestion',
      block_id: 'service',
      value: 'epsrv',
      view: { state: { values: { instance: { instance: { selected_option: { value: 'es-cn-0' } } } } } },
    });
    const heard = stage.bot.received.length;
    expect(await ann.search(view, 'service', 'ep')).toEqual([]);
    expect(stage.bot.received).toHaveLength(heard);
    await expect(ann.pick(view, 'instance', 'es-cn-9')).rejects.toThrow(
      'es-cn-9 is not offered; offered: es-cn-1, es-cn-2',
    );
    await ann.pick(view, 'service', { text: { type: 'plain_text', text: 'typed' }, value: 'typed' } as Option);
    expect(await ann.submit(view)).toEqual({ outcome: 'closed' });
  });

  it('options that Slack would not show are a protocol error', async () => {
    const stage = await setStage();
    const view = await openModal(stage, modal('c', [input('instance', searched)]));
    stage.bot.answer(() => ({ body: { options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) } }));
    expect(await stage.slack.as('U0ANN').search(view, 'instance', '')).toEqual([]);
    expect(stage.slack.log.protocolErrors).toEqual([expect.stringContaining('no more than 100 items allowed')]);
  });

  it('a submit is answered with errors, an update, a push, a clear', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const answers: Json[] = [
      { response_action: 'errors', errors: { reason: 'Too short' } },
      { response_action: 'errors', errors: { elsewhere: 'x' } },
      { response_action: 'update', view: modal('second', [input('reason', typing)]) },
      { response_action: 'push', view: modal('third', []) },
      { response_action: 'clear' },
    ];
    stage.bot.answer((payload) => (payload.type === 'view_submission' ? { body: answers.shift() } : {}));
    const view = await openModal(stage, modal('first', [input('reason', typing)]));
    await ann.type(view, 'reason', 'why');
    expect(await ann.submit(view)).toEqual({ outcome: 'errors', errors: { reason: 'Too short' } });
    expect(ann.errors(view)).toEqual([{ label: 'reason', error: 'Too short' }]);
    expect(await ann.submit(view)).toEqual({ outcome: 'failed', problem: 'protocol_error' });
    expect(ann.notices()).toEqual(['We had some trouble connecting. Try again?']);
    expect(await ann.submit(view)).toMatchObject({ outcome: 'updated', view: { callback_id: 'second' } });
    // The same block_id and action_id keep what was typed.
    const pushed = await ann.submit(view);
    if (pushed.outcome !== 'pushed') throw new Error(pushed.outcome);
    expect(pushed.view).toMatchObject({ callback_id: 'third', root_view_id: view.id, previous_view_id: view.id });
    expect(ann.views().map((one) => one.callback_id)).toEqual(['second', 'third']);
    expect(await ann.submit(pushed.view)).toEqual({ outcome: 'closed' });
    expect(ann.views()).toEqual([]);
  });

  it('an external_id names one open view, also in the answer to a submit', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const view = await openModal(stage, modal('first', [], { external_id: 'mine' }));
    stage.bot.answer(() => ({
      body: { response_action: 'push', view: modal('second', [], { external_id: 'mine' }) },
    }));
    expect(await ann.submit(view)).toEqual({ outcome: 'failed', problem: 'protocol_error' });
    expect(stage.slack.log.protocolErrors).toEqual(['view_submission first: duplicate_external_id']);
    stage.bot.answer(() => ({
      body: { response_action: 'update', view: modal('second', [], { external_id: 'mine' }) },
    }));
    expect(await ann.submit(view)).toMatchObject({ outcome: 'updated' });
  });

  it('an answer with a view that Slack would refuse leaves the person with a warning', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const view = await openModal(stage, modal('first', []));
    stage.bot.answer(() => ({ body: { response_action: 'push', view: modal('x'.repeat(256), []) } }));
    expect(await ann.submit(view)).toEqual({ outcome: 'failed', problem: 'protocol_error' });
    expect(ann.views()).toHaveLength(1);
    for (const name of ['second', 'third']) {
      stage.bot.answer(() => ({ body: { response_action: 'push', view: modal(name, []) } }));
      expect(await ann.submit(ann.views().at(-1) ?? view)).toMatchObject({ outcome: 'pushed' });
    }
    expect(await ann.submit(ann.views().at(-1) ?? view)).toEqual({ outcome: 'failed', problem: 'protocol_error' });
    expect(stage.slack.log.protocolErrors.at(-1)).toBe('view_submission third: push_limit_reached');
  });

  it('an update needs the right hash and an open view, and keeps what was filled in', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const view = await openModal(stage, modal('c', [input('reason', typing)], { external_id: 'mine' }));
    await ann.type(view, 'reason', 'kept');
    const { hash } = view;
    const renewed = modal('c', [
      input('reason', { ...typing, initial_value: 'new' }),
      input('more', { ...typing, initial_value: 'new' }),
    ]);
    expect(await stage.api('views.update', { external_id: 'mine', hash, view: renewed })).toMatchObject({
      view: { state: { values: { reason: { reason: { value: 'kept' } }, more: { more: { value: 'new' } } } } },
    });
    expect(await stage.api('views.update', { view_id: view.id, hash, view: renewed })).toMatchObject({
      error: 'hash_conflict',
    });
    await ann.close(view);
    expect(await stage.api('views.update', { view_id: view.id, view: renewed })).toMatchObject({ error: 'not_found' });
  });

  it('a stack holds three, and closing tells those who asked', async () => {
    const stage = await setStage();
    const ann = stage.slack.as('U0ANN');
    const page = (n: number): Json => modal(`page${n}`, [actions(button('next'))], { notify_on_close: true });
    let view = await openModal(stage, page(1));
    for (const n of [2, 3, 4]) {
      await ann.click(view, 'next');
      const pushed = await stage.api('views.push', { trigger_id: stage.bot.last().trigger_id, view: page(n) });
      expect(pushed).toMatchObject(n < 4 ? { ok: true } : { error: 'push_limit_reached' });
      view = ann.views().at(-1) ?? view;
    }
    await ann.close(view);
    expect(stage.bot.last()).toMatchObject({ type: 'view_closed', is_cleared: false, view: { callback_id: 'page3' } });
    expect(ann.views().map((one) => one.callback_id)).toEqual(['page1', 'page2']);
    await ann.close(view.id === ann.views()[1]?.id ? view : { id: ann.views()[1]?.id ?? '' }, { all: true });
    expect(ann.views()).toEqual([]);
  });

  it('a conversation menu lists what the person can see and the filter lets through', async () => {
    const stage = await setStage();
    const menu = { type: 'conversations_select', filter: { include: ['public'] } };
    const view = await openModal(stage, modal('c', [input('channel', menu)]));
    const ann = stage.slack.as('U0ANN');
    await expect(ann.choose(view, 'channel', 'C0VAULT')).rejects.toThrow("ann can't see it");
    await expect(ann.choose(view, 'channel', 'C0SECRET')).rejects.toThrow('the filter leaves out private ones');
    await ann.choose(view, 'channel', '#random');
    expect(view.values.channel?.channel).toMatchObject({ selected_conversation: 'C0RANDOM' });
  });

  it('Home', async () => {
    const { slack, bot, api } = await setStage();
    const ann = slack.as('U0ANN');
    await ann.openHome();
    expect(bot.last()).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user: 'U0ANN', tab: 'home' },
    });
    const view = { type: 'home', blocks: [actions(button('pending'))] };
    expect(await api('views.publish', { user_id: 'U0ANN', view })).toMatchObject({ ok: true });
    expect(await api('views.publish', { user_id: 'U0ANN', view, hash: 'old' })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await api('views.publish', { user_id: 'U0ANN', view: modal('m', []) })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await api('views.publish', { user_id: 'U0NOBODY', view })).toMatchObject({ error: 'user_not_found' });
    await ann.openHome();
    expect(bot.last()).toMatchObject({ event: { view: { type: 'home', blocks: view.blocks } } });
    const home = ann.home();
    if (!home) throw new Error('no Home');
    await ann.click(home, 'pending');
    expect(bot.last()).toMatchObject({
      type: 'block_actions',
      view: { type: 'home' },
      actions: [{ action_id: 'pending' }],
    });
  });
});
