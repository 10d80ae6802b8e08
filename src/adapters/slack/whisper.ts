/** Says something to one person only: through a response URL as long as that is good, else in the conversation. */
import type { WebClient } from '@slack/web-api';
import type { SendResult } from '../../application/ports/announcer.ts';
import type { Destination } from '../../application/record.ts';
import type { OutgoingMessage } from './blocks/outgoing.ts';
import { isResponseUrl, respond } from './response-url.ts';
import { notSent } from './send-result.ts';
import { troubleOf } from './trouble.ts';

/** Slack keeps no such message: there is nothing to be found or updated. */
const NO_TS = 'ephemeral';

export async function whisper(
  { user, channel, responseUrl }: Extract<Destination, { kind: 'ephemeral' }>,
  message: OutgoingMessage,
  poster: WebClient,
  apiUrl: string,
): Promise<SendResult> {
  if (responseUrl !== undefined && isResponseUrl(responseUrl, apiUrl)) {
    const result = await respond(responseUrl, message);
    if (result.kind === 'shown') return { kind: 'sent', channel: channel ?? user, ts: NO_TS };
    if (result.kind !== 'used-up') return result;
  }
  if (channel === undefined) return { kind: 'no-way-in', error: 'no_channel' };
  const { text, blocks, metadata } = message;
  try {
    // Not by its own method: that one's type has no metadata.
    const args = { channel, user, text, metadata, ...(blocks.length === 0 ? {} : { blocks }) };
    await poster.apiCall('chat.postEphemeral', args);
    return { kind: 'sent', channel, ts: NO_TS };
  } catch (error) {
    return notSent(troubleOf(error));
  }
}
