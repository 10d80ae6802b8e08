/** Patterns for instance ids: `*` is any text, `?` one character, all else stands for itself. */

/** What a pattern may consist of, so that it can be reasoned about: see the analysis. */
export const GLOB = /^[\w.*?-]+$/;

const compiled = new Map<string, RegExp>();
/** A policy has a handful; a thousand are somebody's mistake. */
const MOST_COMPILED = 1_000;

export function matchesGlob(glob: string, text: string): boolean {
  let pattern = compiled.get(glob);
  if (pattern === undefined) {
    const source = glob.replace(/[.*?-]/g, (char) => (char === '*' ? '.*' : char === '?' ? '.' : `\\${char}`));
    pattern = new RegExp(`^(?:${source})$`, 's');
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(glob, pattern);
  }
  return pattern.test(text);
}
