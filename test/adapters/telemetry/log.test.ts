/** Logs: what must not be in them is not, however it gets there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, type Log } from '../../../src/adapters/telemetry/log.ts';

function logged(write: (log: Log) => void, level = 'info'): string {
  let text = '';
  const destination = {
    write(line: string) {
      text += line;
    },
  };
  write(createLog({ level, destination }));
  return text;
}

describe('a log line', () => {
  test('is one line of JSON with its level, time, event and message', () => {
    const text = logged((log) => log.info({ event: 'ready', admin_port: 3001 }, 'ready'));
    expect(text.endsWith('\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      event: 'ready',
      admin_port: 3001,
      msg: 'ready',
    });
  });

  test('appears from its level on', () => {
    expect(logged((log) => log.debug('no'), 'info')).toBe('');
    expect(logged((log) => log.error('no'), 'silent')).toBe('');
  });

  test.each([
    'token',
    'botToken',
    'bot_token',
    'SLACK_BOT_TOKEN',
    'secret',
    'accessKeySecret',
    'securityToken',
    'x-acs-security-token',
    'Authorization',
    'password',
    'response_url',
    'trigger_id',
  ])('masks what is called %s, at any depth and in a child', (key) => {
    const text = logged((log) => {
      log.info({ deep: [{ [key]: 'hush' }] });
      log
        .child({ [key]: { inner: 'hush' } })
        .child({})
        .info('x');
    });
    expect(text).not.toContain('hush');
    expect(text.match(/\*\*\*/g)).toHaveLength(2);
  });

  test('shows a ClientToken, which is no secret', () => {
    expect(logged((log) => log.info({ clientToken: 'req-1', accessKeyId: null }))).toContain('"clientToken":"req-1"');
  });

  test.each([
    ['a bot token', 'xoxb-12-34-AbC'],
    ['a refresh token', 'xoxe.xoxp-1-abc'],
    ['an app-level token', 'xapp-1-A0-12-ff'],
    ['an AccessKey id', 'LTAI5tABCDEFGH'],
    ['an STS key id', 'STS.NUabcdef'],
    ['a response URL', 'https://hooks.slack.com/actions/T0/1/abc'],
    ['a PEM key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----'],
  ])('masks %s wherever it stands', (_, secret) => {
    const text = logged((log) => {
      log.info(`in a message: ${secret}.`);
      log.info({ plain: { text: `in ${secret} a field` } }, 'x');
      log.info({ err: new Error(`in an error ${secret}`, { cause: new Error(secret) }) }, 'x');
      log.child({ who: secret }).warn(new Error(secret));
    });
    for (const part of secret.split('\n').slice(0, 2)) expect(text).not.toContain(part);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('masks the password of a URL', () => {
    const text = logged((log) => log.error(new Error('cannot reach rediss://me:hush@db:6379/0')));
    expect(text).not.toContain('hush');
    expect(text).toContain('rediss://***@db:6379/0');
  });

  test('has an error’s words and Slack’s code, not its request', () => {
    const error = Object.assign(new TypeError('no'), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error: 'channel_not_found', response_metadata: { messages: ['hush'] } },
      config: { headers: { 'x-any': 'hush' } },
      request: { headers: 'hush' },
    });
    const text = logged((log) => log.error({ err: error, other: error }, 'x'));
    expect(text).not.toContain('hush');
    expect(JSON.parse(text).err).toMatchObject({
      type: 'TypeError',
      message: 'no',
      code: 'slack_webapi_platform_error',
      slackError: 'channel_not_found',
      stack: expect.stringContaining('log.test.ts'),
    });
  });

  test('comes out whatever is logged', () => {
    const circle: Record<string, unknown> = { big: 1n, buffer: Buffer.from('hush'), map: new Map([['token', 'hush']]) };
    circle.self = circle;
    const text = logged((log) => log.info(circle));
    expect(text).not.toContain('hush');
    expect(JSON.parse(text)).toMatchObject({ big: '1', buffer: '4 bytes', self: '…', map: { token: '***' } });
    fc.assert(
      fc.property(
        fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
        fc.string(),
        (value, message) => {
          expect(() => JSON.parse(logged((log) => log.info({ value }, message)))).not.toThrow();
        },
      ),
    );
  });
});
