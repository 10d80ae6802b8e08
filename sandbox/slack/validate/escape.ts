/** How Slack escapes `& < >` before it stores and counts a text. */

const ENTITY_LATER = /&(?!(?:amp|lt|gt);)/g;
// What mrkdwn reads as one token: a mention, a channel, a link, a date.
const TOKEN = /<(?:[@#!][^<>\n]+|(?:https?|mailto|tel|slack):[^<>\n]+)>/g;

const escapePlain = (text: string): string =>
  text.replace(ENTITY_LATER, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A leading `>` is a quote in mrkdwn, and comes back as `&gt;` all the same. */
export function escapeMrkdwn(text: string): string {
  let out = '';
  let from = 0;
  for (const token of text.matchAll(TOKEN)) {
    out += escapePlain(text.slice(from, token.index)) + token[0].replace(ENTITY_LATER, '&amp;');
    from = token.index + token[0].length;
  }
  return out + escapePlain(text.slice(from));
}

const escapeText = (text: string, type: string): string => (type === 'mrkdwn' ? escapeMrkdwn(text) : escapePlain(text));

export const escapedLength = (text: string, type: string): number => escapeText(text, type).length;

/** A copy with every text object escaped and completed: what Slack hands back of the blocks it was given. */
export function escapeBlocks<T>(value: T): T {
  if (Array.isArray(value)) return value.map((entry) => escapeBlocks(entry)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(([key, inner]) => [key, escapeBlocks(inner)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const type = copy.type;
  if ((type === 'mrkdwn' || type === 'plain_text') && typeof copy.text === 'string') {
    copy.text = escapeText(copy.text, type);
    if (type === 'mrkdwn') copy.verbatim ??= false;
    else copy.emoji ??= true;
  }
  return copy as T;
}
