/** What somebody reads, and where: shared by the parts of a pane. */
import { useEffect, useRef } from 'preact/hooks';
import type { Message as MessageFact } from '../../slack/model.ts';
import type { PageChannel } from '../wire.ts';
import type { Knowledge } from './knowledge.ts';

export interface Where {
  /** A channel's id, or the app's Home tab. */
  readonly place: string | 'home';
  /** The ts of the parent of the thread that is open. */
  readonly thread?: string;
  /** The ts of a message that somebody was led to. */
  readonly marked?: string;
}

/** What somebody sees of a channel's messages, replies left out. */
export function seenIn(knowledge: Knowledge, who: string, channel: string): readonly MessageFact[] {
  return knowledge.all('message').filter((message) => {
    const isMine = message.ephemeralTo === undefined || message.ephemeralTo === who;
    const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
    return (
      message.channel === channel &&
      isMine &&
      (!isReply || message.broadcast === true || message.ephemeralTo !== undefined)
    );
  });
}

/** How near to the end somebody has to be to be taken along when something new comes. */
const NEAR_PX = 60;

/** Goes to the end of another place, and stays at the end of this one, unless somebody reads further up. */
export function useScrollToEnd(place: string, changes: unknown): { readonly current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const { current } = box;
    const note = () => {
      if (current !== null) isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_PX;
    };
    current?.addEventListener('scroll', note);
    return () => current?.removeEventListener('scroll', note);
  }, []);
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [place]);
  useEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [changes]);
  return box;
}

export const nameOf = (channel: PageChannel, home: string): string =>
  channel.dmOf === undefined ? `#${channel.name}` : home;
