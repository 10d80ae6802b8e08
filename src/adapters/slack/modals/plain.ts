/** Plain text as Block Kit takes it, cut so that it fits once Slack has escaped it. */
import type { PlainTextElement, PlainTextOption } from '@slack/types';

const ROOM = { option: 75, label: 2_000, placeholder: 150 } as const;

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

export function placeholder(text: string): PlainTextElement {
  return plain(cut(text, ROOM.placeholder));
}

/** @param value as it is: one that does not fit is the caller's to leave out. */
export function option(text: string, value: string, description?: string): PlainTextOption {
  return {
    text: plain(cut(text, ROOM.option)),
    value,
    ...(description ? { description: plain(cut(description, ROOM.option)) } : {}),
  };
}

/** Slack escapes `& < >` before it counts. */
export function countedLength(text: string): number {
  return [...text].reduce((sum, char) => sum + charLength(char), 0);
}

const charLength = (char: string): number => (char === '&' ? 5 : char === '<' || char === '>' ? 4 : char.length);

export function cut(text: string, max: number): string {
  if (countedLength(text) <= max) return text;
  let out = '';
  let room = max - 1;
  for (const char of text) {
    room -= charLength(char);
    if (room < 0) break;
    out += char;
  }
  return `${out.trimEnd()}…`;
}
