/** apps.connections.open: where a socket may be opened, once. */
import type { Method } from './method.ts';
import { fail } from './method.ts';

const open: Method = {
  // Of the app's own token, which the bot's scopes say nothing about.
  scopes: [],
  token: 'app',
  tier: 1,
  run: (_args, { newSocketUrl }) =>
    newSocketUrl === undefined ? fail('socket_mode_not_enabled') : { url: newSocketUrl() },
};

export const CONNECTION_METHODS: Record<string, Method> = { 'apps.connections.open': open };
