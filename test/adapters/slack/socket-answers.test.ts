/** Answers over a socket: one for each delivery, whatever the listener and the connection do. */
import { describe, expect, it } from 'vitest';
import { gate, setSocketStage } from './socket-stage.ts';

describe('an answer', () => {
  it('goes back with what the listener says', async () => {
    const { connect, type } = await setSocketStage();
    await connect();
    expect(await type('hello')).toMatchObject({ ok: true, body: '{"text":"hello"}' });
  });

  it('is given once', async () => {
    const stage = await setSocketStage();
    await stage.connect();
    stage.onCommand = async (ack) => {
      await ack('first');
      await ack('second');
    };
    expect(await stage.type('')).toMatchObject({ body: '{"text":"first"}' });
    expect(await stage.type('')).toMatchObject({ body: '{"text":"first"}' });
    expect(stage.slack.log.protocolErrors).toEqual([]);
  });

  it('is given again when Slack asks again, and nothing is done twice', async () => {
    const { slack, connect, type, heard, logged } = await setSocketStage();
    await connect();
    await type('once');
    const [envelope] = slack.sockets.envelopes;
    if (envelope === undefined) throw new Error('no envelope');
    expect(await slack.sockets.redeliver(envelope)).toBe(true);
    slack.sockets.disconnect('warning');
    await slack.waitFor(() => slack.sockets.openedSoFar === 2);
    expect(await slack.sockets.redeliver(envelope)).toBe(true);
    expect(heard).toEqual(['once']);
    expect(logged('delivered again')).toHaveLength(2);
  });

  it('is one for both when Slack asks again meanwhile', async () => {
    const stage = await setSocketStage();
    const { slack } = stage;
    await stage.connect();
    const { opened, open } = gate();
    stage.onCommand = async (ack) => {
      await opened;
      await ack('done');
    };
    const typed = stage.type('once');
    const envelope = await slack.waitFor(() => slack.sockets.envelopes.at(-1) ?? stage.heard.at(-1));
    if (typeof envelope === 'string') throw new Error('no envelope');
    const again = slack.sockets.redeliver(envelope);
    open();
    expect(await typed).toMatchObject({ ok: true });
    expect(await again).toBe(true);
    expect(stage.heard).toEqual(['once']);
  });

  it('is not given by a listener that breaks, and another try runs it again', async () => {
    const stage = await setSocketStage({ ackDeadlineMs: 250 });
    const { slack } = stage;
    await stage.connect();
    stage.onCommand = () => Promise.reject(new Error('broken'));
    expect(await stage.type('x')).toMatchObject({ ok: false, problem: 'operation_timeout' });
    expect(stage.logged('a request from Slack failed')).toHaveLength(1);
    stage.onCommand = (ack) => ack();
    const [envelope] = slack.sockets.envelopes;
    if (envelope === undefined) throw new Error('no envelope');
    expect(await slack.sockets.redeliver(envelope)).toBe(true);
    expect(stage.heard).toEqual(['x', 'x']);
  });

  it('that takes too long is in the log', async () => {
    const stage = await setSocketStage({ ackMs: 20 });
    await stage.connect();
    const { opened, open } = gate();
    stage.onCommand = async (ack) => {
      await opened;
      await ack();
    };
    const typed = stage.type('slow');
    await stage.slack.waitFor(() => stage.heard.length === 1 || stage.slack.sockets.envelopes.length === 1);
    await expect.poll(() => stage.logged('not acknowledged in time').length).toBe(1);
    open();
    expect(await typed).toMatchObject({ ok: true });
  });

  it('that is lost with its connection is in the log, and the listener goes on', async () => {
    const stage = await setSocketStage();
    const { slack } = stage;
    await stage.connect();
    const { opened, open } = gate();
    const done = gate();
    stage.onCommand = async (ack) => {
      await opened;
      await ack();
      done.open();
    };
    const typed = stage.type('x');
    await expect.poll(() => stage.heard.length).toBe(1);
    slack.sockets.cut();
    expect(await typed).toMatchObject({ ok: false });
    await expect.poll(() => slack.sockets.openedSoFar).toBe(2);
    open();
    await done.opened;
    expect(stage.logged('lost with its connection')).toHaveLength(1);
  });
});
