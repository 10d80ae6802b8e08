/** What the parts of one pane share: who looks, what there is, and how to do things as that person. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Act, Done, PageChannel, PageGroup, PagePerson } from '../wire.ts';
import type { Knowledge } from './knowledge.ts';
import { type Words, wordsFor } from './words.ts';

export interface Scene {
  readonly knowledge: Knowledge;
  readonly words: Words;
  readonly me: PagePerson | undefined;
  person(id: string): PagePerson | undefined;
  channel(id: string): PageChannel | undefined;
  group(id: string): PageGroup | undefined;
  /** Opens a channel, at a message. */
  goTo(channel: string, ts?: string): void;
  /** Undefined where nothing can be done, such as in a picture of how things were. */
  readonly act: ((what: Act) => Promise<Done>) | undefined;
}

export function sceneOf(
  knowledge: Knowledge,
  me: PagePerson | undefined,
  { act, goTo = () => {} }: { readonly act?: Scene['act']; readonly goTo?: Scene['goTo'] },
): Scene {
  return {
    knowledge,
    me,
    words: wordsFor(me?.locale ?? 'en'),
    person: (id) => knowledge.one('person', id),
    channel: (id) => knowledge.one('channel', id),
    group: (id) => knowledge.one('group', id),
    goTo,
    act,
  };
}

const SceneContext = createContext<Scene | undefined>(undefined);
export const SceneProvider = SceneContext.Provider;

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === undefined) throw new Error('no scene here');
  return scene;
}
