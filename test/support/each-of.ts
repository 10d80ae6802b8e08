/** Many things to do, some at a time. */

/**
 * Begins the items in order, so many at a time.
 * @param work also told which of the hands does it, from 0.
 * @returns what came of them, in the order in which they ended.
 */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, hand: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const left = items.values();
  const worker = async (hand: number) => {
    for (const item of left) results.push(await work(item, hand));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, (_, hand) => worker(hand)));
  return results;
}
