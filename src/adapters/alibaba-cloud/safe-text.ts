/** Makes a text that came from outside fit for a log line or a Slack message: one line, short, without secrets. */

const LONGEST = 300;
const REDACTED = '[redacted]';

/** Long-lived and temporary AccessKey ids. */
const KEY_IDS = /\b(?:LTAI[A-Za-z0-9]{8,}|STS\.[A-Za-z0-9+/=_-]{8,}|TMP\.[A-Za-z0-9+/=_-]{8,})/g;
/**
 * Secrets have 30 characters, security tokens and hashes many more; no id of a cloud resource is as long in one piece,
 * and no word, however long, has digits.
 */
const LONG_RUNS = /(?=[A-Za-z+/=_]*\d)[A-Za-z0-9+/=_]{30,}/g;

/**
 * At most 300 characters on one line.
 * @param secrets strings that must not appear in it, whatever their shape.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, REDACTED);
  safe = safe.replace(KEY_IDS, REDACTED).replace(LONG_RUNS, REDACTED);
  // Control and line-separator characters would break the line, or hide a part of it.
  safe = safe.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const chars = [...safe];
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST - 1).join('')}…` : safe;
}
