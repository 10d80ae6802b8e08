/** Config files that are no config files: each is answered with all that is wrong and where, and the process with status 2. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBot } from '../../sandbox/bot-process.ts';
import { readConfigFile } from '../../src/config/config-file.ts';
import { loadConfig } from '../../src/config/load-config.ts';

const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
const GOOD = `accounts:
  production: { region: cn-hangzhou }
channels: { approvals: C0APPROVALS }
rules:
  - name: all
    steps: [{ users: [U0BEN] }]
`;

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp('/tmp/vpce-config-');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function file(content: string | Buffer): Promise<string> {
  const name = path.join(dir, 'f.yml');
  await writeFile(name, content);
  return name;
}

async function loaded(name: string): Promise<string[]> {
  const read = await loadConfig({ ...HTTP, CONFIG_FILE: name });
  return read.ok ? ['fine'] : read.problems.map(({ where, message }) => `${where.replace(name, 'f')}: ${message}`);
}

function complaints(source: string): string[] {
  const read = readConfigFile(source, 'f');
  return read.ok ? ['fine'] : read.problems.map(({ where, message }) => `${where}: ${message}`);
}

describe('a file', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['that is good', GOOD, ['fine']],
    ['with a byte order mark', `\ufeff${GOOD}`, ['fine']],
    ['with the line ends of Windows', GOOD.replaceAll('\n', '\r\n'), ['fine']],
    [
      'with both, and a mistake',
      `\ufeff${GOOD}`.replace('C0APPROVALS', 'general').replaceAll('\n', '\r\n'),
      ['f:3:24: channels.approvals: expected a Slack channel’s id, C… or G…, got "general"'],
    ],
    [
      'that is empty',
      '',
      ['f:1:1: expected a mapping with accounts, channels, locale, open_requests_per_person, rules, got null'],
    ],
    [
      'of spaces',
      ' \n\n ',
      ['f:1:1: expected a mapping with accounts, channels, locale, open_requests_per_person, rules, got null'],
    ],
    ['in UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), ['f: expected text in UTF-8']],
    ['that is no text', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe]), ['f: expected text in UTF-8']],
  ])('%s', async (_what, content, expected) => {
    expect(await loaded(await file(content))).toEqual(expected);
  });

  test('that is a folder', async () => {
    expect(await loaded(dir)).toEqual(['f: is a folder, and a file is expected']);
  });

  test('that leads to itself', async () => {
    const name = path.join(dir, 'loop.yml');
    await symlink(name, name);
    expect(await loaded(name)).toEqual(['f: cannot be read (ELOOP)']);
  });
});

describe('YAML', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [index, name] of [...'bcdefghi'].entries()) {
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`);
  }
  const stairs = Array.from({ length: 5_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');

  test.each<[string, string, RegExp]>([
    ['a bomb of aliases', bomb.join('\n'), /^f:1:1: Excessive alias count/],
    ['brackets without end', '['.repeat(50_000), /^f:1:\d+: nested too deeply$/],
    ['braces without end', '{a: '.repeat(20_000), /^f:1:\d+: nested too deeply$/],
    ['stairs without end', stairs, /^f:\d+:\d+: nested too deeply$/],
    ['an alias of nothing', `${GOOD}locale: *nothing\n`, /^f:7:9: \*nothing: there is no &nothing before it$/],
    ['a second document', `${GOOD}---\n${GOOD}`, /^f:7:1: expected one document, and --- starts another$/],
    ['tabs', 'accounts:\n\tproduction: {}\n', /^f:2:1: Tabs are not allowed as indentation$/],
    ['a number', '5', /^f:1:1: expected a mapping with .*, got 5$/],
    ['a list', '[1]', /^f:1:1: expected a mapping with .*, got a list$/],
  ])('%s has one complaint, with its place', (_what, source, expected) => {
    const said = complaints(source);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(expected);
  });

  test('that bites its own tail is no trap', () => {
    expect(complaints('accounts: &a { b: *a }\n').join('\n')).toContain('f:1:16: accounts.b.b: unknown key');
  });

  test('with keys of every object’s prototype is like any other', () => {
    const said = complaints(`__proto__: { locale: en }\nconstructor: {}\n${GOOD}`).join('\n');
    expect(said).toContain('f:1:1: __proto__: unknown key');
    expect(said).toContain('f:2:1: constructor: unknown key');
  });

  test('twice the same keys, each named', () => {
    const twice = `${GOOD}rules: []\nchannels: {}\n`;
    expect(complaints(twice)).toEqual(['f:7:1: Map keys must be unique', 'f:8:1: Map keys must be unique']);
  });

  test('wrong types, all at once', () => {
    const wrong = 'accounts: [1]\nchannels: C0A\nlocale: 7\nrules: { a: 1 }\n';
    expect(complaints(wrong).map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
      'f:1:11 accounts',
      'f:2:11 channels',
      'f:3:9 locale',
      'f:4:8 rules',
    ]);
  });
});

test('the process says all of it, quotes no variable, and ends with status 2', async () => {
  const name = await file(GOOD.replace('C0APPROVALS', 'general').replace('cn-hangzhou', 'Hangzhou'));
  const env = {
    CONFIG_FILE: name,
    SLACK_BOT_TOKEN: 'secret-token-1',
    SLACK_SIGNING_SECRET: 'secret 2',
    REDIS_URL: 'http://user:secret-3@nowhere',
    AUDIT_KEY: 'secret-4',
  };
  const said = await startBot(env).then(
    () => 'it started',
    (error: unknown) => String(error),
  );
  expect(said).toContain('ended with status 2');
  for (const part of ['6 settings are wrong', ...Object.keys(env).slice(1), `${name}:2:25`, `${name}:3:24`]) {
    expect(said).toContain(part);
  }
  expect(said).not.toContain('secret');
});
