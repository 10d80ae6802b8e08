/** The languages that people can be spoken to in, and which of them a person's own stands for. */

export type Locale = 'en' | 'zh-CN';

/** @param tag as Slack tells it, such as `en-GB` or `zh-TW`: there is one Chinese for all who read it. */
export function localeOf(tag: string): Locale {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}
