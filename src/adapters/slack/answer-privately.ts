/** Says something to one person who waits for it: through the response URL, else in the conversation, else directly. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SendResult } from '../../application/ports/announcer.ts';
import type { Log } from '../../application/ports/log.ts';
import type { ChannelId, UserId } from '../../domain/ids.ts';
import { DirectChannels } from './direct-channels.ts';
import { notSent } from './send-result.ts';
import { troubleOf } from './trouble.ts';
import { webClient } from './web-client.ts';
import { whisper } from './whisper.ts';

/** Who waits, and the ways to them that are known. */
export interface Waiting {
  readonly user: UserId;
  readonly channel?: ChannelId | undefined;
  readonly responseUrl?: string | undefined;
}

/** Never rejects: what can't be said is logged. @param text mrkdwn of ours. */
export type AnswerPrivately = (to: Waiting, text: string, about?: Readonly<Record<string, unknown>>) => Promise<void>;

/** The next way is tried only where the last one is surely closed. */
const TIMEOUT_MS = 3_000;
/** Through an outage of some seconds; said twice does no harm to one reader, not said would be a click without an answer. */
const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;

export function createAnswerPrivately(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Between two tries. */
  readonly pause?: (ms: number) => Promise<unknown>;
}): AnswerPrivately {
  const { apiUrl, log, pause = sleep } = options;
  const client = webClient({ ...options, timeoutMs: TIMEOUT_MS });
  const directChannels = new DirectChannels(client);

  return async ({ user, channel, responseUrl }, text, about = {}) => {
    const metadata = { event_type: 'vpc_endpoint_message', event_payload: { message: 'answer' } };
    const message = { text, blocks: [], metadata };
    const to = {
      kind: 'ephemeral',
      user,
      ...(channel === undefined ? {} : { channel }),
      ...(responseUrl === undefined || responseUrl === '' ? {} : { responseUrl }),
    } as const;
    let whispered = await whisper(to, message, client, apiUrl);
    for (let tries = 1; tries < TRIES && mayBeUnsaid(whispered); tries += 1) {
      await pause(FIRST_PAUSE_MS * 2 ** (tries - 1));
      whispered = await whisper(to, message, client, apiUrl);
    }
    if (whispered.kind === 'sent') return;
    if (whispered.kind !== 'no-way-in') {
      log.warn({ ...about, user, error: whispered.error }, 'an answer to one person was not taken');
      return;
    }
    const opened = await directChannels.open(user);
    if (opened.kind !== 'open') {
      log.warn({ ...about, user, error: opened.error }, 'there is no way to answer this person');
      return;
    }
    try {
      await client.chat.postMessage({ channel: opened.channel, text, metadata, unfurl_links: false });
    } catch (error) {
      log.warn({ ...about, user, error: notSent(troubleOf(error)).error }, 'a direct answer was not taken');
    }
  };
}

function mayBeUnsaid({ kind }: SendResult): boolean {
  switch (kind) {
    case 'busy':
    case 'later':
    case 'unclear':
      return true;
    case 'sent':
    case 'no-way-in':
    case 'bad-blocks':
      return false;
  }
}
