/** Each switch, played the other way. */
import { describe, expect, it } from 'vitest';
import type { Json, Message, View } from '../../../sandbox/slack/model.ts';
import { asJson } from '../../../sandbox/slack/model.ts';
import { SLACK_SWITCHES, slackSwitches } from '../../../sandbox/slack/switches.ts';
import type { Stage } from './stage.ts';
import { button, input, modal, option, section, setStage } from './stage.ts';

const metadata = { event_type: 'vpc_endpoint_request', event_payload: { request_id: 'req_1' } };
const actions: Json = { type: 'actions', elements: [button('approve')] };
const channelMenu = { type: 'conversations_select', response_url_enabled: true };
const form = modal('form', [
  input('instance', { type: 'external_select' }),
  input('reason', { type: 'plain_text_input', initial_value: 'at first' }),
  input('channel', channelMenu, { optional: true }),
]);

async function openForm(stage: Stage, user = 'U0ANN'): Promise<View> {
  await stage.slack.as(user).command('C0APPROVALS', '/vpc-endpoint');
  await stage.api('views.open', { trigger_id: stage.bot.last().trigger_id, view: form });
  return stage.slack.as(user).waitForView('form');
}

async function postCard(stage: Stage): Promise<Message> {
  await stage.api('chat.postMessage', { channel: 'C0APPROVALS', text: 'card', blocks: [actions], metadata });
  const [card] = stage.slack.as('U0BEN').sees('C0APPROVALS');
  if (!card) throw new Error('no card');
  return card;
}

describe('the switches', () => {
  it('stand at their first value unless told otherwise', () => {
    const usual = slackSwitches();
    expect(Object.keys(usual)).toEqual(Object.keys(SLACK_SWITCHES));
    for (const [name, values] of Object.entries(SLACK_SWITCHES)) {
      expect(new Set<unknown>(values).size, name).toBeGreaterThan(1);
      expect(usual).toMatchObject({ [name]: values[0] });
    }
    expect(slackSwitches({ minQueryLength: 1 })).toEqual({ ...usual, minQueryLength: 1 });
  });
});

describe('a search', () => {
  async function searched(stage: Stage): Promise<Json> {
    stage.bot.answer((payload) => (payload.type === 'block_suggestion' ? { body: { options: [option('es')] } } : {}));
    const view = await openForm(stage);
    await stage.slack.as('U0ANN').type(view, 'reason', 'by now');
    await stage.slack.as('U0ANN').search(view, 'instance', 'es-');
    expect(stage.bot.last()).toMatchObject({ type: 'block_suggestion', value: 'es-' });
    return stage.bot.last();
  }
  const reasonIn = (payload: Json) => asJson(asJson(asJson(asJson(payload.view).state).values).reason).reason;

  it('brings the state as it was when the view opened, as it is now, or none', async () => {
    const stage = await setStage();
    expect(reasonIn(await searched(stage))).toMatchObject({ value: 'at first' });
    stage.slack.switches.suggestionState = 'current';
    expect(reasonIn(await searched(stage))).toMatchObject({ value: 'by now' });
    stage.slack.switches.suggestionState = 'absent';
    expect((await searched(stage)).view).not.toHaveProperty('state');
  });

  it('may come without a container', async () => {
    const stage = await setStage();
    expect(await searched(stage)).toMatchObject({ container: { type: 'view' } });
    stage.slack.switches.suggestionContainer = 'absent';
    expect(await searched(stage)).not.toHaveProperty('container');
  });

  it('waits for three characters when the menu does not say, or for one', async () => {
    const stage = await setStage();
    const view = await openForm(stage);
    const heard = stage.bot.received.length;
    await stage.slack.as('U0ANN').search(view, 'instance', 'es');
    expect(stage.bot.received).toHaveLength(heard);
    stage.slack.switches.minQueryLength = 1;
    await stage.slack.as('U0ANN').search(view, 'instance', 'e');
    expect(stage.bot.last()).toMatchObject({ value: 'e' });
  });
});

describe('a click', () => {
  it('may come without state, metadata or enterprise', async () => {
    const stage = await setStage();
    const card = await postCard(stage);
    await stage.slack.as('U0BEN').click(card, 'approve');
    expect(stage.bot.last()).toMatchObject({ enterprise: null, state: { values: {} }, message: { metadata } });
    Object.assign(stage.slack.switches, { messageState: 'absent', messageMetadata: 'absent', enterprise: 'absent' });
    await stage.slack.as('U0BEN').click(card, 'approve');
    expect(stage.bot.last()).not.toHaveProperty('state');
    expect(stage.bot.last()).not.toHaveProperty('enterprise');
    expect(stage.bot.last().message).not.toHaveProperty('metadata');
  });

  it('in an ephemeral message may bring the message', async () => {
    const stage = await setStage({ switches: { ephemeralMessage: 'present' } });
    await stage.api('chat.postEphemeral', { channel: 'C0DATA', user: 'U0ANN', text: 'x', blocks: [actions] });
    const [message] = stage.slack.as('U0ANN').ephemerals();
    if (!message) throw new Error('no ephemeral');
    await stage.slack.as('U0ANN').click(message, 'approve');
    expect(stage.bot.last()).toMatchObject({ container: { is_ephemeral: true }, message: { text: 'x' } });
  });

  it('of somebody from another workspace names their own workspace, or none', async () => {
    const stage = await setStage();
    const card = await postCard(stage);
    await stage.slack.as('U0EVE').click(card, 'approve');
    expect(stage.bot.last()).toMatchObject({ team: { id: 'T0ACME' }, user: { id: 'U0EVE', team_id: 'T0OTHER' } });
    stage.slack.switches.strangerTeam = 'absent';
    await stage.slack.as('U0EVE').click(card, 'approve');
    expect(stage.bot.last().user).not.toHaveProperty('team_id');
    await stage.slack.as('U0BEN').click(card, 'approve');
    expect(stage.bot.last()).toMatchObject({ user: { team_id: 'T0ACME' } });
  });
});

describe('a submit', () => {
  it('may come without response URLs and without the owner of the view', async () => {
    const stage = await setStage();
    const submitted = async (): Promise<Json> => {
      const view = await openForm(stage);
      const ann = stage.slack.as('U0ANN');
      await ann.pick(view, 'instance', option('es-cn-1') as never);
      await ann.choose(view, 'channel', 'C0DATA');
      await ann.submit(view);
      return stage.bot.last();
    };
    expect(await submitted()).toMatchObject({
      response_urls: [{ block_id: 'channel', channel_id: 'C0DATA' }],
      view: { bot_id: 'B0BOT', app_installed_team_id: 'T0ACME' },
    });
    Object.assign(stage.slack.switches, { chosenConversationUrl: 'absent', viewOwner: 'absent' });
    const bare = await submitted();
    expect(bare.response_urls).toEqual([]);
    expect(bare.view).not.toHaveProperty('bot_id');
    expect(bare.view).not.toHaveProperty('app_installed_team_id');
  });
});

describe('the Web API', () => {
  it('auth.test may leave out the url and the bot_id', async () => {
    const { api, slack } = await setStage();
    expect(await api('auth.test')).toMatchObject({ url: 'https://acme.slack.com/', bot_id: 'B0BOT' });
    Object.assign(slack.switches, { authTestUrl: 'absent', authTestBotId: 'absent' });
    const bare = await api('auth.test');
    expect(bare).toMatchObject({ ok: true, team_id: 'T0ACME', user_id: 'U0BOT' });
    expect(bare).not.toHaveProperty('url');
    expect(bare).not.toHaveProperty('bot_id');
  });

  it('chat.update with text alone takes the blocks away, or keeps them', async () => {
    const stage = await setStage();
    const { ts } = await stage.api('chat.postMessage', { channel: 'C0DATA', text: 'a', blocks: [section('a & b')] });
    const message = stage.slack.workspace.findMessage('C0DATA', String(ts));
    stage.slack.switches.updateWithTextAlone = 'keeps_blocks';
    await stage.api('chat.update', { channel: 'C0DATA', ts, text: 'b' });
    expect(message).toMatchObject({ text: 'b', blocks: [{ text: { text: 'a &amp; b' } }] });
    stage.slack.switches.updateWithTextAlone = 'drops_blocks';
    await stage.api('chat.update', { channel: 'C0DATA', ts, text: 'c' });
    expect(message).toMatchObject({ text: 'c', blocks: [] });
  });

  it('users.info may tell more of a deleted user, and less of a stranger', async () => {
    const { api, slack } = await setStage();
    const told = async (user: string): Promise<Json> => asJson((await api('users.info', { user })).user);
    expect(await told('U0OLD')).not.toHaveProperty('is_restricted');
    expect(await told('U0EVE')).toMatchObject({ is_stranger: true });
    Object.assign(slack.switches, { deletedUser: 'all_fields', stranger: 'unflagged' });
    expect(await told('U0OLD')).toMatchObject({ deleted: true, is_restricted: false });
    expect(await told('U0EVE')).toMatchObject({ team_id: 'T0OTHER' });
    expect(await told('U0EVE')).not.toHaveProperty('is_stranger');
    slack.switches.stranger = 'not_found';
    expect(await api('users.info', { user: 'U0EVE' })).toMatchObject({ error: 'user_not_found' });
    const { members } = await api('users.list');
    expect(members).not.toContainEqual(expect.objectContaining({ id: 'U0EVE' }));
  });

  it('a response URL that is used up may refuse with 200', async () => {
    const { slack, bot, advance } = await setStage();
    await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint');
    advance(31 * 60_000);
    const use = () => fetch(String(bot.last().response_url), { method: 'POST', body: '{"text":"x"}' });
    expect((await use()).status).toBe(404);
    slack.switches.spentResponseUrl = 'ok_false';
    const answer = await use();
    expect([answer.status, await answer.json()]).toEqual([200, { ok: false, error: 'expired_url' }]);
  });
});
