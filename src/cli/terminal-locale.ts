/** The language of the terminal. */
import { type Locale, localeOf } from '../domain/locale.ts';

/** @param env names it such as `zh_CN.UTF-8`. */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  return localeOf((env.LC_ALL || env.LC_MESSAGES || env.LANG || '').replace('_', '-'));
}
