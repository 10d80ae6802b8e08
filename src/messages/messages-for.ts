/** Which catalogue speaks which language. */
import { en } from './en/en.ts';
import type { Messages } from './messages.ts';

export type Locale = 'en';

const CATALOGUES: Readonly<Record<Locale, Messages>> = { en };

export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale];
}
