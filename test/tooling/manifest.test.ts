/** The app's manifest: its scopes are exactly those that the bot's calls need, and Slack's limits are kept. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { eventsUrl, manifestYaml } from '../../src/adapters/slack/manifest.ts';
import { ALL_SCOPES, METHODS_WITHOUT_SCOPE, SCOPES } from '../../src/domain/doctor/scopes.ts';
import { messagesFor } from '../../src/messages/messages-for.ts';
import { sourceFiles } from '../support/source-files.ts';

const url = z
  .string()
  .regex(/^https:\/\//)
  .max(3000);

/** The parts of Slack's schema 2.0.0 that are used here, with its limits; nothing else may stand in it. */
const schema = z.strictObject({
  display_information: z.strictObject({ name: z.string().max(35), description: z.string().max(140) }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .min(1)
      .max(10),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\//).max(32),
        url: url.optional(),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string().max(50)) }) }),
  settings: z.strictObject({
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: url.optional(),
      message_menu_options_url: url.optional(),
    }),
    event_subscriptions: z.strictObject({ request_url: url.optional(), bot_events: z.array(z.string().max(50)) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const text = readFileSync('manifest.yml', 'utf8');
const manifest = schema.parse(parse(text));

/** The Web API methods that stand in the adapter's code. */
function calledMethods(): readonly string[] {
  const called = sourceFiles('src/adapters/slack').flatMap(({ text: source }) =>
    [
      ...source.matchAll(
        /(?:\.|apiCall\(')((?:apps|auth|views|chat|conversations|users|usergroups)(?:\.[a-z]+)*\.[a-zA-Z]+)(?:\(|')/g,
      ),
    ].map(([, method]) => String(method)),
  );
  return [...new Set(called)].sort();
}

describe('the manifest', () => {
  it('is what the command prints', () => {
    expect(text).toBe(manifestYaml());
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(text).not.toContain('https:');
  });

  it('for HTTP differs in its addresses only, and names them wherever Slack delivers', () => {
    const address = 'https://bot.example.com/slack/events';
    const http = schema.parse(parse(manifestYaml(address)));
    expect(http.features.slash_commands.map((command) => command.url)).toEqual([address]);
    expect(http.settings.interactivity).toEqual({
      is_enabled: true,
      request_url: address,
      message_menu_options_url: address,
    });
    expect(http.settings.event_subscriptions.request_url).toBe(address);
    const without = manifestYaml(address)
      .split('\n')
      .filter((line) => !line.includes(address))
      .join('\n')
      .replace('socket_mode_enabled: false', 'socket_mode_enabled: true')
      .replace('for HTTP', 'for Socket Mode');
    expect(without).toBe(text);
  });

  it.each([
    ['https://bot.example.com', 'https://bot.example.com/slack/events'],
    ['https://bot.example.com/', 'https://bot.example.com/slack/events'],
    ['https://bot.example.com/slack/events', 'https://bot.example.com/slack/events'],
    ['https://example.com:8443/bot/', 'https://example.com:8443/bot/slack/events'],
    ['http://bot.example.com', undefined],
    ['bot.example.com', undefined],
    ['https://bot.example.com/#here', undefined],
  ])('makes of %s the address %s', (typed, expected) => {
    expect(eventsUrl(typed)).toBe(expected);
  });

  it('asks for exactly the scopes that the calls in the code need, and each of these is called', () => {
    const called = calledMethods();
    const scoped: readonly string[] = Object.values(SCOPES).flatMap(({ methods }) => methods);
    const known: readonly string[] = [...scoped, ...METHODS_WITHOUT_SCOPE];
    expect(called).toEqual([...new Set(known)].sort());
    expect(manifest.oauth_config.scopes.bot).toEqual(ALL_SCOPES);
  });

  it('subscribes to exactly the events that have a listener', () => {
    const register = readFileSync('src/adapters/slack/listeners/register.ts', 'utf8');
    const listened = [...register.matchAll(/app\.event\('([a-z_]+)'/g)].map(([, event]) => event);
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(listened.sort());
  });

  it.each(ALL_SCOPES)('explains %s in the README as the doctor does, with what is lost without it', (scope) => {
    const { use, without } = messagesFor('en').doctor.scopes[scope];
    const need = SCOPES[scope].optional ? 'optional' : 'needed';
    const rows = readFileSync('README.md', 'utf8').split('\n');
    const told = rows.filter((row) => row.startsWith(`| \`${scope}\` |`));
    expect(told).toEqual([`| \`${scope}\` | ${need} | ${use} | ${without} |`]);
  });
});
