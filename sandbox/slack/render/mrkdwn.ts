/** Slack's text markup as plain text: mentions get names, links their address, entities their character. */

import { writtenDate } from './date.ts';

export type Names = {
  user: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
  userGroup: (id: string) => string | undefined;
  /** Of the one who reads; absent: UTC. */
  timeZone?: string;
};

const EMOJI: Record<string, string> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  x: '❌',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  warning: '⚠️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  bell: '🔔',
  lock: '🔒',
  key: '🔑',
  mag: '🔍',
  memo: '📝',
  pencil2: '✏️',
  wastebasket: '🗑️',
  link: '🔗',
  rocket: '🚀',
  eyes: '👀',
  arrows_counterclockwise: '🔄',
  information_source: 'ℹ️',
  question: '❓',
  tada: '🎉',
  rotating_light: '🚨',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  red_circle: '🔴',
  white_circle: '⚪',
  black_circle: '⚫',
  electric_plug: '🔌',
  bulb: '💡',
};

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const emoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole);

/** Stars, underscores and backticks stay: they read well enough in a terminal. */
export function plainFromMrkdwn(text: string, names: Names): string {
  return emoji(decode(text.replace(/<([^<>\n]+)>/g, (_, inner: string) => token(inner, names))));
}

export const plainText = (text: string): string => emoji(decode(text));

function token(inner: string, names: Names): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (target.startsWith('@')) return `@${names.user(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith('!subteam^'))
    return `@${names.userGroup(target.slice('!subteam^'.length)) ?? label ?? 'group'}`;
  if (target.startsWith('!date^')) return writtenDate(inner, names);
  if (target.startsWith('!')) return `@${label ?? target.slice(1)}`;
  return label === undefined || label === target ? target : `${label} (${target})`;
}
