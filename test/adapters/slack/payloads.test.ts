/** Payloads with less than Slack usually sends: what names the person and the button is enough. */
import { describe, expect, it } from 'vitest';
import { judgeEvent, judgeInteraction } from '../../../src/adapters/slack/payloads/body.ts';
import { readClick } from '../../../src/adapters/slack/payloads/click.ts';
import { formIn } from '../../../src/adapters/slack/payloads/form-values.ts';
import { readClickMetadata, readCreateMetadata } from '../../../src/adapters/slack/payloads/metadata.ts';
import { readPick } from '../../../src/adapters/slack/payloads/pick.ts';
import { readSubmission } from '../../../src/adapters/slack/payloads/submission.ts';
import { readSuggestion } from '../../../src/adapters/slack/payloads/suggestion.ts';
import { ID } from '../../support/samples.ts';

const VALUE = `${ID}:1`;
const ACTION = { action_id: 'approve', block_id: 'b', action_ts: '1.1', value: VALUE };
const CLICK = { user: { id: 'U0BEN' }, trigger_id: '1.2.3', actions: [ACTION] };
const MESSAGE = { ts: '17.1', metadata: { event_type: 'vpc_endpoint_request', event_payload: { request_id: ID } } };

describe('a click', () => {
  it.each<[string, object]>([
    ['no container, channel, message or response URL', {}],
    ['nulls instead of them', { container: null, channel: null, message: null, response_url: null }],
    ['a message of nulls', { channel: { id: 'C1' }, message: { ts: '1.1', thread_ts: null, metadata: null } }],
    ['shapes of tomorrow', { container: 7, channel: 'C1', message: [], response_url: {} }],
  ])('with %s still names the person and the button', (_what, rest) => {
    expect(readClick({ ...CLICK, ...rest })).toMatchObject({
      user: 'U0BEN',
      actionId: 'approve',
      value: { id: ID, revision: 1 },
    });
  });

  it('is the same when it is delivered again, and another for anybody or anything else', () => {
    const id = (body: object) => readClick(body).commandId;
    const bare = { ...CLICK, actions: [{ action_id: 'approve', value: VALUE }] };
    expect(id({ ...CLICK })).toBe(id({ ...CLICK }));
    const others = [
      CLICK,
      bare,
      { ...bare, user: { id: 'U0CAT' } },
      { ...bare, actions: [{ action_id: 'cancel', value: VALUE }] },
      { ...bare, actions: [{ action_id: 'approve', value: `${ID}:2` }] },
      { ...bare, trigger_id: '1.2.4' },
    ];
    expect(new Set(others.map(id)).size).toBe(others.length);
  });

  it('proves where the card is, and takes no other message for it', () => {
    const card = (rest: object) => readClick({ ...CLICK, ...rest }).card;
    const here = { channel: { id: 'C1' }, message: MESSAGE };
    expect(card(here)).toEqual({ channel: 'C1', ts: '17.1' });
    expect(card({ ...here, message: { ts: '17.1' } })).toEqual({ channel: 'C1', ts: '17.1' });
    expect(card({ ...here, message: { ts: '17.2', thread_ts: '17.1' } })).toBeUndefined();
    expect(card({ channel: { id: 'D1' }, message: { ts: '17.1' } })).toBeUndefined();
    expect(card({ ...here, container: { is_ephemeral: true } })).toBeUndefined();
    const other = { ...MESSAGE, metadata: { event_type: 'vpc_endpoint_message', event_payload: { request_id: ID } } };
    expect(card({ ...here, message: other })).toBeUndefined();
  });
});

describe('a form', () => {
  const values = { reason: { reason: { type: 'plain_text_input', value: 'alerts' } } };

  it('without blocks still brings what was filled in', () => {
    const submission = readSubmission({ user: { id: 'U0ANN' }, view: { id: 'V1', state: { values } } });
    expect(submission).toMatchObject({ user: 'U0ANN', viewId: 'V1', firstField: 'reason' });
  });

  it('posts the result where the command was typed, unless it says otherwise', () => {
    expect(formIn(values, 'C0DATA').channel).toBe('C0DATA');
    const emptied = { ...values, channel: { channel: { selected_conversation: null } } };
    expect(formIn(emptied, 'C0DATA').channel).toBeUndefined();
    expect(formIn(values, 'D0ANN').channel).toBeUndefined();
  });

  it('without a state still tells of a pick and of what it began with', () => {
    const actions = [{ action_id: 'service', selected_option: { value: 'epsrv-1' } }];
    const user = { id: 'U0ANN' };
    const pick = { user: 'U0ANN', viewId: 'V1', picked: { service: 'epsrv-1' } };
    expect(readPick({ user, view: { id: 'V1' }, actions })).toEqual(pick);
    const typed = { user: 'U0ANN', typed: 'x', viewId: 'V1', initially: {} };
    expect(readSuggestion({ user, value: 'x', view: { id: 'V1' } })).toEqual(typed);
    expect(readSuggestion({ user, value: null })).toMatchObject({ typed: '', viewId: undefined });
  });

  it('is no pick when it is a message', () => {
    expect(readPick({ user: { id: 'U0ANN' }, message: MESSAGE, actions: [{ action_id: 'service' }] })).toBeUndefined();
  });

  it('that this bot did not write brings no metadata', () => {
    const good = { request: ID, revision: 1 };
    expect(readClickMetadata(JSON.stringify(good))).toEqual(good);
    const changed: object[] = [
      ...[0, -1, 1.5, '1', 1e99, null].map((revision) => ({ ...good, revision })),
      ...['req_1', `${ID}x`, `../${ID}`, 7].map((request) => ({ ...good, request })),
      ...['C 1', 'C1\n', '../C1'].map((channel) => ({ ...good, channel })),
    ];
    for (const text of ['', 'null', '[]', '"x"', '{', ...changed.map((value) => JSON.stringify(value))]) {
      expect(readClickMetadata(text), text).toBeUndefined();
    }
    expect(readCreateMetadata('{"request":"req_1"}')).toBeUndefined();
  });
});

describe('a body', () => {
  const click = { type: 'block_actions', ...CLICK, team: { id: 'T1' } };
  const delivered = (payload: object) => {
    const judged = judgeInteraction(payload);
    return judged.kind === 'deliver' ? judged.body : judged.kind;
  };

  it('is delivered without what would make Bolt take it for something else, or use another token', () => {
    const odd = { event: { type: 'x' }, command: '/x', name: 'x', function_data: {}, bot_access_token: 'xoxb-1' };
    expect(delivered({ ...click, ...odd })).toEqual(click);
    expect(delivered({ ...click, channel: null, enterprise: null })).toEqual(click);
  });

  it('of a shortcut has no form in it, where Bolt would look for its name', () => {
    const shortcut = { type: 'shortcut', user: { id: 'U1' }, callback_id: 'create_endpoint', trigger_id: '1.2.3' };
    expect(delivered({ ...shortcut, view: false })).toEqual(shortcut);
  });

  it.each<[string, object]>([
    ['a number for a person', { user: { id: 7 } }],
    ['a path for a person', { user: { id: '../U1' } }],
    ['a line break in an id', { user: { id: 'U1\n' } }],
    ['an endless id', { user: { id: 'U'.repeat(65) } }],
    ['a team without an id', { team: {} }],
    ['no actions', { actions: [] }],
    ['a number for a trigger', { trigger_id: 7 }],
  ])('with %s makes no sense', (_what, change) => {
    expect(delivered({ ...click, ...change })).toBe('malformed');
  });

  it('nested too deeply makes no sense', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(delivered({ ...click, state: { deep } })).toBe('malformed');
  });

  it('cannot reach a prototype', () => {
    const forged = JSON.parse('{"type":"view_submission","__proto__":{"user":{"id":"U1"}}}') as object;
    expect(delivered(forged)).toBe('malformed');
  });

  it('with an event that Bolt would stumble over makes no sense, and one that waits for a listener is not handed on', () => {
    const judged = (event: object) => judgeEvent({ type: 'event_callback', team_id: 'T1', event }).kind;
    expect(judged({ type: 'x', item: null, user: null })).toBe('deliver');
    for (const odd of [{ item: 'x' }, { subteam: 'x' }, { user: 7 }, { channel: 7 }]) {
      expect(judged({ type: 'x', ...odd })).toBe('malformed');
    }
    expect(judged({ type: 'function_executed' })).toBe('nothing');
  });
});
