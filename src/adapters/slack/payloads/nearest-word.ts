/** Which word was probably meant by one that is not known. */

/** Undefined when none is near enough to be worth a guess. */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, distance: editDistance(typed.slice(0, 40), word) }))
    .filter(({ word, distance }) => distance <= Math.ceil(word.length / 3) || (typed !== '' && word.startsWith(typed)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.word;
}

/** Levenshtein's: how many letters to add, drop or change. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
