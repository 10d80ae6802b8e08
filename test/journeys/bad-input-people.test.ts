/** Guests, bots, strangers and leavers at every place where something can be typed, clicked, searched or submitted. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_INSTANCES } from '../../sandbox/alibaba-cloud/sample-cloud.ts';
import { fillIn, textOf } from '../../sandbox/journey.ts';
import type { Json } from '../../sandbox/slack/model.ts';
import { BOT_USER } from '../../sandbox/slack/sample-workspace.ts';
import { changingNothing } from '../support/quiet.ts';
import { stageOfFile } from '../support/stage-of-file.ts';
import { Story } from '../support/story.ts';

const OUTSIDERS = [
  ['a guest', 'U0GUS', 'C0DATA', 'Slack knows you as a guest'],
  ['a stranger', 'U0EVE', 'C0APPROVALS', 'somebody of another workspace'],
  ['a leaver', 'U0OLD', 'C0DATA', 'deactivated'],
  ['a bot', BOT_USER, 'C0DATA', 'came from a bot'],
] as const;

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  const here = stageOfFile({ transport });

  /** The payload of a form that Ann has open, as if somebody else had sent it. */
  async function forged(who: string, type: string, more: Json = {}): Promise<Json> {
    const { person, view } = await fillIn(here.slack);
    // The zones are asked for when a form opens.
    await person.search(view, 'zone', '');
    await person.close(view);
    const { id, callback_id, private_metadata, blocks, values } = view;
    return {
      type,
      user: { id: who },
      team: { id: 'T0ACME' },
      view: { id, callback_id, private_metadata, blocks, state: { values } },
      ...more,
    };
  }

  it.each(OUTSIDERS)('%s who asks is told so, and no form opens', async (_what, who, where, words) => {
    const person = here.slack.as(who);
    const { whispers, logged } = await changingNothing(here, async () => {
      await person.command(where, '/vpc-endpoint', `create ${SAMPLE_INSTANCES.orders}`);
      await here.slack.waitFor(() => person.ephemerals(where).length > 0, { what: 'an answer' });
    });
    expect(whispers.map(textOf).join()).toContain(words);
    expect(whispers.map(textOf).join()).not.toContain('orders-production');
    expect(person.views()).toEqual([]);
    await logged(({ user, standing }) => user === who && standing !== undefined);
  });

  it.each(OUTSIDERS)('%s who searches is shown nothing', async (_what, who) => {
    for (const list of ['instance', 'service', 'zone']) {
      const payload = await forged(who, 'block_suggestion', { action_id: list, block_id: list, value: '' });
      const { logged } = await changingNothing(here, async () => {
        expect(await here.slack.deliverInteraction(payload)).toMatchObject({ ok: true, body: '{"options":[]}' });
        const exact = { ...payload, value: SAMPLE_INSTANCES.orders };
        expect(await here.slack.deliverInteraction(exact)).toMatchObject({ ok: true, body: '{"options":[]}' });
      });
      await logged(({ user, standing }) => user === who && standing !== undefined);
    }
  });

  it('somebody whom Slack does not name in time is offered what they typed, and no names', async () => {
    const { slack } = here;
    const payload = await forged('U0DAN', 'block_suggestion', { action_id: 'instance', value: 'orders' });
    const hanging = slack.faults.add({ method: 'users.info', kind: 'hang', times: 9 });
    const { body } = await slack.deliverInteraction(payload);
    expect(body).toContain('"value":"orders"');
    expect(body).not.toContain('orders-production');
    hanging.remove();
  });

  it('people of another workspace are told that it is not installed there', async () => {
    const payload = await forged('U9ELSE', 'view_submission', { team: { id: 'T9ELSE' } });
    const elsewhere = [payload, { ...payload, team: null, is_enterprise_install: true, enterprise: { id: 'E9ELSE' } }];
    for (const body of elsewhere) {
      const { logged } = await changingNothing(here, async () => {
        expect((await here.slack.deliverInteraction(body)).body).toContain('not installed for your workspace');
      });
      await logged(({ msg }) => String(msg).includes('not installed'));
    }
  });

  it.each(OUTSIDERS)('%s who clicks is told so, and no form opens', async (_what, who, where, words) => {
    const { slack } = here;
    const story = new Story(here);
    const card = await story.askForCard();
    await story.hears('U0ANN', 'Open the card');
    const before = JSON.stringify(card);
    for (const action of ['approve', 'reject', 'edit', 'cancel', 'retry', 'choose_endpoint']) {
      const element = {
        type: 'button',
        action_id: action,
        text: { type: 'plain_text', text: 'x' },
        value: `${story.id}:1`,
      };
      const blocks = [{ type: 'actions', block_id: 'b', elements: [element] }];
      const message = slack.workspace.post({ channel: where, user: BOT_USER, text: 'forged', blocks });
      const heard = slack.as(who).ephemerals().length;
      expect(await slack.as(who).click(message, action)).toMatchObject({ ok: true });
      const answer = await slack.waitFor(() => slack.as(who).ephemerals()[heard], { what: `an answer to ${action}` });
      expect(textOf(answer)).toContain(words);
      expect(slack.as(who).views()).toEqual([]);
    }
    expect(JSON.stringify(card)).toBe(before);
    expect(story.creates()).toEqual([]);
    await slack.as('U0ANN').click(card, 'cancel');
    await story.cardSays('Cancelled');
  });

  it.each(OUTSIDERS)(
    '%s who submits a form of somebody else’s gets a refusal, and nothing is checked',
    async (_what, who, where, words) => {
      const { slack, cloud } = here;
      const story = new Story(here);
      const { person, view } = await fillIn(slack, story.wish);
      await person.close(view);
      story.id = (JSON.parse(view.private_metadata) as { request: string }).request;
      const { id, callback_id, blocks, values } = view;
      const private_metadata = JSON.stringify({ request: story.id, origin: where });
      const forgedView = { id, callback_id, private_metadata, blocks, state: { values } };
      const payload = { type: 'view_submission', user: { id: who }, team: { id: 'T0ACME' }, view: forgedView };
      const asked = cloud.calls.length;
      expect(await slack.deliverInteraction(payload)).toMatchObject({ ok: true });
      await story.hears(who, who === 'U0GUS' ? 'as a guest' : words);
      expect(story.cards()).toEqual([]);
      expect(cloud.calls.slice(asked).map(({ action }) => action)).not.toContain('CreateVpcEndpoint');
    },
  );

  it.each(['edit_request', 'reject_request', 'choose_endpoint'])(
    'a guest’s %s of a real request is refused',
    async (callback) => {
      const { slack } = here;
      const story = new Story(here);
      const card = await story.askForCard();
      const { person, view } = await fillIn(slack, story.wish);
      await person.close(view);
      const endpoint = { endpoint: { selected_option: { value: 'ep-1' } } };
      const private_metadata = JSON.stringify({ request: story.id, revision: 1, channel: 'C0DATA' });
      const forgedView = { id: view.id, callback_id: callback, private_metadata, blocks: view.blocks };
      const payload = {
        type: 'view_submission',
        user: { id: 'U0GUS' },
        team: { id: 'T0ACME' },
        view: { ...forgedView, state: { values: { ...view.values, endpoint } } },
      };
      expect(await slack.deliverInteraction(payload)).toMatchObject({ ok: true });
      await story.hears('U0GUS', 'Slack knows you as a guest');
      await slack.as('U0ANN').click(card, 'cancel');
      await story.cardSays('Cancelled');
      expect(story.creates()).toEqual([]);
    },
  );
});
