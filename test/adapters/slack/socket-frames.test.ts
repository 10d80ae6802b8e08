/** What comes over a socket: sense is handed on, nonsense is logged, and neither ends the process. */
import { describe, expect, it } from 'vitest';
import { judgeFrame } from '../../../src/adapters/slack/payloads/envelope.ts';
import { setSocketStage } from './socket-stage.ts';

const envelope = (type: string, payload: unknown, more: object = {}): string =>
  JSON.stringify({ type, envelope_id: 'e1', payload, ...more });
const click = { type: 'block_actions', user: { id: 'U1' }, actions: [{ type: 'button', action_id: 'approve' }] };

const NONSENSE = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '1',
  '{}',
  '{"type":null}',
  ...['slash_commands', 'interactive', 'events_api'].flatMap((type) => [
    `{"type":"${type}"}`,
    ...[undefined, null, [], 'x', 1, {}].map((payload) => envelope(type, payload)),
  ]),
  envelope('slash_commands', { command: '/x' }),
  envelope('interactive', { ...click, actions: [] }),
  envelope('interactive', { ...click, actions: [null] }),
  envelope('interactive', { ...click, user: null }),
  envelope('interactive', { type: 'view_submission', user: { id: 'U1' }, view: null }),
  envelope('events_api', { type: 'event_callback' }),
  envelope('events_api', { type: 'event_callback', event: null }),
  envelope('interactive', click, { envelope_id: '' }),
  envelope('interactive', click, { envelope_id: 7 }),
];

describe('a frame', () => {
  it.each(NONSENSE)('makes no sense: %s', (text) => {
    expect(judgeFrame(text)).toEqual({ kind: 'malformed' });
  });

  it('is a signal, a delivery, or nothing that is listened to', () => {
    expect(judgeFrame('{"type":"hello","num_connections":1}')).toEqual({ kind: 'hello' });
    expect(judgeFrame('{"type":"disconnect","reason":"warning"}')).toEqual({ kind: 'disconnect', reason: 'warning' });
    expect(judgeFrame('{"type":"disconnect","reason":[]}')).toEqual({ kind: 'disconnect', reason: 'unknown' });
    expect(judgeFrame(envelope('interactive', click, { retry_attempt: 1, retry_reason: 'timeout' }))).toEqual({
      kind: 'deliver',
      delivery: { id: 'e1', body: click, retryNum: 1, retryReason: 'timeout' },
    });
    expect(judgeFrame(envelope('interactive', { type: 'message_action' }))).toEqual({ kind: 'nothing', id: 'e1' });
    expect(judgeFrame(envelope('events_api', { type: 'app_rate_limited' }))).toEqual({ kind: 'nothing', id: 'e1' });
    expect(judgeFrame(envelope('from_the_future', null))).toEqual({ kind: 'nothing', id: 'e1' });
    expect(judgeFrame('{"type":"goodbye"}')).toEqual({ kind: 'nothing' });
  });
});

describe('the process', () => {
  it('logs nonsense, answers none of it, and lives on', async () => {
    const { slack, logged, connect, type, heard } = await setSocketStage();
    await connect();
    for (const text of NONSENSE) slack.sockets.sendRaw(text);
    expect(await type('still there')).toMatchObject({ ok: true });
    expect(logged('makes no sense')).toHaveLength(NONSENSE.length);
    expect(heard).toEqual(['still there']);
    expect(slack.log.protocolErrors).toEqual([]);
  });

  it('does not take an event’s type for a signal of the connection', async () => {
    const { slack, connect, type, heard } = await setSocketStage();
    const socket = await connect();
    const types = ['close', 'error', 'disconnected', 'ws_message', 'slack_event', 'hello'];
    for (const name of types) expect(await slack.deliverEvent({ type: name })).toMatchObject([{ ok: true }]);
    expect(await type('still there')).toMatchObject({ ok: true });
    expect(socket.problem()).toBeUndefined();
    expect(slack.sockets.openedSoFar).toBe(1);
    expect(heard).toHaveLength(types.length + 1);
  });

  it('does not hand on what Bolt would stumble over', async () => {
    const { slack, connect, type, logged, heard } = await setSocketStage();
    await connect();
    slack.sockets.sendRaw(envelope('events_api', { type: 'event_callback', event: { type: 'x', item: 'x' } }));
    expect(await type('still there')).toMatchObject({ ok: true });
    expect(logged('makes no sense')).toHaveLength(1);
    expect(heard).toEqual(['still there']);
  });

  it('says that it took what nothing listens to', async () => {
    const { slack, connect } = await setSocketStage();
    await connect();
    const unheard = { envelope_id: 'e1', type: 'interactive', payload: { type: 'message_action' } };
    expect(await slack.sockets.redeliver({ ...unheard, accepts_response_payload: false })).toBe(true);
  });
});
