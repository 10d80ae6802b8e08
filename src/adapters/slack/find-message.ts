/** Looks for a message that may have been posted, by the metadata that every message of the bot carries. */
import type { WebClient } from '@slack/web-api';
import type { FindResult } from '../../application/ports/announcer.ts';
import { troubleOf } from './trouble.ts';

/** Slack's clock and ours may differ by this much. */
const CLOCK_TOLERANCE_MS = 60_000;
const PAGE = 200;
/** More than this was not written in a channel since a send was claimed; if it was, we say that we can't tell. */
const PAGES = 20;

export interface Sought {
  readonly channel: string;
  /** The thread to look in, instead of the channel. */
  readonly threadTs?: string;
  /** Wall time. */
  readonly since: number;
  readonly requestId: string;
  readonly message: string;
  /** Ours alone are taken, where we know who we are. */
  readonly botUserId?: string;
}

interface Page {
  readonly messages?: readonly {
    readonly ts?: string;
    readonly user?: string;
    readonly metadata?: { readonly event_payload?: unknown };
  }[];
  readonly has_more?: boolean;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** @param client one that repeats nothing and rejects when Slack says "slower". */
export async function findMessage(client: WebClient, sought: Sought): Promise<FindResult> {
  const { channel, threadTs, since } = sought;
  const oldest = Math.max(0, (since - CLOCK_TOLERANCE_MS) / 1_000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const args = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    let answer: Page;
    try {
      answer = (await (threadTs === undefined
        ? client.conversations.history(args)
        : client.conversations.replies({ ...args, ts: threadTs }))) as Page;
    } catch (error) {
      const trouble = troubleOf(error);
      // Where there is no thread, there is no reply.
      if (threadTs !== undefined && trouble.error === 'thread_not_found') return { kind: 'absent' };
      const forbidden = trouble.error === 'missing_scope' || trouble.error === 'not_allowed_token_type';
      return { kind: 'unreadable', error: trouble.error, ...(forbidden ? { forbidden } : {}) };
    }
    const ts = answer.messages?.find((message) => isSought(message, sought))?.ts;
    if (ts !== undefined) return { kind: 'found', channel, ts };
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return answer.has_more ? { kind: 'unreadable', error: 'no_cursor' } : { kind: 'absent' };
  }
  return { kind: 'unreadable', error: 'too_many_messages' };
}

function isSought(
  { user, metadata }: NonNullable<Page['messages']>[number],
  { requestId, message, botUserId }: Sought,
): boolean {
  const payload = metadata?.event_payload;
  if (typeof payload !== 'object' || payload === null) return false;
  if (botUserId !== undefined && user !== undefined && user !== botUserId) return false;
  return (
    'request_id' in payload && payload.request_id === requestId && 'message' in payload && payload.message === message
  );
}
