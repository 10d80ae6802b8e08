/** The lists of requests, as the property of the scripts plans and finds them. */
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import type { workspaceKeys } from '../../../src/adapters/redis/keys.ts';
import type { Indexing } from '../../../src/application/indexes.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { StoredIndex } from '../../support/model-store.ts';

export const LISTS = ['waiting', 'decided'] as const;

/** Of `decided` only the newest one stays. */
export const anIndexing = (aTime: fc.Arbitrary<number>): fc.Arbitrary<Indexing> =>
  fc.tuple(fc.subarray([...LISTS]), fc.subarray([...LISTS]), aTime).map(([add, remove, score]) => ({
    add: add.map((name) => ({ name, score, ...(name === 'decided' ? { keep: 1 } : {}) })),
    remove: remove.filter((name) => !add.includes(name)),
  }));

/** Without those that are empty. */
export async function storedLists(
  client: Redis,
  keys: ReturnType<typeof workspaceKeys>,
): Promise<Readonly<Record<string, StoredIndex>>> {
  const lists = await Promise.all(
    LISTS.map(async (name) => {
      const flat = await client.zrange(keys.index(name), 0, '-1', 'WITHSCORES');
      const pairs = flat.flatMap((id, at) => (at % 2 === 0 ? [[id as RequestId, Number(flat[at + 1])] as const] : []));
      return [name, pairs] as const;
    }),
  );
  return Object.fromEntries(lists.filter(([, pairs]) => pairs.length > 0));
}
