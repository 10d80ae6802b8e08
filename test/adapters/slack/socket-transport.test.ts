/** Keeping a connection: from the first one, through everything that ends it, to a stop. */
import { describe, expect, it } from 'vitest';
import { gate, setSocketStage } from './socket-stage.ts';

const NO_CONNECTION = 'no Socket Mode connection to Slack';

describe('the first connection', () => {
  it('is refused with a sentence for the operator', async () => {
    const { connect } = await setSocketStage();
    await expect(connect({ appToken: 'xapp-wrong' })).rejects.toThrow(
      'SLACK_APP_TOKEN: Slack refuses it (invalid_auth); it needs the scope connections:write, and Socket Mode turned on',
    );
  });

  it.each([{ kind: 'server_error' }, { kind: 'reset' }, { kind: 'rate_limited', retryAfterS: 0 }] as const)(
    'is waited for while Slack is in trouble: %o',
    async (trouble) => {
      const { slack, connect, type, logged } = await setSocketStage();
      slack.faults.add({ method: 'apps.connections.open', ...trouble });
      const socket = await connect();
      expect(socket.problem()).toBeUndefined();
      expect(await type('x')).toMatchObject({ ok: true });
      expect(logged('trying again')).toHaveLength(1);
    },
  );
});

describe('a connection that ends', () => {
  it('is replaced before it is closed, when Slack warns: nothing is missed', async () => {
    const { slack, connect, type } = await setSocketStage();
    const socket = await connect();
    slack.sockets.disconnect('warning', 2_500);
    while (slack.sockets.openedSoFar < 2 || slack.sockets.open === 2) {
      expect(await type('meanwhile')).toMatchObject({ ok: true });
      expect(socket.problem()).toBeUndefined();
    }
    expect(slack.sockets.open).toBe(1);
    expect(await type('alone')).toMatchObject({ ok: true });
    expect(socket.problem()).toBeUndefined();
  });

  it('answers what it brought, when Slack asks for another one', async () => {
    const stage = await setSocketStage();
    const { slack } = stage;
    await stage.connect();
    const { opened, open } = gate();
    stage.onCommand = async (ack) => {
      await opened;
      await ack('by the old one');
    };
    const typed = stage.type('x');
    await expect.poll(() => stage.heard.length).toBe(1);
    slack.sockets.disconnect('refresh_requested');
    await slack.waitFor(() => slack.sockets.open === 1 && slack.sockets.openedSoFar === 2);
    open();
    expect(await typed).toMatchObject({ ok: true, body: '{"text":"by the old one"}' });
  });

  it('without a word is noticed and replaced', async () => {
    const { slack, connect, type } = await setSocketStage();
    const socket = await connect();
    slack.sockets.cut();
    await expect.poll(() => socket.problem()).toBe(NO_CONNECTION);
    await slack.waitFor(() => slack.sockets.open === 1);
    await expect.poll(() => socket.problem()).toBeUndefined();
    expect(await type('x')).toMatchObject({ ok: true });
  });

  it('is replaced as soon as Slack lets it, whatever Slack said meanwhile', async () => {
    const { slack, connect, type, logged } = await setSocketStage();
    const socket = await connect();
    const { appToken } = slack.access;
    slack.access.appToken = 'xapp-another';
    slack.sockets.cut();
    await expect.poll(() => logged('trying again').length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(socket.problem()).toBe(NO_CONNECTION);
    slack.access.appToken = appToken;
    await slack.waitFor(() => slack.sockets.open === 1, { timeoutMs: 10_000 });
    expect(await type('x')).toMatchObject({ ok: true });
  });
});

describe('stopping', () => {
  it('answers what has come, lets listeners finish, and takes nothing new', async () => {
    const stage = await setSocketStage();
    const { slack } = stage;
    const socket = await stage.connect();
    const [answer, work] = [gate(), gate()];
    let finished = false;
    stage.onCommand = async (ack) => {
      await answer.opened;
      await ack('in time');
      await work.opened;
      finished = true;
    };
    const typed = stage.type('x');
    await expect.poll(() => stage.heard.length).toBe(1);
    const stopped = socket.stop();
    answer.open();
    expect(await typed).toMatchObject({ ok: true, body: '{"text":"in time"}' });
    await slack.waitFor(() => slack.sockets.open === 0);
    expect(await stage.type('too late')).toMatchObject({ ok: false });
    expect(finished).toBe(false);
    work.open();
    await stopped;
    expect(finished).toBe(true);
    expect(stage.heard).toEqual(['x']);
    expect(slack.sockets.openedSoFar).toBe(1);
  });

  it('does not wait for ever for a listener', async () => {
    const stage = await setSocketStage();
    const socket = await stage.connect({ drainMs: 50 });
    const work = gate();
    stage.onCommand = async (ack) => {
      await ack();
      await work.opened;
    };
    await stage.type('x');
    await socket.stop();
    expect(stage.logged('still running')).toHaveLength(1);
    work.open();
  });

  it('ends the search for a connection', async () => {
    const { slack, connect, type } = await setSocketStage();
    const socket = await connect();
    const fault = slack.faults.add({ method: 'apps.connections.open', kind: 'hang', times: 10 });
    slack.sockets.cut();
    await slack.waitFor(() => fault.holding === 1);
    await socket.stop();
    fault.remove();
    // It had asked already: what it opens with the answer, it closes.
    await slack.waitFor(() => slack.sockets.openedSoFar === 2 && slack.sockets.open === 0);
    expect(await type('too late')).toMatchObject({ ok: false });
  });
});
