/** How long the cloud asks us to wait, from the headers of its answer. */

/** Seconds beyond this can't be meant: then the number is taken for milliseconds, as x-acs-retry-after is. */
const LONGEST_SECONDS = 3_600;

/**
 * Milliseconds to wait, at most an hour, or undefined when the answer does not say.
 * Whether Alibaba Cloud's gateways ever put milliseconds into Retry-After is unknown: this is the one place to correct.
 * @param now milliseconds since the epoch, for a Retry-After that is a date.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const own = count(headers['x-acs-retry-after']);
  if (own !== undefined) return clamp(own);
  const standard = headers['retry-after'];
  if (standard === undefined) return undefined;
  const seconds = count(standard);
  if (seconds !== undefined) return clamp(seconds > LONGEST_SECONDS ? seconds : seconds * 1_000);
  const date = Date.parse(standard);
  return Number.isNaN(date) ? undefined : clamp(date - now);
}

function count(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_SECONDS * 1_000);
}
