/** manifest.yml: scopes are exactly those that the bot's calls need, and the limits of Slack's manifest are kept. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { sourceFiles } from '../support/source-files.ts';

const manifest = z
  .strictObject({
    display_information: z.strictObject({ name: z.string().max(35), description: z.string().max(140) }),
    features: z.strictObject({
      bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
      slash_commands: z.array(
        z.strictObject({
          command: z.string().regex(/^\//).max(32),
          description: z.string().max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
        }),
      ),
    }),
    oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
    settings: z.strictObject({
      interactivity: z.strictObject({ is_enabled: z.literal(true) }),
      event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
      org_deploy_enabled: z.boolean(),
      socket_mode_enabled: z.literal(true),
      token_rotation_enabled: z.boolean(),
    }),
  })
  .parse(parse(readFileSync('manifest.yml', 'utf8')));

/** What each method that the bot calls needs, for the kinds of conversation that it is used on (Slack's method pages). */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'apps.connections.open': [],
  'views.open': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'users.info': ['users:read'],
  'usergroups.users.list': ['usergroups:read'],
};

/** The Web API methods that stand in the adapter's code. */
function calledMethods(): readonly string[] {
  const called = sourceFiles('src/adapters/slack').flatMap(({ text }) =>
    [...text.matchAll(/\.((?:auth|views|chat|conversations|users|usergroups)(?:\.[a-z]+)*\.[a-zA-Z]+)\(/g)].map(
      ([, method]) => String(method),
    ),
  );
  return [...new Set(called)].sort();
}

describe('the manifest', () => {
  it('asks for exactly the scopes that the calls in the code need', () => {
    const called = calledMethods();
    expect(called.length).toBeGreaterThan(8);
    expect(called.filter((method) => NEEDED[method] === undefined)).toEqual([]);
    const needed = new Set(['commands', ...called.flatMap((method) => NEEDED[method] ?? [])]);
    expect(new Set(manifest.oauth_config.scopes.bot)).toEqual(needed);
  });

  it('subscribes to exactly the events that have a listener', () => {
    const register = readFileSync('src/adapters/slack/listeners/register.ts', 'utf8');
    const listened = [...register.matchAll(/app\.event\('([a-z_]+)'/g)].map(([, event]) => event);
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(listened.sort());
  });

  it('explains each scope in the README, with what is lost without it', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const scope of manifest.oauth_config.scopes.bot) expect(readme).toContain(`| \`${scope}\` |`);
  });
});
