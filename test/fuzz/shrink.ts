/** Makes what broke a parser as short as it can be, so that a person sees why. */

/** Shorter as long as it still breaks the parser. */
export function shrunk(text: string, parse: (text: string) => string): string {
  const breaks = (candidate: string): boolean => {
    try {
      parse(candidate);
      return false;
    } catch {
      return true;
    }
  };
  let best = text;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length; ) {
      const without = best.slice(0, at) + best.slice(at + size);
      if (breaks(without)) best = without;
      else at += size;
    }
  }
  return best;
}
