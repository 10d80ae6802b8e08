/** The Home tab under the eyes of a person: read, changed while they look, and clicked. */
import { expect, it } from 'vitest';
import type { Json } from '../../../sandbox/slack/model.ts';
import { button, mrkdwn, section, setStage } from './stage.ts';

const home = (...blocks: Json[]): Json => ({ type: 'home', blocks });

it('is empty before anything was published', async () => {
  const { slack } = await setStage();
  expect(slack.as('U0ANN').home()).toBeUndefined();
  expect(slack.as('U0ANN').readHome()).toBe('');
});

it('tells the bot a second time when the first ack was lost on its way', async () => {
  const { slack } = await setStage();
  expect(await slack.as('U0ANN').openHome({ lostAcks: 1 })).toMatchObject([{ ok: true }, { ok: true }]);
  expect(slack.log.deliveries.map(({ kind, retryNum }) => [kind, retryNum])).toEqual([
    ['event', undefined],
    ['event', 1],
  ]);
});

it('changes while somebody looks at it, and only theirs', async () => {
  const { slack, api, bot } = await setStage();
  const [ann, ben] = [slack.as('U0ANN'), slack.as('U0BEN')];
  await ann.openHome();
  await api('views.publish', { user_id: 'U0ANN', view: home(section('*one*'), { type: 'divider' }) });
  expect(ann.readHome()).toBe('┌ Home\n│ *one*\n│ ────────\n└');
  const waited = ann.waitForHome((text) => text.includes('two'));
  const changed = home(section('two', { accessory: button('why') }), { type: 'context', elements: [mrkdwn('three')] });
  await api('views.publish', { user_id: 'U0ANN', view: changed });
  const view = await waited;
  expect(ann.readHome()).not.toContain('one');
  expect(ben.home()).toBeUndefined();

  await ann.click(view, 'why');
  expect(bot.last()).toMatchObject({
    type: 'block_actions',
    container: { type: 'view' },
    view: { type: 'home' },
    actions: [{ action_id: 'why' }],
  });
  expect(bot.last()).not.toHaveProperty('channel');
  expect(bot.last()).not.toHaveProperty('response_url');
});

it('opens a modal over itself, and says what was waited for in vain', async () => {
  const { slack, api, bot } = await setStage();
  const ann = slack.as('U0ANN');
  await api('views.publish', { user_id: 'U0ANN', view: home({ type: 'actions', elements: [button('new')] }) });
  const view = ann.home();
  if (view === undefined) throw new Error('no Home');
  await ann.click(view, 'new');
  const modal = { type: 'modal', callback_id: 'm', title: { type: 'plain_text', text: 'M' }, blocks: [section('x')] };
  expect(await api('views.open', { trigger_id: bot.last().trigger_id, view: modal })).toMatchObject({ ok: true });
  await ann.close(await ann.waitForView('m'));
  // Home is still there below it.
  await ann.click(view, 'new');
  await expect(ann.waitForHome(() => false, { timeoutMs: 1 })).rejects.toThrow('what the Home tab of ann is to read');
});
