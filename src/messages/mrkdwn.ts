/** Slack's text markup: makes what came from people or the cloud harmless and short, and writes mentions, dates, links. */

/** An id, a name or a status as it is shown at most. */
const SHORT = 120;
const LONGEST_URL = 900;
const NEVER = '–';
const SLACK_ID = /^[A-Z][A-Z0-9]{1,30}$/;
/** Control characters, half characters, line separators, and marks that turn the direction of writing and so hide what is meant. */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack escapes before it counts, so this cuts after escaping, never within an entity or a character. */
function escapeAndCut(text: string, max: number): string {
  let out = '';
  for (const char of text) {
    const safe = ENTITIES[char] ?? char;
    if (out.length + safe.length > max) return `${cutTo(out, max - 1)}…`;
    out += safe;
  }
  return out;
}

function cutTo(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  return escaped
    .slice(0, max)
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\ud800-\udbff]$/, '');
}

/** One line of foreign text, escaped, at most `max` characters as Slack counts them. */
export function oneLine(text: string, max = 300): string {
  return escapeAndCut(text.replace(/\s+/g, ' ').replace(HIDDEN, '').trim(), max);
}

/** Foreign text of several lines as a quotation, so that it can't pass for the bot's own words. */
export function quote(text: string, max = 1_500): string {
  const tidy = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const lines = tidy.split('\n');
  const shown = lines.slice(0, 20).map((line) => line.replace(HIDDEN, ' '));
  const more = lines.length > shown.length ? ['…'] : [];
  // Each line costs two characters more, and none of them may push the whole over.
  const room = Math.max(1, max - 2 * (shown.length + more.length) - 2);
  return [...escapeAndCut(shown.join('\n'), room).split('\n'), ...more].map((line) => `> ${line}`).join('\n');
}

/** An id or a name in a code span; a backtick would end it. */
export function code(text: string, max = SHORT): string {
  const safe = oneLine(text.replaceAll('`', "'"), max);
  return safe === '' ? '–' : `\`${safe}\``;
}

/** Foreign text in a code block. */
export function codeBlock(text: string, max = 1_000): string {
  return `\`\`\`${escapeAndCut(text.replaceAll('`', "'"), max)}\`\`\``;
}

export function user(id: string): string {
  return SLACK_ID.test(id) ? `<@${id}>` : code(id);
}

export function userGroup(id: string): string {
  return SLACK_ID.test(id) ? `<!subteam^${id}>` : code(id);
}

export function channel(id: string): string {
  return SLACK_ID.test(id) ? `<#${id}>` : code(id);
}

/** A point in time in the reader's own time zone; never "5 minutes ago", which would be wrong a minute later. */
export function when(ms: number): string {
  const fallback = inUtc(ms);
  return fallback === NEVER ? NEVER : `<!date^${Math.floor(ms / 1_000)}^{date_short} {time}|${fallback}>`;
}

/** The same for everybody, in a third of the characters. */
export function inUtc(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime()) || ms < 0) return NEVER;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** @param label plain words of ours. */
export function link(url: string, label: string): string {
  const href = safeUrl(url);
  return href === undefined ? label : `<${href.replaceAll('&', '&amp;')}|${label}>`;
}

function safeUrl(url: string): string | undefined {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return href.replace(/[<>|"`\s]/g, encodeURIComponent);
}

/** As many whole items as there is room for, then how many were left out: after a comma that is a word of its own. */
export function listed(items: readonly string[], more: (left: number) => string, max = 800, separator = ', '): string {
  let out = '';
  for (const [index, item] of items.entries()) {
    const next = out === '' ? item : `${out}${separator}${item}`;
    if (next.length > max && out !== '') {
      const joint = separator === ', ' ? ' ' : separator === '\n' ? separator : '';
      return `${out}${joint}${more(items.length - index)}`;
    }
    out = next;
  }
  return out;
}

/** The last net for a text of ours: cut before a token or an entity that would be torn apart; code that is, is closed. */
export function cutToFit(text: string, max: number): string {
  if (text.length <= max) return text;
  let cut = cutTo(text, max - 4);
  if (cut.lastIndexOf('<') > cut.lastIndexOf('>')) cut = cut.slice(0, cut.lastIndexOf('<'));
  cut = cut.replace(/`+$/, '');
  const openBlock = cut.split('```').length % 2 === 0;
  if (openBlock) return `${cut}\`\`\`…`;
  const openSpan = (cut.split('\n').at(-1) ?? '').split('`').length % 2 === 0;
  return openSpan ? `${cut}…\`` : `${cut}…`;
}
