/** Payloads with less than Slack usually sends: what names the person and the button is enough. */
import { describe, expect, it } from 'vitest';
import { readClick } from '../../../src/adapters/slack/payloads/click.ts';
import { formIn, readFormValues } from '../../../src/adapters/slack/payloads/form-values.ts';
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
    expect(formIn(readFormValues(values), 'C0DATA').channel).toBe('C0DATA');
    const emptied = { ...values, channel: { channel: { selected_conversation: null } } };
    expect(formIn(readFormValues(emptied), 'C0DATA').channel).toBeUndefined();
    expect(formIn(readFormValues(values), 'D0ANN').channel).toBeUndefined();
  });

  it('without a state still tells of a pick and of what it began with', () => {
    const actions = [{ action_id: 'service', selected_option: { value: 'epsrv-1' } }];
    expect(readPick({ view: { id: 'V1' }, actions })).toEqual({ viewId: 'V1', picked: { service: 'epsrv-1' } });
    expect(readSuggestion({ value: 'x', view: { id: 'V1' } })).toEqual({ typed: 'x', viewId: 'V1', initially: {} });
    expect(readSuggestion({ value: null })).toMatchObject({ typed: '', viewId: undefined });
  });
});
