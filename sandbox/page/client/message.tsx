/** One message, as somebody sees it in a channel or a thread. */
import type { Message as MessageFact } from '../../slack/model.ts';
import { Blocks } from './blocks.tsx';
import { useScene } from './scene.ts';
import { Mrkdwn } from './text.tsx';

/** People who wrote little have a face all the same. */
const FACES = 6;

export interface MessageProps {
  readonly message: MessageFact;
  /** Replies below it, when they are not shown anyway. */
  readonly replies?: number;
  readonly openThread?: () => void;
  readonly isMarked?: boolean;
}

export function Message({ message, replies = 0, openThread, isMarked = false }: MessageProps) {
  const { words, person, me } = useScene();
  const author = person(message.user);
  const isBot = author?.kind === 'bot';
  const name = author?.realName ?? (message.user === 'USLACKBOT' ? 'Slackbot' : message.user);
  const classes = ['message', message.ephemeralTo === undefined ? '' : 'ephemeral', isMarked ? 'marked' : ''];
  return (
    <article
      class={classes.join(' ').trim()}
      aria-label={name}
      data-ts={message.ts}
      id={`m-${me?.id ?? ''}-${message.ts}`}
    >
      <Face id={message.user} name={name} />
      <div class="message-body">
        {message.ephemeralTo === undefined ? null : <div class="only-you">👁 {words.onlyYou}</div>}
        <div class="message-head">
          <span class="author">{name}</span>
          {isBot ? <span class="app-badge">{words.app}</span> : null}
          <time class="when" dateTime={new Date(Number(message.ts) * 1_000).toISOString()}>
            {timeOf(message.ts, words.locale, me?.timeZone)}
          </time>
        </div>
        {message.tombstone === true ? (
          <em class="tombstone">{words.deleted}</em>
        ) : message.blocks.length > 0 ? (
          <Blocks blocks={message.blocks} place={{ kind: 'message', channel: message.channel, ts: message.ts }} />
        ) : (
          <div class="plain-message">
            <Mrkdwn text={message.text} />
          </div>
        )}
        {replies > 0 && openThread !== undefined ? (
          <button type="button" class="thread-link" onClick={openThread}>
            {words.replies(replies)}
          </button>
        ) : null}
      </div>
    </article>
  );
}

function Face({ id, name }: { readonly id: string; readonly name: string }) {
  const colour = [...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % FACES;
  return (
    <span class={`face face-${id === 'U0BOT' ? 'bot' : colour}`} aria-hidden="true">
      {id === 'U0BOT' ? '⇄' : [...name][0]}
    </span>
  );
}

function timeOf(ts: string, locale: string, timeZone = 'UTC'): string {
  return new Date(Number(ts) * 1_000).toLocaleTimeString(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
}
