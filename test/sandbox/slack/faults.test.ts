import { describe, expect, it } from 'vitest';
import { officialClient } from './official-client.ts';
import { setStage } from './stage.ts';

const message = { channel: 'C0DATA', text: 'x' };

describe('faults', () => {
  it('strike as often as they were told, before or after the call took effect', async () => {
    const { slack } = await setStage();
    const client = officialClient(slack);
    slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfterS: 7 });
    await expect(client.chat.postMessage(message)).rejects.toMatchObject({ retryAfter: 7 });
    slack.faults.add({ method: 'chat.postMessage', kind: 'server_error', when: 'after', times: 2 });
    await expect(client.chat.postMessage(message)).rejects.toThrow();
    await expect(client.chat.postMessage(message)).rejects.toThrow();
    slack.faults.add({ method: '*', kind: 'error', error: 'fatal_error' });
    await expect(client.chat.postMessage(message)).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    slack.faults.add({ method: 'chat.postMessage', kind: 'reset', when: 'after' });
    await expect(client.chat.postMessage(message)).rejects.toThrow();
    expect(slack.as('U0ANN').sees('C0DATA')).toHaveLength(3);
    expect(slack.log.duplicatePosts()).toMatchObject([{ channel: 'C0DATA', text: 'x', timestamps: { length: 3 } }]);
    expect(slack.log.calls.map(({ fault }) => fault)).toEqual([
      'rate_limited before',
      'server_error after',
      'server_error after',
      'error before',
      'reset after',
    ]);
  });

  it('a call that hangs goes on when released', async () => {
    const { slack, api } = await setStage();
    const fault = slack.faults.add({
      method: 'chat.postMessage',
      kind: 'hang',
      matching: ({ channel }) => channel === 'C0DATA',
    });
    const hanging = api('chat.postMessage', message);
    await slack.waitFor(() => fault.holding === 1);
    expect(slack.as('U0ANN').sees('C0DATA')).toEqual([]);
    fault.release();
    expect(await hanging).toMatchObject({ ok: true });
    expect(slack.as('U0ANN').sees('C0DATA')).toHaveLength(1);
  });
});

describe('waiting', () => {
  it('resolves on the change, and otherwise says what is there', async () => {
    const { slack, api } = await setStage();
    const seen = slack.waitFor(() =>
      slack
        .as('U0ANN')
        .sees('C0DATA')
        .find((one) => one.text === 'x'),
    );
    await api('chat.postMessage', message);
    expect((await seen).channel).toBe('C0DATA');
    const never = slack.waitFor(() => false, { timeoutMs: 20, what: 'the card' });
    await expect(never).rejects.toThrow(
      /^the card did not come within 20 ms[\s\S]*#data-platform\n {2}@vpc_endpoint_bot[\s\S]*→ chat.postMessage 200 ok/,
    );
  });
});
