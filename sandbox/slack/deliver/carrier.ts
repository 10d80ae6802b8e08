/** What Slack hands to a bot, and how HTTP carries it: a form or JSON, answered by the response. */
import type { Json } from '../model.ts';
import { post } from './post.ts';

export type Parcel = {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Json;
  /** Set when it is handed over again. */
  retry?: { num: number; reason: string };
  /** In Socket Mode: a new one, unless told otherwise. */
  envelopeId?: string;
};

export type Carried = {
  accepted: boolean;
  late: boolean;
  status?: number;
  body: string;
  ackMs: number;
  /** The bot does not want it again. */
  noRetry?: boolean;
};

export type Carrier = { carry: (parcel: Parcel) => Promise<Carried> };

export function httpCarrier(url: string, options: { signingSecret: string; deadlineMs: number }): Carrier {
  return {
    async carry({ type, payload, retry }) {
      const isEvent = type === 'events_api';
      const posted = await post(url, isEvent ? JSON.stringify(payload) : formOf(type, payload), {
        ...options,
        ...(isEvent ? { contentType: 'application/json' } : {}),
        ...(retry ? { headers: { 'x-slack-retry-num': `${retry.num}`, 'x-slack-retry-reason': retry.reason } } : {}),
      });
      return { accepted: posted.status === 200, ...posted };
    },
  };
}

function formOf(type: 'slash_commands' | 'interactive', payload: Json): string {
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return new URLSearchParams(fields).toString();
}
