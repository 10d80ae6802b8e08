/** A thread, beside its channel. */
import type { Message as MessageFact } from '../../slack/model.ts';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { useScrollToEnd } from './reading.ts';
import { useScene } from './scene.ts';

interface ThreadProps {
  readonly parent: MessageFact;
  /** The ts of a reply that somebody was led to. */
  readonly marked: string | undefined;
  readonly close: () => void;
}

export function Thread({ parent, marked, close }: ThreadProps) {
  const { knowledge, me, words, channel } = useScene();
  const isMember = channel(parent.channel)?.members.includes(me?.id ?? '') ?? false;
  const replies = knowledge.all('message').filter((each) => {
    const isSeen = each.ephemeralTo === undefined || each.ephemeralTo === me?.id;
    return each.channel === parent.channel && each.thread_ts === parent.ts && each.ts !== parent.ts && isSeen;
  });
  const box = useScrollToEnd(parent.ts, replies.length);
  return (
    <aside class="thread" aria-label={words.thread}>
      <header class="channel-head">
        <h2>{words.thread}</h2>
        <button type="button" class="plain" aria-label={words.closeThread} onClick={close}>
          ×
        </button>
      </header>
      <div class="messages" ref={box} role="log" aria-label={words.thread} tabIndex={0}>
        {[parent, ...replies].map((message) => (
          <Message key={message.ts} message={message} isMarked={message.ts === marked} />
        ))}
      </div>
      {isMember ? (
        <Composer key={parent.ts} channel={parent.channel} place={words.thread} thread={parent.ts} />
      ) : (
        <p class="note">{words.notMember}</p>
      )}
    </aside>
  );
}
