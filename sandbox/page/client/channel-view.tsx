/** One channel, or the conversation with the bot: its messages and the message box. */
import { useEffect } from 'preact/hooks';
import type { PageChannel } from '../wire.ts';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { nameOf, seenIn, useScrollToEnd } from './reading.ts';
import { useScene } from './scene.ts';

interface ChannelViewProps {
  readonly channel: PageChannel;
  readonly marked?: string | undefined;
  readonly openThread: (ts: string) => void;
}

export function ChannelView({ channel, marked, openThread }: ChannelViewProps) {
  const { knowledge, me, words } = useScene();
  const messages = seenIn(knowledge, me?.id ?? '', channel.id);
  const box = useScrollToEnd(`${me?.id} ${channel.id}`, JSON.stringify(messages.at(-1)));
  const replies = new Map<string, number>();
  for (const { thread_ts: thread, ts, ephemeralTo } of knowledge.all('message')) {
    if (thread !== undefined && thread !== ts && ephemeralTo === undefined)
      replies.set(thread, (replies.get(thread) ?? 0) + 1);
  }
  useEffect(() => {
    if (marked !== undefined) box.current?.querySelector(`[data-ts="${marked}"]`)?.scrollIntoView({ block: 'center' });
  }, [marked, channel.id]);
  const name = nameOf(channel, 'VPC endpoint bot');
  const isMember = channel.dmOf !== undefined || channel.members.includes(me?.id ?? '');
  return (
    <div class="channel">
      <header class="channel-head">
        <h2>{name}</h2>
      </header>
      <div class="messages" ref={box} role="log" aria-label={name} tabIndex={0}>
        {messages.map((message) => (
          <Message
            key={message.ts}
            message={message}
            isMarked={message.ts === marked}
            replies={replies.get(message.ts) ?? 0}
            openThread={() => openThread(message.ts)}
          />
        ))}
      </div>
      {isMember ? (
        <Composer key={channel.id} channel={channel.id} place={name} />
      ) : (
        <p class="note">{words.notMember}</p>
      )}
    </div>
  );
}
