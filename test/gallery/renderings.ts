/** The gallery: everything that the bot can ever say, in each language and with each kind of text. */
import type { Locale } from '../../src/domain/locale.ts';
import { formRenderings, optionRenderings } from './forms.ts';
import { messageRenderings } from './messages.ts';
import { keysOf } from './named.ts';
import { PENS, type Pen } from './pen.ts';
import type { Rendering } from './rendering.ts';
import { whisperRenderings } from './whispers.ts';

const LOCALES: Readonly<Record<Locale, true>> = { en: true, 'zh-CN': true };

export function* renderings(): Iterable<Rendering> {
  for (const locale of keysOf(LOCALES)) {
    for (const name of keysOf(PENS)) yield* writtenBy(PENS[name](locale));
  }
}

/** Those of one language and one kind of text. */
export function* writtenBy(pen: Pen): Iterable<Rendering> {
  yield* messageRenderings(pen);
  yield* whisperRenderings(pen);
  yield* formRenderings(pen);
  yield* optionRenderings(pen);
}
