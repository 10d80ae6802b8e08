/** A map of what was heard of lately. */
import { expect, it } from 'vitest';
import { Recent } from '../../src/application/recent.ts';

it('forgets what was set longest ago, and counts a second time as news', () => {
  const recent = new Recent<string, number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
  recent.delete('a');
  recent.set('d', 5);
  expect([recent.get('a'), recent.get('c'), recent.get('d')]).toEqual([undefined, 4, 5]);
});
