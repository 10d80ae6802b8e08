/** Says something to one person through a response URL, once, and never fails the caller. */
import type { Log } from '../../application/ports/log.ts';

const TIMEOUT_MS = 3_000;

/** @param text mrkdwn of ours. */
export async function answerPrivately(
  responseUrl: string | undefined,
  text: string,
  log: Log,
  about: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (responseUrl === undefined || responseUrl === '') {
    log.warn(about, 'there is no response URL to answer through');
    return;
  }
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok)
      log.warn({ ...about, status: response.status }, 'Slack did not take an answer through a response URL');
  } catch (error) {
    log.warn({ ...about, error }, 'a response URL could not be reached');
  }
}
