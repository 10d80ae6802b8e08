/** A space between code spans and the wide characters beside them, in everything that a catalogue says. */

/** Characters of a whole square: Chinese, Japanese, Korean, and their punctuation. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/**
 * Slack shows a span’s backticks as they are unless a space or ASCII punctuation is around it, and a Chinese sentence
 * has neither. Here once, since sentences are put together out of parts, and none of them knows what comes next.
 */
export function withCodeApart<T>(catalogue: T): T {
  return each(catalogue) as T;
}

function each(value: unknown): unknown {
  if (typeof value === 'string') return apart(value);
  if (typeof value === 'function') return (...args: unknown[]) => each(value(...args));
  if (Array.isArray(value)) return value.map(each);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}

function apart(text: string): string {
  return text.replace(/```[\s\S]*?```|`[^`\n]+`/g, (span, at: number, whole: string) => {
    if (span.startsWith('```')) return span;
    const before = WIDE.test(whole[at - 1] ?? '') ? ' ' : '';
    const after = WIDE.test(whole[at + span.length] ?? '') ? ' ' : '';
    return `${before}${span}${after}`;
  });
}
