/** What the app does around every listener: whom it turns away, and how it stops. */
import { describe, expect, it } from 'vitest';
import { ID } from '../../support/samples.ts';
import { type Stage, setStage } from './listeners-stage.ts';

const form = (payload: unknown): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

async function stillWorks({ slack }: Stage): Promise<void> {
  expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
}

describe('a listener that takes too long', () => {
  it('leaves nobody waiting: Slack gets an answer, and the log a line', async () => {
    const stage = await setStage({ ackMs: 300 });
    let release = (): void => {};
    stage.redis.waitsFor = new Promise((resolve) => {
      release = resolve;
    });
    const card = stage.post({ id: ID, revision: 1 }, ['approve']);
    expect(await stage.slack.as('U0BEN').click(card, 'approve')).toMatchObject({ status: 503 });
    release();
    await stillWorks(stage);
    expect(stage.lines.some(({ message }) => message.includes('not acknowledged in time'))).toBe(true);
  });
});

describe('people of another workspace', () => {
  it('are told so wherever they come from, and nothing is stored', async () => {
    const stage = await setStage({ teamId: 'T0ELSEWHERE' });
    const { slack, received, lines, cloud } = stage;
    const ann = slack.as('U0ANN');
    await ann.command('C0DATA', '/vpc-endpoint', 'create');
    expect(ann.ephemerals('C0DATA')).toMatchObject([{ text: expect.stringContaining('not installed') }]);
    const card = stage.post({ id: ID, revision: 1 }, ['approve']);
    expect(await slack.as('U0BEN').click(card, 'approve')).toMatchObject({ ok: true });
    await slack.waitFor(() => slack.as('U0BEN').ephemerals().length === 1);
    const search = await slack.deliverRaw(
      form({ type: 'block_suggestion', user: { id: 'U' }, team: { id: 'T0ACME' }, action_id: 'instance', value: '' }),
    );
    expect(search).toMatchObject({ status: 200, body: '{"options":[]}' });
    const input = { type: 'input', block_id: 'instance' };
    const view = {
      id: 'V1',
      callback_id: 'create_endpoint',
      private_metadata: '{}',
      blocks: [input],
      state: { values: {} },
    };
    const submit = await slack.deliverRaw(
      form({ type: 'view_submission', user: { id: 'U' }, team: { id: 'T0ACME' }, view }),
    );
    expect(JSON.parse(submit.body)).toMatchObject({ errors: { instance: expect.stringContaining('not installed') } });
    expect(received).toEqual([]);
    expect(cloud.calls).toEqual([]);
    expect(slack.log.calls.filter(({ method }) => method !== 'response_url')).toEqual([]);
    expect(lines.filter(({ message }) => message.includes('not installed'))).toHaveLength(4);
  });
});

describe('stopping', () => {
  it('finishes what is in flight, and takes nothing new', async () => {
    const stage = await setStage();
    const { slack, http, redis, received } = stage;
    let release = (): void => {};
    redis.waitsFor = new Promise((resolve) => {
      release = resolve;
    });
    stage.records.set(ID, {} as never);
    const card = stage.post({ id: ID, revision: 1 }, ['approve']);
    const clicked = slack.as('U0BEN').click(card, 'approve');
    // Another request, answered after the click has come in.
    await stillWorks(stage);
    const stopped = http.stop();
    await expect(fetch(`http://127.0.0.1:${http.port}/slack/events`)).rejects.toThrow();
    release();
    expect(await clicked).toMatchObject({ ok: true });
    await stopped;
    expect(received).toHaveLength(1);
  });

  it('does not wait for ever', async () => {
    const stage = await setStage({ drainMs: 20 });
    const { slack, http, redis, lines } = stage;
    let release = (): void => {};
    redis.waitsFor = new Promise((resolve) => {
      release = resolve;
    });
    const card = stage.post({ id: ID, revision: 1 }, ['approve']);
    const clicked = slack.as('U0BEN').click(card, 'approve');
    await stillWorks(stage);
    await http.stop();
    expect(await clicked).toMatchObject({ ok: false });
    expect(lines.some(({ message }) => message.includes('still running'))).toBe(true);
    release();
  });
});
