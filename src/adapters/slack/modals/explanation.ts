/** Who may approve and why, as a form to read: Home has no conversation to answer in. */
import type { ModalView } from '@slack/types';
import type { ExplainWords } from '../../../messages/explain.ts';
import { section, text } from '../blocks/elements.ts';
import { plain } from './plain.ts';

/** Below what one section takes. */
const CHUNK = 2_400;

export function explanationModal(lines: readonly string[], { title, close }: ExplainWords): ModalView {
  const chunks: string[] = [];
  for (const line of lines) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + line.length < CHUNK) chunks[chunks.length - 1] = `${last}\n${line}`;
    else chunks.push(text([line]));
  }
  return {
    type: 'modal',
    callback_id: 'explanation',
    title: plain(title),
    close: plain(close),
    blocks: chunks.map((chunk) => section(chunk)),
  };
}
