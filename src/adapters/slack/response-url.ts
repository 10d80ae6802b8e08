/** Answers through a response URL: only on hosts that Slack's own can be, once, and never through a redirect. */
import type { SendResult } from '../../application/ports/announcer.ts';
import type { OutgoingMessage } from './blocks/outgoing.ts';
import { notSent } from './send-result.ts';
import { networkTrouble } from './trouble.ts';

const TIMEOUT_MS = 3_000;
const SLACK_HOSTS = /(^|\.)slack(-gov)?\.com$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A stored URL is not to be trusted with requests to wherever it likes. */
export function isResponseUrl(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  if (username !== '') return false;
  if (protocol === 'https:' && SLACK_HOSTS.test(hostname)) return true;
  // A stand-in on this machine may listen in several places; a real Slack's URL never points here.
  return protocol === 'http:' && LOOPBACK.test(hostname) && LOOPBACK.test(new URL(apiUrl).hostname);
}

/** `used-up`: surely not shown, and this URL will show nothing any more. */
export async function respond(
  url: string,
  { text, blocks, metadata }: OutgoingMessage,
): Promise<
  | Exclude<SendResult, { kind: 'sent' }>
  | { readonly kind: 'shown' }
  | { readonly kind: 'used-up'; readonly error: string }
> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: false,
        text,
        ...(blocks.length === 0 ? {} : { blocks }),
        metadata,
      }),
    });
    body = await response.text();
  } catch (error) {
    const trouble = networkTrouble(error);
    return trouble.kind === 'not-sent'
      ? { kind: 'used-up', error: trouble.error }
      : { kind: 'unclear', error: trouble.error };
  }
  const { status } = response;
  if (status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? '');
    return {
      kind: 'later',
      error: 'ratelimited',
      afterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 1_000,
    };
  }
  const error = errorIn(body) ?? `http_${status}`;
  if (status >= 200 && status < 300) {
    return errorIn(body) === undefined ? { kind: 'shown' } : refused(error);
  }
  return status >= 400 && status < 500 ? refused(error) : { kind: 'unclear', error };
}

function refused(error: string): { kind: 'bad-blocks' | 'used-up'; error: string } {
  const { kind } = notSent({ kind: 'refused', error });
  return { kind: kind === 'bad-blocks' ? 'bad-blocks' : 'used-up', error };
}

/** Slack says `ok`, or an object with an error. */
function errorIn(body: string): string | undefined {
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said !== 'object' || said === null || !('ok' in said) || said.ok !== false) return undefined;
    return 'error' in said && typeof said.error === 'string' ? said.error : 'error';
  } catch {
    return undefined;
  }
}
