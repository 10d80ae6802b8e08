/** The few Block Kit elements that the views are made of, each inside Slack's limits. */
import type { Button, ContextBlock, HeaderBlock, KnownBlock, MrkdwnElement, SectionBlock } from '@slack/types';
import { cutToFit } from '../../../messages/mrkdwn.ts';
import type { MessageView } from './presentation.ts';

/** Below Slack's 3000, since it escapes before it counts. */
const SECTION = 2_900;
const FIELD = 600;
const CONTEXT = 600;
/** All blocks of a message together; Slack's own limit is about 13,200. */
export const MESSAGE = 11_500;
/** Slack advises 4000 at most. */
const TEXT = 3_800;

/** Verbatim: Slack turns none of its words into mentions or links by itself. */
function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: text.slice(0, 150), emoji: true } };
}

export function section(text: string, max = SECTION): SectionBlock {
  return { type: 'section', text: mrkdwn(cutToFit(text, Math.min(max, SECTION))) };
}

/** @param pairs at most ten labels with their values. */
export function fields(pairs: readonly (readonly [string, string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, 10).map(([label, value]) => mrkdwn(cutToFit(`*${label}*\n${value}`, FIELD))),
  };
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(cutToFit(text, CONTEXT))] };
}

export function button(actionId: string, text: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: text.slice(0, 75), emoji: true },
    value,
    ...(style === undefined ? {} : { style }),
  };
}

export function text(paragraphs: readonly string[]): string {
  return cutToFit(paragraphs.filter((each) => each !== '').join('\n'), TEXT);
}

/** A message of a few paragraphs, with whatever is to be clicked below them. */
export function paragraphsView(paragraphs: readonly string[], buttons: readonly Button[] = []): MessageView {
  const shown = paragraphs.filter((each) => each !== '');
  const share = Math.floor(MESSAGE / Math.max(1, shown.length));
  const blocks: KnownBlock[] = shown.map((each) => section(each, Math.max(share, 300)));
  return {
    text: text(shown),
    blocks: buttons.length === 0 ? blocks : [...blocks, { type: 'actions', elements: [...buttons] }],
  };
}
