/** What should not come in over HTTP, through the real process: each is answered and logged, and changes nothing. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SIGNING_SECRET } from '../../sandbox/stage.ts';
import { changingNothing } from '../support/quiet.ts';
import { type RawRequest, send, signed } from '../support/raw-http.ts';
import { stageOfFile } from '../support/stage-of-file.ts';

const here = stageOfFile();

const FORM = 'content-type: application/x-www-form-urlencoded';
const JSON_TYPE = 'content-type: application/json';
const CHALLENGE = '{"type":"url_verification","challenge":"c"}';

const form = (payload: unknown): string =>
  new URLSearchParams({ payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }).toString();
const ours = (body: Buffer | string, type = FORM, ageS = 0): RawRequest => ({
  headers: [type, ...signed(SIGNING_SECRET, body, ageS)],
  body,
});
const command = (more: Record<string, string> = {}): string =>
  new URLSearchParams({
    command: '/vpc-endpoint',
    text: 'help',
    user_id: 'U0ANN',
    team_id: 'T0ACME',
    channel_id: 'C0DATA',
    response_url: '',
    trigger_id: '1.2.3',
    ...more,
  }).toString();
const click = { type: 'block_actions', user: { id: 'U0ANN' }, team: { id: 'T0ACME' }, trigger_id: '1.2.3' };
const approve = { action_id: 'approve', type: 'button', block_id: 'b', action_ts: '1.1' };

const port = (): number => Number(new URL(String(here.stage.bot.eventsUrl)).port);

async function answered(request: RawRequest | Buffer): Promise<number | undefined> {
  let status: number | undefined;
  const { whispers, logged } = await changingNothing(here, async () => {
    status = await send(port(), request);
  });
  expect(whispers).toEqual([]);
  if (status !== 200) await logged(({ level }) => level === 'warn');
  return status;
}

const [, , signature] = signed(SIGNING_SECRET, command());

describe('what Slack did not sign, or not now', () => {
  it.each<[string, RawRequest, number]>([
    ['no signature', { headers: [FORM, `content-length: ${command().length}`], body: command() }, 401],
    ['another secret', { headers: [FORM, ...signed('another', command())], body: command() }, 401],
    [
      'a signature twice',
      { ...ours(command()), headers: [...(ours(command()).headers ?? []), String(signature)] },
      401,
    ],
    ['more than five minutes old', ours(CHALLENGE, JSON_TYPE, 310), 401],
    ['more than five minutes ahead', ours(CHALLENGE, JSON_TYPE, -310), 401],
    ['just not too old', ours(CHALLENGE, JSON_TYPE, 290), 200],
    ['just not too far ahead', ours(CHALLENGE, JSON_TYPE, -290), 200],
  ])('%s', async (_what, request, status) => {
    expect(await answered(request)).toBe(status);
  });
});

describe('what is no delivery', () => {
  const body = command();
  const chunked = ['transfer-encoding: chunked', FORM];
  it.each<[string, RawRequest | Buffer, number]>([
    ['no HTTP at all', Buffer.from('\u0000\u0001 hello\r\n\r\n'), 400],
    ['another path', { ...ours(body), path: '/slack/install' }, 404],
    ['a path with dots', { ...ours(body), path: '/slack/../slack/events' }, 404],
    ['a look', { method: 'GET' }, 405],
    ['another method', { ...ours(body), method: 'PUT' }, 405],
    ['headers without end', { headers: [`x: ${'x'.repeat(70_000)}`] }, 431],
    ['two lengths', { headers: ['content-length: 1', 'content-length: 2'], body: 'x' }, 400],
    ['a length and chunks', { headers: ['content-length: 5', ...chunked], body: '0\r\n\r\n' }, 400],
    ['chunks that are none', { headers: chunked, body: 'zz\r\nnonsense\r\n' }, 400],
    ['a length that is too long', { headers: ['content-length: 99999999', FORM], body }, 413],
    ['a flood', ours(`text=${'x'.repeat(1024 * 1024)}`), 413],
    [
      'compressed',
      { ...ours(gzipSync(body)), headers: [...(ours(gzipSync(body)).headers ?? []), 'content-encoding: gzip'] },
      415,
    ],
    ['compressed, and silent about it', ours(gzipSync(body)), 400],
    ['no type', ours(body, 'x-nothing: 1'), 400],
    ['text', ours(body, 'content-type: text/plain'), 400],
    ['many parts', ours(body, 'content-type: multipart/form-data; boundary=x'), 400],
    ['bytes that are not UTF-8', ours(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), JSON_TYPE), 400],
    ['a form that is not UTF-8', ours('payload=%FF'), 400],
    ['nothing', ours(''), 400],
    ['a form whose type names its charset', ours(body, `${FORM}; charset=UTF-8`), 200],
  ])('%s', async (_what, request, status) => {
    const whole = Buffer.isBuffer(request) ? request : { ...request };
    if (status === 200)
      expect((await here.slack.deliverRaw(body, { contentType: FORM.slice(14) })).body).toContain('create');
    expect(await answered(whole)).toBe(status);
  });

  it('a body that ends before its length', async () => {
    const headers = [FORM, ...signed(SIGNING_SECRET, `${body}more`)];
    const { logged } = await changingNothing(here, async () => {
      // Node itself answers some of these: what counts is that nobody acts on a part.
      expect([400, undefined]).toContain(await send(port(), { headers, body, end: true }));
    });
    await logged(({ level }) => level === 'warn');
  });
});

describe('signed nonsense', () => {
  const view = { id: 'V1', callback_id: 'create_endpoint', private_metadata: '{}', state: { values: {} } };
  const submit = { type: 'view_submission', user: { id: 'U0ANN' }, team: { id: 'T0ACME' }, view };
  const deep = `${'{"x":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  it.each<[string, string]>([
    ...['null', '[]', '"x"', '1', '{}', '{', '', 'true', '[[[[]]]]'].map((text): [string, string] => [
      text,
      form(text),
    ]),
    ['a payload twice', 'payload={}&payload={}'],
    ['a click of nobody', form({ ...click, user: undefined, actions: [approve] })],
    ['a click of a number', form({ ...click, user: { id: 7 }, actions: [approve] })],
    ['a click of a path', form({ ...click, user: { id: '../../U0ANN' }, actions: [approve] })],
    ['a click on nothing', form({ ...click, actions: [] })],
    ['a click on null', form({ ...click, actions: [null] })],
    ['a click of a team without an id', form({ ...click, team: {}, actions: [approve] })],
    ['a submit without a form', form({ ...submit, view: null })],
    ['a submit with numbers', form({ ...submit, view: { ...view, private_metadata: 7 } })],
    ['a submit of a list', form({ ...submit, view: { ...view, state: { values: [] } } })],
    [
      'an entry that is too long',
      form({ ...submit, view: { ...view, state: { values: { reason: { reason: { value: 'x'.repeat(10_000) } } } } } }),
    ],
    ['a search by nobody', form({ type: 'block_suggestion', action_id: 'instance', value: '' })],
    [
      'all of it behind __proto__',
      form('{"type":"block_actions","__proto__":{"user":{"id":"U0ANN"},"actions":[{"action_id":"approve"}]}}'),
    ],
    ['deep', form(deep)],
    [
      'a click with depth',
      form(`{"type":"block_actions","user":{"id":"U0ANN"},"actions":[{"action_id":"approve"}],"state":${deep}}`),
    ],
    ['a command without a person', command({ user_id: '' })],
    ['a command with a path for a person', command({ user_id: '../U0ANN' })],
    ['a command that is none', command({ command: 'vpc-endpoint' })],
    ['a command twice', `${command()}&command=/x`],
  ])('%s', async (_what, body) => {
    expect(await answered(ours(body))).toBe(400);
  });

  it.each<[string, number]>([
    ['null', 400],
    ['{"type":"event_callback"}', 400],
    ['{"type":"event_callback","event":{"type":"x","item":7}}', 400],
    ['{"type":"event_callback","event":{"type":7}}', 400],
    ['{"type":"url_verification"}', 400],
    ['{"type":"url_verification","challenge":{}}', 400],
    ['{"type":"event_callback","event":{"type":"function_executed"}}', 200],
    ['{"type":"event_callback","event":{"type":"x","item":null},"authorizations":[{"team_id":"T0OTHER"}]}', 200],
    [CHALLENGE, 200],
  ])('as JSON: %s', async (body, status) => {
    expect(await answered(ours(body, JSON_TYPE))).toBe(status);
  });

  it('the challenge is answered with itself', async () => {
    expect(await here.slack.deliverRaw(CHALLENGE, { contentType: 'application/json' })).toMatchObject({
      body: '{"challenge":"c"}',
    });
  });
});
