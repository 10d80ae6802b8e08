/** The table of contents of the Web API: every method that the local Slack has. */
import { CHANNEL_METHODS } from './channels.ts';
import { CHAT_METHODS } from './chat.ts';
import { CONNECTION_METHODS } from './connections.ts';
import { HISTORY_METHODS } from './conversations.ts';
import type { Method } from './method.ts';
import { PEOPLE_METHODS } from './people.ts';
import { VIEW_METHODS } from './views.ts';

export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...PEOPLE_METHODS,
    ...CHANNEL_METHODS,
    ...HISTORY_METHODS,
    ...CHAT_METHODS,
    ...VIEW_METHODS,
    ...CONNECTION_METHODS,
  }),
);
