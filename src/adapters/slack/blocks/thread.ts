/** A reply in the card's thread: one line for each transition. */
import type { RequestEvent } from '../../../domain/events.ts';
import type { Request } from '../../../domain/request.ts';
import { messagesFor } from '../../../messages/messages-for.ts';
import { cutToFit, inUtc, when } from '../../../messages/mrkdwn.ts';
import { MESSAGE, section } from './elements.ts';
import type { MessageView, PresentationContext } from './presentation.ts';

const LINE = 900;
const SHORTEST_LINE = 90;
/** Of the markup of a time, which takes from a line's room and is not read. */
const LONGEST_TIME = 64;
const SECTION = 2_800;

export function threadView(
  told: readonly { readonly at: number; readonly event: RequestEvent }[],
  request: Request,
  { locale }: PresentationContext,
): MessageView {
  const { events } = messagesFor(locale);
  // After a long silence of Slack's many wait: each is told, if need be in fewer words.
  const share = Math.max(SHORTEST_LINE, Math.floor(MESSAGE / Math.max(1, told.length)) - 1);
  const room = Math.floor(MESSAGE / (SHORTEST_LINE + 1));
  const shown = told.length > room ? told.slice(-room) : told;
  const time = share < SHORTEST_LINE + LONGEST_TIME ? inUtc : when;
  const lines = shown.map(({ at, event }) =>
    cutToFit(`${time(at)} · ${events.line(event, request)}`, Math.min(LINE, share)),
  );
  return { text: lines.join('\n'), blocks: chunks(lines).map((chunk) => section(chunk)) };
}

function chunks(lines: readonly string[]): readonly string[] {
  const all: string[] = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last !== undefined && last.length + line.length < SECTION) all[all.length - 1] = `${last}\n${line}`;
    else all.push(line);
  }
  return all;
}
