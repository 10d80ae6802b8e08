/** The door for Slack's requests: what is let in, and that everything is answered. */
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SECRET, type Stage, setStage } from './listeners-stage.ts';

const form = (payload: unknown): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
const seconds = (): number => Math.floor(Date.now() / 1_000);

async function stillWorks({ slack }: Stage): Promise<void> {
  expect(await slack.as('U0ANN').command('C0DATA', '/vpc-endpoint', 'help')).toMatchObject({ ok: true });
}

describe('who may come in', () => {
  it('refuses what Slack did not sign', async () => {
    const stage = await setStage();
    const { slack } = stage;
    const unsigned = await fetch(`http://127.0.0.1:${stage.http.port}/slack/events`, {
      method: 'POST',
      body: 'command=/x',
    });
    expect(unsigned.status).toBe(401);
    expect((await slack.deliverRaw('command=/x', { signingSecret: 'another' })).status).toBe(401);
    for (const signature of ['', 'v0=', 'v0=ü', `v0=${'0'.repeat(64)}`, `v1=${'0'.repeat(64)}`]) {
      const headers = { 'x-slack-signature': Buffer.from(signature).toString('latin1') };
      expect((await slack.deliverRaw('command=/x', { headers })).status, signature).toBe(401);
    }
    await stillWorks(stage);
  });

  it('refuses what is more than five minutes old, or from the future', async () => {
    const { slack } = await setStage();
    const deliver = async (timestamp: number) =>
      (
        await slack.deliverRaw('{"type":"url_verification","challenge":"c"}', {
          timestamp,
          contentType: 'application/json',
        })
      ).status;
    expect(await deliver(seconds() - 310)).toBe(401);
    expect(await deliver(seconds() + 310)).toBe(401);
    expect(await deliver(seconds() - 280)).toBe(200);
    expect(await deliver(seconds() + 280)).toBe(200);
    expect(await deliver(Number.NaN)).toBe(401);
  });

  it('answers 404 elsewhere, 405 to a look, 413 to a flood', async () => {
    const stage = await setStage();
    const base = `http://127.0.0.1:${stage.http.port}`;
    expect((await fetch(`${base}/`)).status).toBe(404);
    expect((await fetch(`${base}/slack/install`)).status).toBe(404);
    expect((await fetch(`${base}/slack/events`)).status).toBe(405);
    const flood = await stage.slack.deliverRaw(`command=/x&text=${'x'.repeat(1024 * 1024)}`);
    expect(flood.status).toBe(413);
    await stillWorks(stage);
  });

  it('answers 413 to a flood that does not say how long it is', async () => {
    const { http } = await setStage();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(http.port, '127.0.0.1', () => {
        socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
        const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
        for (let sent = 0; sent < 17; sent += 1) socket.write(chunk);
      });
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe('signed nonsense', () => {
  it.each([
    ['payload=null'],
    ['payload=[]'],
    ['payload=%22x%22'],
    ['payload=1'],
    ['payload={}'],
    ['payload='],
    ['payload=%7B%22type%22%3A%22block_actions%22%7D'],
    ['payload=a&payload=b'],
    ['payload=%FF'],
    ['payload=%zz'],
    ['x'],
    [''],
    ['command=/x&command=/y'],
    ['command=/x'],
    [form({ type: 'block_actions', user: { id: 'U' }, actions: [] })],
    [form({ type: 'block_actions', user: { id: 'U' }, actions: [null] })],
    [form({ type: 'view_submission', user: { id: 'U' }, view: null })],
    [form({ type: 'block_suggestion', user: null })],
  ])('is a 400, and the process lives on: %s', async (body) => {
    const stage = await setStage();
    expect((await stage.slack.deliverRaw(body)).status).toBe(400);
    await stillWorks(stage);
  });

  it.each([
    ['null', 400],
    ['[]', 400],
    ['{', 400],
    ['{"type":"event_callback"}', 400],
    ['{"type":"event_callback","event":null}', 400],
    ['{"type":"event_callback","event":{"type":"x","item":"x"}}', 400],
    ['{"type":"event_callback","event":{"type":"function_executed"}}', 200],
    ['{"type":"url_verification"}', 400],
    ['{"type":"app_rate_limited"}', 200],
  ])('as JSON: %s is a %i', async (body, status) => {
    const stage = await setStage();
    expect((await stage.slack.deliverRaw(body, { contentType: 'application/json' })).status).toBe(status);
    await stillWorks(stage);
  });

  it('is a 400 when it is neither form nor JSON, and when it is not UTF-8', async () => {
    const { slack, http } = await setStage();
    expect((await slack.deliverRaw('command=/x', { contentType: 'text/plain' })).status).toBe(400);
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const timestamp = String(seconds());
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');
    const answer = await fetch(`http://127.0.0.1:${http.port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${mac}`,
      },
    });
    expect(answer.status).toBe(400);
  });

  it('takes an unlistened interaction, a shortcut of a message, and says nothing', async () => {
    const { slack } = await setStage();
    expect((await slack.deliverRaw(form({ type: 'message_action', callback_id: 'x' }))).status).toBe(200);
  });
});

describe('what Slack asks', () => {
  it('answers the challenge', async () => {
    const { slack } = await setStage();
    const answer = await slack.deliverRaw('{"type":"url_verification","challenge":"c123"}', {
      contentType: 'application/json; charset=UTF-8',
    });
    expect(answer).toMatchObject({ status: 200, body: '{"challenge":"c123"}' });
  });

  it('takes a form whose type names its charset', async () => {
    const { slack } = await setStage();
    const fields = {
      command: '/vpc-endpoint',
      text: 'help',
      user_id: 'U0ANN',
      team_id: 'T0ACME',
      channel_id: 'C0DATA',
    };
    const body = new URLSearchParams({ ...fields, response_url: '', trigger_id: '1' }).toString();
    const answer = await slack.deliverRaw(body, { contentType: 'application/x-www-form-urlencoded; charset=UTF-8' });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toContain('/vpc-endpoint create');
  });

  it('hears events that nothing listens to, and those that end an installation', async () => {
    const { slack, lines } = await setStage();
    expect(await slack.deliverEvent({ type: 'app_home_opened', user: 'U0ANN' })).toMatchObject([{ ok: true }]);
    expect(await slack.deliverEvent({ type: 'app_uninstalled' })).toMatchObject([{ ok: true }]);
    await slack.deliverEvent({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } });
    const logged = lines.filter(({ message }) => message.includes('installation')).map(({ fields }) => fields.event);
    expect(logged).toEqual(['app_uninstalled', 'tokens_revoked']);
  });

  it('gets a 500 at once, and us a line, when a listener breaks before its ack', async () => {
    const stage = await setStage({ speechless: true });
    const { slack, lines } = stage;
    const view = {
      id: 'V1',
      callback_id: 'create_endpoint',
      private_metadata: 'not ours',
      blocks: [],
      state: { values: {} },
    };
    const body = form({ type: 'view_submission', user: { id: 'U0ANN' }, team: { id: 'T0ACME' }, view });
    const answer = await slack.deliverRaw(body);
    expect(answer).toMatchObject({ status: 500 });
    expect(answer.ackMs).toBeLessThan(1_000);
    expect(lines.filter(({ message }) => message === 'a listener failed')).toHaveLength(1);
    expect(await slack.deliverEvent({ type: 'x' })).toMatchObject([{ ok: true }]);
  });
});
