/** Slack as one person sees it: where they can go, where they are, and the modals that are open. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Act, Done, PageChannel } from '../wire.ts';
import { ChannelView } from './channel-view.tsx';
import { HomeView } from './home-view.tsx';
import type { Knowledge } from './knowledge.ts';
import { act } from './knowledge.ts';
import { Modals } from './modals.tsx';
import { Notices } from './notices.tsx';
import { seenIn, type Where } from './reading.ts';
import { SceneProvider, sceneOf } from './scene.ts';
import { Sidebar } from './sidebar.tsx';
import { Thread } from './thread.tsx';
import { troubleOf } from './trouble.ts';

export interface PaneProps {
  readonly knowledge: Knowledge;
  readonly who: string;
  readonly where: Where;
  readonly go: (where: Where) => void;
  /** Up to which ts this person has read each place. */
  readonly read: ReadonlyMap<string, string>;
  readonly setRead: (place: string, ts: string) => void;
}

export function Pane({ knowledge, who, where, go, read, setRead }: PaneProps) {
  const me = knowledge.one('person', who);
  const [trouble, setTrouble] = useState<string>();
  const told = async (what: Act): Promise<Done> => {
    const done = await act(what);
    setTrouble(troubleOf(done, scene.words));
    return done;
  };
  const scene = sceneOf(knowledge, me, { act: told, goTo: (channel, ts) => go(leading(knowledge, channel, ts)) });
  const last = seenIn(knowledge, who, where.place).at(-1)?.ts;
  // With the picture, not after it: whoever gets up at once has read it all the same.
  useLayoutEffect(() => {
    if (last !== undefined) setRead(where.place, last);
  }, [who, where.place, last]);
  const channels = knowledge.all('channel').filter((channel) => isListed(channel, who));
  const channel = channels.find(({ id }) => id === where.place);
  const hasModal = knowledge.all('modal').some(({ user }) => user === who);
  const parent = where.thread === undefined ? undefined : knowledge.one('message', `${where.place}/${where.thread}`);
  return (
    <SceneProvider value={scene}>
      <section class="pane" aria-label={`Slack: ${me?.realName ?? who}`} lang={scene.words.locale} data-who={who}>
        <div class="pane-content" inert={hasModal}>
          <Sidebar
            channels={channels}
            place={where.place}
            unread={(id) => unreadIn(knowledge, who, id, read)}
            go={(place) => go({ place })}
          />
          {channel === undefined ? (
            <HomeView />
          ) : (
            <ChannelView
              channel={channel}
              marked={where.marked}
              openThread={(thread) => go({ place: where.place, thread })}
            />
          )}
          {parent === undefined ? null : (
            <Thread parent={parent} marked={where.marked} close={() => go({ place: where.place })} />
          )}
        </div>
        <Modals />
        <Notices trouble={trouble} dismiss={() => setTrouble(undefined)} />
      </section>
    </SceneProvider>
  );
}

function isListed({ dmOf, isArchived, seenBy }: PageChannel, who: string): boolean {
  return dmOf === undefined ? seenBy.includes(who) && !isArchived : dmOf === who;
}

/** A reply is shown in its thread. */
function leading(knowledge: Knowledge, channel: string, ts: string | undefined): Where {
  const message = ts === undefined ? undefined : knowledge.one('message', `${channel}/${ts}`);
  const thread = message?.thread_ts;
  return {
    place: channel,
    ...(ts === undefined ? {} : { marked: ts }),
    ...(thread === undefined || thread === ts ? {} : { thread }),
  };
}

function unreadIn(
  knowledge: Knowledge,
  who: string,
  place: string,
  read: ReadonlyMap<string, string>,
): { readonly count: number; readonly calls: boolean } {
  const until = read.get(place) ?? '';
  const unread = seenIn(knowledge, who, place).filter(({ ts, user }) => ts > until && user !== who);
  const calls = unread.some((message) => place.startsWith('D') || message.text.includes(`<@${who}>`));
  return { count: unread.length, calls };
}
