/** Publishes the Home tab of one person, in their language. */
import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import type { HomeContents, HomeScreen, RenderedHome } from '../../application/ports/home-screen.ts';
import type { Log } from '../../application/ports/log.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Messages } from '../../messages/messages.ts';
import { homeSentence, homeView } from './blocks/home.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';

const TIMEOUT_MS = 5_000;

export function createHomeScreen(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
  readonly messagesFor: (user: UserId) => Promise<Messages>;
}): HomeScreen {
  const client = webClient({ ...options, timeoutMs: TIMEOUT_MS });
  return {
    async render(contents, user) {
      const view = viewOf(contents, await options.messagesFor(user));
      return { view, hash: createHash('sha256').update(JSON.stringify(view)).digest('hex') };
    },

    async show(user, { view }: RenderedHome) {
      try {
        await client.views.publish({ user_id: user, view: view as HomeView });
        return { kind: 'shown' };
      } catch (error) {
        const trouble = troubleOf(error);
        return trouble.kind === 'rate-limited'
          ? { kind: 'busy', error: trouble.error, afterMs: trouble.afterMs }
          : { kind: 'failed', error: trouble.error };
      }
    },
  };
}

function viewOf(contents: HomeContents, messages: Messages): HomeView {
  switch (contents.kind) {
    case 'lists':
      return homeView(contents.lists, messages);
    case 'not-for-you':
      return homeSentence(messages.clicks.answer({ kind: 'standing', standing: contents.standing }, 'show'));
    case 'not-read':
      return homeSentence(messages.help.notLoaded);
  }
}
