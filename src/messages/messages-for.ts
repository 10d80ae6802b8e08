/** Which catalogue speaks which language. */
import type { Locale } from '../domain/locale.ts';
import { withCodeApart } from './code-apart.ts';
import { en } from './en/en.ts';
import type { Messages } from './messages.ts';
import { zhCN } from './zh-CN/zh-cn.ts';

const CATALOGUES: Readonly<Record<Locale, Messages>> = { en, 'zh-CN': withCodeApart(zhCN) };

export function messagesFor(locale: Locale): Messages {
  return CATALOGUES[locale];
}
